namespace Conway.Cli.Tests;

/// <summary>A folder for a new system, and beside it packages that only have the names of some; gone with the test.</summary>
internal sealed class ScaffoldFolder : IDisposable
{
    private readonly SystemFolder _around = new();

    public ScaffoldFolder()
    {
        _around.Write("feed/Conway.Service.9.8.7.nupkg", "the library");
        _around.Write("feed/Conway.Rules.9.8.7.nupkg", "what rules are written with");
        _around.Write("feed/Conway.Service.Grpc.9.8.7.nupkg", "its gRPC");
        _around.Write("feed/Conway.Service.9.8.7-beta.1.nupkg.old", "not a package");
        _around.Write("feed/Conway.Service.1.10.0.nupkg", "an older one");
        Directory.CreateDirectory(Path);
    }

    public string Path => System.IO.Path.Combine(_around.Path, "my system");

    public Task<Ended> ConwayAsync(params string[] arguments) =>
        Shell.HereAsync(Path, Variables, arguments);

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["CONWAY_PACKAGES"] = System.IO.Path.Combine(_around.Path, "feed") };

    public string Write(string name, string text) => _around.Write("my system/" + name, text);

    /// <summary>Every file but those of Conway itself, with its text.</summary>
    public SortedDictionary<string, string> Files() => new(
        Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Select(file => (File: file, Name: System.IO.Path.GetRelativePath(Path, file)))
            .Where(file => !file.Name.StartsWith(".conway/", StringComparison.Ordinal)).ToDictionary(file => file.Name, file => File.ReadAllText(file.File)),
        StringComparer.Ordinal);

    public void Dispose() => _around.Dispose();
}
