using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Conway.GitFacts;

/// <summary>What is at a path of a commit.</summary>
public enum GitEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A symbolic link; its text is where it leads.</summary>
    Link,

    /// <summary>A submodule, of which nothing is known here.</summary>
    Module,
}

/// <summary>A path of a commit.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Of its object.</param>
/// <param name="Size">In bytes.</param>
public sealed record GitEntry(GitEntryKind Kind, string Id, long Size);

/// <summary>The files of one folder at one commit, read from git's objects: the work tree is not touched, and nothing is written anywhere.</summary>
/// <remarks>One git process answers for all files; it ends with <see cref="Dispose"/> and with the cancellation. Not safe for use by several threads.</remarks>
public sealed class GitSnapshot : IDisposable
{
    /// <summary>Most files that a folder may have.</summary>
    public const int FilesMax = 500_000;

    private readonly string _git;
    private readonly string _folder;
    private readonly CancellationToken _cancellationToken;
    private CancellationTokenRegistration _registration;
    private Process? _process;

    private GitSnapshot(string git, string folder, IReadOnlyDictionary<string, GitEntry> entries, CancellationToken cancellationToken) =>
        (_git, _folder, Entries, _cancellationToken) = (git, folder, entries, cancellationToken);

    /// <summary>By path, relative to the folder, with <c>/</c>.</summary>
    public IReadOnlyDictionary<string, GitEntry> Entries { get; }

    /// <summary>Opens a folder at a commit.</summary>
    /// <param name="folder">Absolute; anywhere in the repository.</param>
    /// <param name="commit">Its id.</param>
    /// <param name="path">From the root of the repository; empty for the root.</param>
    /// <param name="cancellationToken">Ends git, also while files are read.</param>
    /// <returns>Without entries when the commit has no such folder; null with a reason when git fails.</returns>
    public static Task<(GitSnapshot? Snapshot, string? Problem)> OpenAsync(string folder, string commit, string path, CancellationToken cancellationToken) =>
        OpenAsync("git", folder, commit, path, FilesMax, cancellationToken);

    internal static async Task<(GitSnapshot? Snapshot, string? Problem)> OpenAsync(string git, string folder, string commit, string path, int filesMax, CancellationToken cancellationToken)
    {
        var tree = await GitReader.LinesAsync(git, folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", $"{commit}:{path.TrimEnd('/')}"], cancellationToken);
        if (tree.Problem is not null)
        {
            return (new GitSnapshot(git, folder, new Dictionary<string, GitEntry>(), cancellationToken), null);
        }

        var list = await GitReader.LinesAsync(git, folder, ["ls-tree", "-r", "-l", "-z", "--full-tree", string.Concat(tree.Parts).Trim()], cancellationToken);
        if (list.Problem is { } problem)
        {
            return (null, $"the files of {commit[..10]} cannot be listed: {problem}.");
        }

        if (list.Parts.Count > filesMax)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"'{(path.Length == 0 ? "." : path)}' has {list.Parts.Count:N0} files at {commit[..10]}, and {filesMax:N0} is the most. Give the system's own folder."));
        }

        var entries = new Dictionary<string, GitEntry>(list.Parts.Count, StringComparer.Ordinal);
        foreach (var line in list.Parts)
        {
            // 100644 blob 8d1c8b69c3fce7bea45c73efd06983e3c419a92f    1234<TAB>services/orders.yaml
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var words = tab < 0 ? [] : line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 4)
            {
                var kind = words[1] == "commit" ? GitEntryKind.Module : words[0] == "120000" ? GitEntryKind.Link : GitEntryKind.File;
                entries[line[(tab + 1)..]] = new GitEntry(kind, words[2], long.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0);
            }
        }

        return (new GitSnapshot(git, folder, entries, cancellationToken), null);
    }

    /// <summary>The bytes of an entry; or why there are none, as a clause.</summary>
    /// <param name="entry">A file or a link of this snapshot; the caller looks at its size first.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public (byte[]? Bytes, string? Problem) Read(GitEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var process = _process ??= Start();
            process.StandardInput.Write(entry.Id + "\n");
            process.StandardInput.Flush();
            var output = process.StandardOutput.BaseStream;

            // 8d1c8b69… blob 1234<LF>the bytes<LF>, or 8d1c8b69… missing<LF>
            var head = Line(output).Split(' ');
            if (head.Length != 3 || !int.TryParse(head[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return (null, head is [_, "missing"] ? "git does not have its content here; the clone is partial" : "git ended");
            }

            var bytes = new byte[size];
            output.ReadExactly(bytes);
            output.ReadByte();
            return (bytes, null);
        }
        catch (Exception e) when (e is IOException or Win32Exception or InvalidOperationException)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            return (null, "git ended while it was read");
        }
    }

    /// <summary>Ends git.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
        _process = null;
    }

    private Process Start()
    {
        var process = Process.Start(GitReader.Info(_git, _folder, ["cat-file", "--batch"])) ?? throw new Win32Exception("it did not start");

        // What git complains of is not read, and must not stop it.
        _ = process.StandardError.ReadToEndAsync(_cancellationToken);
        _registration = _cancellationToken.Register(static state => ((Process)state!).Kill(entireProcessTree: true), process);
        return process;
    }

    private static string Line(Stream output)
    {
        var line = new StringBuilder();
        for (var sign = output.ReadByte(); sign is not (-1 or '\n') && line.Length < 200; sign = output.ReadByte())
        {
            line.Append((char)sign);
        }

        return line.ToString();
    }
}
