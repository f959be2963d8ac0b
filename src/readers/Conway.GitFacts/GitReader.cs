using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Conway.Findings;

namespace Conway.GitFacts;

/// <summary>Reads the history of a folder by asking git.</summary>
/// <remarks>Stateless; safe for use by several threads. Nothing is written, fetched or run by git on behalf of the repository.</remarks>
public static class GitReader
{
    /// <summary>Most commits that are read, newest first.</summary>
    public const int CommitsMax = 20_000;

    /// <summary>Longest piece of git's output, a path or a name, that is taken.</summary>
    private const int PartMax = 65_536;

    /// <summary>What <c>git rev-parse --local-env-vars</c> lists: variables that point git to another repository than that of the folder.</summary>
    private static readonly string[] OfTheRepository =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
    ];

    private static readonly string[] Calm = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "log.showSignature=false", "-c", "diff.renameLimit=2000"];

    /// <summary>The history of a folder, paths relative to it. What cannot be read is a finding in it.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="cancellationToken">Ends git and the reading.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<GitHistory> ReadAsync(string folder, CancellationToken cancellationToken) => ReadAsync("git", folder, CommitsMax, cancellationToken);

    internal static async Task<GitHistory> ReadAsync(string git, string folder, int commitsMax, CancellationToken cancellationToken)
    {
        var state = await LinesAsync(git, folder, ["rev-parse", "HEAD", "--is-shallow-repository"], cancellationToken);
        if (state.Problem is { } none)
        {
            return Nothing(none.Contains("unknown revision", StringComparison.Ordinal) || none.Contains("ambiguous argument", StringComparison.Ordinal) ? "there is no commit yet" : none);
        }

        var words = string.Concat(state.Parts).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var present = await LinesAsync(git, folder, ["ls-tree", "-r", "-z", "--name-only", "HEAD"], cancellationToken);
        var log = new GitLog(present.Parts);
        var commits = await LinesAsync(
            git, folder,
            ["log", "--no-merges", "--use-mailmap", "--no-ext-diff", "-M", "-z", "--relative", "--name-status", $"--max-count={(commitsMax + 1).ToString(CultureInfo.InvariantCulture)}",
             "--format=%x01%H%x00%aN%x00%aE%x00%ct", "HEAD", "--", "."],
            cancellationToken);
        if ((present.Problem ?? commits.Problem) is { } problem)
        {
            return Nothing(problem);
        }

        var began = 0;
        log.Take(commits.Parts.TakeWhile(p => !p.TrimStart('\n').StartsWith(GitLog.Begin) || ++began <= commitsMax));
        var history = log.History(words[0]);
        var isShallow = words is [_, "true", ..];
        return !history.IsCut && !isShallow && began <= commitsMax ? history : history with
        {
            IsCut = true,
            Findings =
            [
                new Finding
                {
                    Rule = GitFindings.InPart,
                    Message = isShallow ? "The clone is shallow: its history ends where the clone begins." : string.Create(CultureInfo.InvariantCulture, $"Of the history the newest {Math.Min(began, commitsMax):N0} commits were read."),
                    Mend = isShallow ? "Fetch the rest: git fetch --unshallow; in a pipeline, check out with its whole history." : "Nothing needs to be done: what is older says little about today.",
                },
            ],
        };
    }

    private static GitHistory Nothing(string why) => new()
    {
        Head = "",
        Findings =
        [
            new Finding
            {
                Rule = GitFindings.Unreadable,
                Message = $"The history of the folder cannot be read: {why}.",
                Mend = "Run it in a folder of a git repository, with git on PATH.",
            },
        ],
    };

    /// <summary>What git prints, cut at its zeros; or why it prints nothing, as a clause.</summary>
    internal static async Task<(IReadOnlyList<string> Parts, string? Problem)> LinesAsync(string git, string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var info = Info(git, folder, arguments);
        Process? process = null;
        try
        {
            process = Process.Start(info) ?? throw new Win32Exception("it did not start");
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var parts = await PartsAsync(process.StandardOutput, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? (parts, null) : ([], Clause(await error));
        }
        catch (Exception e) when (e is Win32Exception or DirectoryNotFoundException)
        {
            return ([], $"'{git}' could not be started");
        }
        finally
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
            }

            process?.Dispose();
        }
    }

    /// <summary>How git is started: it asks nothing, fetches nothing, writes nothing, and looks at the repository of the folder.</summary>
    internal static ProcessStartInfo Info(string git, string folder, string[] arguments)
    {
        var info = new ProcessStartInfo(git)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };
        foreach (var argument in (string[])[.. Calm, .. arguments])
        {
            info.ArgumentList.Add(argument);
        }

        // In a hook git tells its children which repository they are in; asked for is that of the folder.
        foreach (var name in OfTheRepository)
        {
            info.Environment.Remove(name);
        }

        // The words of problems are looked at; nothing may be asked for or fetched.
        (info.Environment["LC_ALL"], info.Environment["GIT_TERMINAL_PROMPT"], info.Environment["GIT_NO_LAZY_FETCH"], info.Environment["GIT_OPTIONAL_LOCKS"]) = ("C.UTF-8", "0", "1", "0");
        return info;
    }

    private static async Task<IReadOnlyList<string>> PartsAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var buffer = new char[16_384];
        while (await output.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            foreach (var sign in buffer.AsSpan(0, read))
            {
                if (sign == '\0')
                {
                    parts.Add(Same(part.ToString()));
                    part.Clear();
                }
                else if (part.Length < PartMax)
                {
                    part.Append(sign);
                }
            }
        }

        if (part.Length > 0)
        {
            parts.Add(part.ToString());
        }

        return parts;

        // The same few paths and names come again and again.
        string Same(string text) => known.TryGetValue(text, out var same) ? same : Keep(text);
        string Keep(string text)
        {
            known.Add(text);
            return text;
        }
    }

    // fatal: not a git repository (or any of the parent directories): .git
    private static string Clause(string error)
    {
        var line = error.Split('\n')[0].Trim();
        line = line.StartsWith("fatal: ", StringComparison.Ordinal) ? line["fatal: ".Length..] : line;
        return line.Length == 0 ? "git failed and said nothing" : line.Length > 200 ? line[..200] : line.TrimEnd('.');
    }
}
