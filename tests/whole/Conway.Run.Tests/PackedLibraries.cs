using System.Globalization;

[assembly: AssemblyFixture(typeof(Conway.Run.PackedLibraries))]

namespace Conway.Run;

/// <summary>The libraries packed as they are now, once for all tests that make systems; gone with the last.</summary>
/// <remarks>They have a version of their own each time, so that an older one of the machine is never taken for them.</remarks>
public sealed class PackedLibraries : IAsyncLifetime
{
    private readonly SemaphoreSlim _packing = new(1, 1);
    private DirectoryInfo? _folder;
    private bool _packed;

    /// <summary>The folder with the packages, made when the first asks for it.</summary>
    internal async Task<string> FeedAsync(Func<string, string[], Task<string>> succeeds)
    {
        await _packing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _folder ??= Directory.CreateTempSubdirectory("conway feed ");
            if (!_packed)
            {
                var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
                var version = string.Create(CultureInfo.InvariantCulture, $"0.1.0-made.{Environment.ProcessId}.{Environment.TickCount64}");
                foreach (var library in new[] { "services/Conway.Service", "services/Conway.Service.Grpc", "faces/Conway.Rules" })
                {
                    await succeeds("dotnet", ["pack", Path.Combine(Product.Root, "src", library), "-c", configuration, "--no-build", "-v:q", "-nodeReuse:false", $"-p:PackageVersion={version}", "-o", _folder.FullName]);
                }

                _packed = true;
            }

            return _folder.FullName;
        }
        finally
        {
            _packing.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _folder?.Delete(recursive: true);
        _packing.Dispose();
        return ValueTask.CompletedTask;
    }
}
