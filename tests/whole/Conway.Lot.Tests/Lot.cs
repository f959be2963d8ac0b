using System.Diagnostics;

namespace Conway.Lot;

/// <summary>A small tree with this repository's own scripts, in a folder whose name has a space, and an SDK that builds at once.</summary>
/// <remarks>The scripts are real, and so is the shell. <c>dotnet</c>, <c>node</c> and <c>npm</c> are stand-ins that write down each call;
/// the app that they "build" is a copy of the shell, so that a test can tell it what to do: <c>./conway -c 'exit 7'</c>.</remarks>
public sealed class Lot : IDisposable
{
    private const string Dotnet = """
        #!/bin/sh
        echo "dotnet $1" >>"$CALLS"
        case $1 in
          --list-sdks) echo "${SDK:-10.0.401} [/sdk]" ;;
          build)
            [ -f "$ROOT/slow" ] && sleep 30
            [ -f "$ROOT/saved-meanwhile" ] && touch "$ROOT/src/faces/Conway.Cli/Program.cs" && rm "$ROOT/saved-meanwhile"
            [ -f "$ROOT/broken" ] && { cat "$ROOT/broken"; exit 1; }
            mkdir -p "$ROOT/artifacts/bin/Conway.Cli/release" && cp /bin/sh "$ROOT/artifacts/bin/Conway.Cli/release/conway" ;;
          pack) while [ "$1" != -o ]; do shift; done; : >"$2/Library.nupkg" ;;
        esac
        """;

    private const string Node = """
        #!/bin/sh
        echo "node $*" >>"$CALLS"
        case $1 in
          --version) echo "${NODE:-v20.19.0}" ;;
          */vite.js) mkdir -p dist && cp src/page.ts dist/index.html ;;
        esac
        """;

    private const string Npm = """
        #!/bin/sh
        echo "npm $1" >>"$CALLS"
        mkdir -p node_modules/vite/bin
        """;

    public Lot()
    {
        Root = Path.Combine(Directory.CreateTempSubdirectory("lot-").FullName, "a lot");
        var repository = RepositoryFolder.Root;
        foreach (var file in new[] { "conway", "eng/build", "eng/setup", "eng/stale.sh" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!);
            File.Copy(Path.Combine(repository, file), Full(file));
        }

        foreach (var (name, script) in new[] { ("dotnet", Dotnet), ("node", Node), ("npm", Npm) })
        {
            Write("tools/" + name, script);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Full("tools/" + name), (UnixFileMode)0b111_101_101);
            }
        }

        Write("src/faces/Conway.Cli/Program.cs", "one");
        Write("Directory.Build.props", "<Project />");
    }

    public string Root { get; }

    /// <summary>What was called of the stand-ins, in order; without the look-ups of versions.</summary>
    public IReadOnlyList<string> Calls =>
        File.Exists(Full("calls")) ? [.. File.ReadAllLines(Full("calls")).Where(c => !c.Contains("--", StringComparison.Ordinal))] : [];

    public int Builds => Calls.Count(c => c == "dotnet build");

    public string Full(string file) => Path.Combine(Root, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!);
        File.WriteAllText(Full(file), text);
    }

    /// <summary>Starts a script of the tree with nothing in its environment but PATH and HOME.</summary>
    public Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Full(script), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{Full("tools")}:/usr/bin:/bin";
        start.Environment["HOME"] = Root;
        start.Environment["ROOT"] = Root;
        start.Environment["CALLS"] = Full("calls");
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public Dictionary<string, string> Variables { get; } = [];

    public async Task<Outcome> Run(params string[] arguments) => await End(Start("conway", arguments));

    public static async Task<Outcome> End(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Outcome(process.ExitCode, await output, await error);
        }
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);
}

/// <summary>How a process ended, and what it said.</summary>
public sealed record Outcome(int Exit, string Output, string Error);
