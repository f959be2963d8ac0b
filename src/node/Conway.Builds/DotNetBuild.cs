using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Builds;

/// <summary>How much of a build is needed.</summary>
internal enum BuildScope
{
    /// <summary>The projects alone; what they reference is as it was.</summary>
    OwnCode,

    /// <summary>The projects and what they reference.</summary>
    Build,

    /// <summary>Packages too.</summary>
    RestoreAndBuild,
}

/// <summary>Builds .NET projects in one MSBuild, so that what they share is built once.</summary>
/// <remarks>Compiler and MSBuild stay warm between builds, since that turns three seconds into less than one. They are servers of this run only:
/// a salt in MSBuild's handshake and a pipe name of our own for the compiler keep the user's servers out, and the run's id in their environment
/// lets the keeper end them.</remarks>
internal sealed partial class DotNetBuild(string folder, string run)
{
    private const int LinesMax = 400;

    /// <summary>Outputs by project file, for those that were built, and the error lines of the others.</summary>
    public sealed record Result(IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<string> Errors, IReadOnlyList<string> Last)
    {
        /// <summary>The error lines of a project; those of the projects it references when it has none itself; else the last lines of the build.</summary>
        public IReadOnlyList<string> ErrorsOf(string project)
        {
            var closure = ProjectFile.Closure(project);
            var own = Errors.Where(e => closure.Any(p => e.Contains($"[{p}]", StringComparison.Ordinal) || e.Contains($"[{p}::", StringComparison.Ordinal) || e.StartsWith(p, StringComparison.Ordinal)));
            var folder = Path.GetDirectoryName(project) + Path.DirectorySeparatorChar;
            string[] lines = [.. own.Select(e => ProjectSuffix().Replace(e, "").Replace(folder, "", StringComparison.Ordinal)).Distinct().Take(30)];
            return lines.Length > 0 ? lines : Errors.Count > 0 ? [.. Errors.Take(10)] : [.. Last.TakeLast(15)];
        }

        /// <summary>Whether all that went wrong is what the compiler says of this very project.</summary>
        public bool FailedInCodeOf(string project) =>
            Errors.Count > 0 && Errors.All(e => IsOfTheCode(e) && (e.Contains($"[{project}]", StringComparison.Ordinal) || e.Contains($"[{project}::", StringComparison.Ordinal)));
    }

    /// <summary>Builds as much as the scope says, and everything when less does not do: what was there may have been deleted by somebody.
    /// A build that ends without output and without an error lost its server (killed, out of memory): it is run once more without any.</summary>
    public async Task<Result> RunAsync(IReadOnlyList<string> projects, BuildScope scope, Action<string?, string> line, CancellationToken cancel)
    {
        var result = await RunAsync_Once(projects, scope, servers: true, line, cancel).ConfigureAwait(false);
        if (scope != BuildScope.RestoreAndBuild && result.Outputs.Count < projects.Count && !result.Errors.All(IsOfTheCode))
        {
            result = await RunAsync_Once(projects, BuildScope.RestoreAndBuild, servers: true, line, cancel).ConfigureAwait(false);
        }

        return result.Outputs.Count == 0 && result.Errors.Count == 0
            ? await RunAsync_Once(projects, BuildScope.RestoreAndBuild, servers: false, line, cancel).ConfigureAwait(false)
            : result;
    }

    /// <summary>The compiler's own errors, but for CS0006, "metadata file could not be found".</summary>
    private static bool IsOfTheCode(string error) => CompilerError().IsMatch(error) && !error.Contains("error CS0006", StringComparison.Ordinal);

    private async Task<Result> RunAsync_Once(IReadOnlyList<string> projects, BuildScope scope, bool servers, Action<string?, string> line, CancellationToken cancel)
    {
        var traversal = Path.Combine(folder, "services.proj");
        var outputs = Path.Combine(folder, "outputs.txt");
        await File.WriteAllTextAsync(traversal, Traversal(projects, outputs), cancel).ConfigureAwait(false);
        File.Delete(outputs);

        var info = Start(folder, servers);
        string[] how = scope switch
        {
            BuildScope.RestoreAndBuild => ["-t:RestoreAndBuild", "-m"],
            BuildScope.Build => ["-t:Build", "-m"],

            // One project in one process: a second one would only cost the way there.
            _ => ["-t:Build", projects.Count == 1 ? "-m:1" : "-m", "-p:BuildProjectReferences=false"],
        };
        foreach (var argument in how.Prepend(traversal))
        {
            info.ArgumentList.Add(argument);
        }

        var errors = new List<string>();
        var (_, last) = await BuildProcess.RunAsync(
            info,
            text =>
            {
                if (ErrorLine().IsMatch(text))
                {
                    lock (errors)
                    {
                        errors.Add(text.Trim());
                    }
                }

                line(null, text);
            },
            LinesMax, cancel).ConfigureAwait(false);

        var built = new Dictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(outputs))
        {
            // /src/Orders/Orders.csproj|/src/Orders/bin/Debug/net10.0/Orders.dll
            foreach (var pair in (await File.ReadAllLinesAsync(outputs, cancel).ConfigureAwait(false)).Select(l => l.Split('|')).Where(p => p.Length == 2))
            {
                built[pair[0]] = pair[1];
            }
        }

        lock (errors)
        {
            return new Result(built, [.. errors], last);
        }
    }

    /// <summary>Builds one project of ours, to bring MSBuild and the compiler up to working heat. How it ends does not matter.</summary>
    public async Task WarmUpAsync(string project, CancellationToken cancel)
    {
        var info = Start(Path.GetDirectoryName(project)!, servers: true);
        foreach (var argument in (string[])[project, "-t:Build", "-restore", "-p:UseArtifactsOutput=false"])
        {
            info.ArgumentList.Add(argument);
        }

        await BuildProcess.RunAsync(info, static _ => { }, LinesMax, cancel).ConfigureAwait(false);
    }

    private ProcessStartInfo Start(string directory, bool servers)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = directory };
        string[] arguments =
        [
            "msbuild", "-nologo", "-v:minimal", $"-nodeReuse:{servers}", "-tl:off",
            $"-p:UseSharedCompilation={servers}", $"-p:SharedCompilationId=conway-{run}", "-consoleLoggerParameters:NoSummary;ForceNoAlign",
        ];
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment.Remove("MSBUILDDISABLENODEREUSE");
        info.Environment.Remove("UseSharedCompilation");
        info.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = servers ? "1" : "0";
        info.Environment["MSBUILDNODEHANDSHAKESALT"] = run;
        info.Environment["CONWAY_RUN"] = run;
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        info.Environment["DOTNET_NOLOGO"] = "1";
        info.Environment["MSBUILDTERMINALLOGGER"] = "off";

        // What a compiler counts to be better compiled itself later takes more time than it gives, unless it serves for hours.
        info.Environment["DOTNET_TieredPGO"] = "0";

        // Analyzers take longer than the compiler itself, change nothing in the program, and have their place where changes are accepted.
        // A variable and no argument, so that a project which sets it has the last word.
        info.Environment.TryAdd("RunAnalyzersDuringBuild", "false");
        return info;
    }

    /// <summary>One project that builds all others side by side and writes down what came out. One that fails does not stop the rest.</summary>
    private static string Traversal(IReadOnlyList<string> projects, string outputs)
    {
        var items = new StringBuilder();
        foreach (var project in projects)
        {
            items.Append(CultureInfo.InvariantCulture, $"    <Service Include=\"{SecurityElement.Escape(project)}\" />\n");
        }

        return $"""
            <Project>
              <ItemGroup>
            {items}  </ItemGroup>
              <Target Name="Restore">
                <MSBuild Projects="@(Service)" Targets="Restore" BuildInParallel="false" ContinueOnError="true" Properties="MSBuildRestoreSessionId=$([System.Guid]::NewGuid())" />
              </Target>
              <Target Name="Build">
                <MSBuild Projects="@(Service)" Targets="Build" BuildInParallel="true" ContinueOnError="true">
                  <Output TaskParameter="TargetOutputs" ItemName="Built" />
                </MSBuild>
                <WriteLinesToFile File="{SecurityElement.Escape(outputs)}" Lines="@(Built->'%(MSBuildSourceProjectFile)|%(FullPath)')" Overwrite="true" />
              </Target>
              <Target Name="RestoreAndBuild">
                <CallTarget Targets="Restore" />
                <CallTarget Targets="Build" />
              </Target>
            </Project>
            """;
    }

    /// <summary>A line as the compiler and MSBuild write it: <c>file(1,2): error CS1002: text [project]</c>.</summary>
    [GeneratedRegex(@"(^|:|\)|\s)\s*error\s+([A-Z]+\d+)?\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"error\s+(CS|FS|BC)\d+\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex CompilerError();

    [GeneratedRegex(@"\s*\[[^\]]+proj(::[^\]]*)?\]$", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectSuffix();
}
