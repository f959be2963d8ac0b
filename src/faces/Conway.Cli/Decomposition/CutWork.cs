using Conway.CodeFacts;
using Conway.CodeFacts.Traces;
using Conway.Decomposition.Proposals;
using Conway.Findings;
using Conway.GitFacts;

namespace Conway.Cli;

/// <summary>The long work that verbs about cuts share: reading the code and weighing it, with progress.</summary>
internal static class CutWork
{
    /// <summary>A solution stands for its folder.</summary>
    public static (string Folder, string? Solution) Place(string path, string? solution) =>
        File.Exists(path) && Path.GetExtension(path) is ".sln" or ".slnx" or ".slnf"
            ? (Path.GetDirectoryName(path)!, solution ?? Path.GetFileName(path))
            : (Path.TrimEndingDirectorySeparator(path), solution?.Replace('\\', '/'));

    /// <summary>Why there is nothing to read there, as a sentence; null when there is.</summary>
    public static string? Problem(string given, string folder, string? solution) =>
        File.Exists(folder) ? $"'{given}' is a file. Name the folder that holds the source, or a solution."
        : !Directory.Exists(folder) ? $"there is no folder '{given}'."
        : solution is not null && !File.Exists(Path.Combine(folder, solution)) ? $"there is no solution '{solution}' in '{given}'."
        : null;

    /// <summary>Reads the code and weighs it, then does something with the bench; or says why the traces are of no use.</summary>
    public static async Task<(T? Made, string? Unusable)> WithBenchAsync<T>(
        string folder, string? solution, ProposalOptions options, CutTraces? traces, bool withGit, Func<Workbench, GitHistory?, IReadOnlyList<Finding>, T> use, Terminal terminal, CancellationToken cancellationToken)
    {
        var progress = new CutProgress(terminal);
        try
        {
            var history = withGit ? await GitReader.ReadAsync(folder, cancellationToken) : null;

            // Whatever takes its time to hear of a cancellation is left behind: nothing of it writes.
            return await Task.Run<(T?, string?)>(
                () =>
                {
                    var code = CodebaseReader.Read(new DiskSourceTree(folder), new CodebaseOptions { Solution = solution }, progress.Tell, cancellationToken);
                    var traffic = Seen(traces, code, progress, cancellationToken);
                    if (traffic?.Problem is { } problem)
                    {
                        return (default, problem);
                    }

                    progress.Tell($"weighing {CutText.Count(code.Types.Length, "type")}");
                    var bench = Workbench.Prepare(code, options with { History = history is { Head.Length: > 0 } ? history : null, Traffic = traffic }, cancellationToken);
                    progress.Tell("comparing cuts");
                    return (use(bench, history is { Head.Length: > 0 } ? history : null, [.. history?.Findings ?? [], .. traffic?.Findings ?? []]), null);
                },
                cancellationToken).WaitAsync(cancellationToken);
        }
        finally
        {
            progress.End();
        }
    }

    private static SeenTraffic? Seen(CutTraces? traces, Codebase code, CutProgress progress, CancellationToken cancellation)
    {
        if (traces is null)
        {
            return null;
        }

        progress.Tell("reading traces");
        return traces.Read(code, cancellation);
    }
}
