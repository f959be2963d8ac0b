namespace Conway.Run;

/// <summary>A copy of the sample that runs.</summary>
public sealed class ShopCopy : IAsyncLifetime
{
    private readonly ShopFiles _files = new();

    public string Folder => _files.Folder;

    internal RunningProgram Program { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Program = RunningProgram.Start(Folder, "--timeout", "5m");
        await Program.UntilAllHealthy(TimeSpan.FromMinutes(6));
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        _files.Dispose();
    }
}
