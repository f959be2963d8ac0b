using System.Diagnostics;
using Conway.Supervision;

namespace Conway.Run;

/// <summary>A system that is made by commands, in a folder whose path has a space, with the libraries packed as they are now; gone when disposed, and what its builds started.</summary>
/// <remarks>The libraries are unpacked in the folder, so that they do not stay among the machine's.</remarks>
internal sealed class MadeSystem : IDisposable
{
    private const string Mark = "CONWAY_TEST_MADE";

    private readonly DirectoryInfo _around = Directory.CreateTempSubdirectory("conway made ");

    /// <summary>Of the compiler that serves all builds of this system, and whatever else they start.</summary>
    private readonly string _name = $"conway-made-{Guid.NewGuid():N}";

    private string _feed = "";

    public string Folder => Path.Combine(_around.FullName, "my system");

    public static async Task<MadeSystem> Make(PackedLibraries libraries)
    {
        var system = new MadeSystem();
        Directory.CreateDirectory(system.Folder);
        system._feed = await libraries.FeedAsync(system.Succeeds);
        return system;
    }

    /// <summary>A verb of the program, in the system's folder; what it said.</summary>
    public Task<string> Conway(params string[] arguments) => Succeeds("dotnet", [Product.Program, .. arguments]);

    /// <summary>Any command, in the system's folder; what it said on both outputs.</summary>
    public Task<string> Succeeds(string command, params string[] arguments) => SucceedsIn("", command, arguments);

    /// <summary>The same in a folder of the system. With <c>--prefix</c> npm would not read the settings of the machine.</summary>
    public async Task<string> SucceedsIn(string folder, string command, params string[] arguments)
    {
        var (code, said) = await Ended(folder, command, arguments);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)} ended with {code}:\n{said}");
        return said;
    }

    /// <summary>The same of a command that does not succeed.</summary>
    public async Task<string> Fails(string command, params string[] arguments)
    {
        var (code, said) = await Ended("", command, arguments);
        Assert.True(code != 0, $"{command} {string.Join(' ', arguments)} ended well:\n{said}");
        return said;
    }

    private async Task<(int Code, string Said)> Ended(string folder, string command, string[] arguments)
    {
        var info = new ProcessStartInfo(command, arguments) { WorkingDirectory = Path.Combine(Folder, folder), RedirectStandardOutput = true, RedirectStandardError = true };
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

    public void Dispose()
    {
        foreach (var id in UnixProcesses.Carrying(Mark, _name))
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It ended by itself.
            }
        }

        // The compiler's socket lies there whatever TMPDIR says.
        File.Delete($"/tmp/{_name}");
        _around.Delete(recursive: true);
    }

    /// <summary>One compiler for all builds, which is ended with the system: each project with one of its own would take several times as long. Packages that the
    /// machine has are taken from where they are.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["CONWAY_PACKAGES"] = _feed,
        ["NUGET_PACKAGES"] = Path.Combine(_around.FullName, "nuget"),
        ["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = _name,
        [Mark] = _name,
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["TMPDIR"] = Path.TrimEndingDirectorySeparator(Path.GetTempPath()),
    };
}
