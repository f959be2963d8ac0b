using System.Diagnostics;
using System.Globalization;

namespace Conway.Run;

/// <summary>A system that is made by commands, in a folder whose path has a space, with the libraries packed as they are now; gone when disposed.</summary>
/// <remarks>The libraries have a version of their own each time and are unpacked in the folder, so that neither an older one of the machine is taken nor this one stays.</remarks>
internal sealed class MadeSystem : IDisposable
{
    private readonly DirectoryInfo _around = Directory.CreateTempSubdirectory("conway made ");

    public string Folder => Path.Combine(_around.FullName, "my system");

    public static async Task<MadeSystem> Make()
    {
        var system = new MadeSystem();
        Directory.CreateDirectory(system.Folder);
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var version = string.Create(CultureInfo.InvariantCulture, $"0.1.0-made.{Environment.ProcessId}.{Environment.TickCount64}");
        foreach (var library in new[] { "services/Conway.Service", "services/Conway.Service.Grpc", "faces/Conway.Rules" })
        {
            await system.Succeeds(
                "dotnet", "pack", Path.Combine(Product.Root, "src", library), "-c", configuration, "--no-build", "-v:q", "-nodeReuse:false", $"-p:PackageVersion={version}", "-o", system.Feed);
        }

        return system;
    }

    private string Feed => Path.Combine(_around.FullName, "feed");

    /// <summary>A verb of the program, in the system's folder; what it said.</summary>
    public Task<string> Conway(params string[] arguments) => Succeeds("dotnet", [Product.Program, .. arguments]);

    /// <summary>Any command, in the system's folder; what it said on both outputs.</summary>
    public async Task<string> Succeeds(string command, params string[] arguments)
    {
        var (code, said) = await Ended(command, arguments);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)} ended with {code}:\n{said}");
        return said;
    }

    /// <summary>The same of a command that does not succeed.</summary>
    public async Task<string> Fails(string command, params string[] arguments)
    {
        var (code, said) = await Ended(command, arguments);
        Assert.True(code != 0, $"{command} {string.Join(' ', arguments)} ended well:\n{said}");
        return said;
    }

    private async Task<(int Code, string Said)> Ended(string command, string[] arguments)
    {
        var info = new ProcessStartInfo(command, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables)
        {
            info.Environment[name] = value;
        }

        // The SDK leaves empty folders where temporary files are, a restore two: they go with the system.
        info.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_around.FullName, "t")).FullName;
        if (command == "dotnet" && arguments is ["new", ..])
        {
            // Templates are installed for a user; here for nobody.
            info.Environment["DOTNET_CLI_HOME"] = Path.Combine(_around.FullName, "home");
        }

        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Dispose() => _around.Delete(recursive: true);

    /// <summary>No build server outlives a test, and packages that the machine has are taken from where they are.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["CONWAY_PACKAGES"] = Feed,
        ["NUGET_PACKAGES"] = Path.Combine(_around.FullName, "nuget"),
        ["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["TMPDIR"] = Path.TrimEndingDirectorySeparator(Path.GetTempPath()),
    };
}
