using System.Threading.Channels;

namespace Conway.Node;

/// <summary>Watches folders and tells which files changed, once a burst of changes has ended.</summary>
/// <remarks>Editors write a file in several steps (beside, rename, attributes), and a branch switch writes thousands: so a burst is told once,
/// after <see cref="Quiet"/> without a further change, at the latest after <see cref="Longest"/>.</remarks>
internal sealed class SourceWatch : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private const int FilesMax = 10_000;

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly Channel<string> _changes = Channel.CreateBounded<string>(new BoundedChannelOptions(FilesMax) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Folders that could not be watched, and why; mostly the system's limit on watches.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <param name="folders">Absolute; one below another is watched once.</param>
    public SourceWatch(IEnumerable<string> folders)
    {
        var problems = new List<string>();
        var all = Sorted(folders);
        foreach (var folder in all.Where(f => !all.Any(other => other != f && f.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal))))
        {
            try
            {
                var watcher = new FileSystemWatcher(folder)
                {
                    IncludeSubdirectories = true,
                    NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
                    InternalBufferSize = 64 * 1024,
                };
                watcher.Changed += (_, e) => _changes.Writer.TryWrite(e.FullPath);
                watcher.Created += (_, e) => _changes.Writer.TryWrite(e.FullPath);
                watcher.Deleted += (_, e) => _changes.Writer.TryWrite(e.FullPath);
                watcher.Renamed += (_, e) => _changes.Writer.TryWrite(e.FullPath);

                // A burst that overflowed the buffer: the folder itself stands for "anything may have changed".
                watcher.Error += (_, _) => _changes.Writer.TryWrite(folder);
                watcher.EnableRaisingEvents = true;
                _watchers.Add(watcher);
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                problems.Add($"'{folder}' is not watched: {e.Message}");
            }
        }

        Problems = problems;
        Folders = all;
    }

    /// <summary>What it was asked to watch.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Ends a wait for changes with none.</summary>
    public void Wake() => _changes.Writer.TryWrite("");

    /// <summary>The next burst of changes: absolute paths, each once, and the timestamp of the first of them.</summary>
    public async Task<(IReadOnlySet<string> Files, long Since)> NextAsync(TimeProvider clock, CancellationToken cancel)
    {
        var files = new HashSet<string>(StringComparer.Ordinal) { await _changes.Reader.ReadAsync(cancel).ConfigureAwait(false) };
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < Longest && files.Count < FilesMax)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            quiet.CancelAfter(Quiet);
            try
            {
                files.Add(await _changes.Reader.ReadAsync(quiet.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                break;
            }
        }

        return (files, start);
    }

    /// <summary>Whether these are the folders that are watched.</summary>
    public bool Covers(IEnumerable<string> folders) => Folders.SequenceEqual(Sorted(folders), StringComparer.Ordinal);

    private static string[] Sorted(IEnumerable<string> folders) => [.. folders.Distinct(StringComparer.Ordinal).Where(Directory.Exists).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }
    }
}
