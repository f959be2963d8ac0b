using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry;

/// <summary>A run whose telemetry is still here.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Started">When its folder was made.</param>
/// <param name="LastWritten">When it was last written to.</param>
/// <param name="Bytes">Bytes on disk; 0 when they cannot be counted.</param>
/// <param name="IsRunning">Whether an engine writes it now.</param>
public sealed record TelemetryRun(string Run, DateTimeOffset Started, DateTimeOffset LastWritten, long Bytes, bool IsRunning);

/// <summary>Earlier runs, to be read and not written.</summary>
public static class TelemetryArchive
{
    private const int DamageMax = 10;

    /// <summary>All runs under a root, newest first; none when the folder does not exist.</summary>
    /// <param name="root"><see cref="TelemetryOptions.Root"/>.</param>
    public static IReadOnlyList<TelemetryRun> ListRuns(string root)
    {
        if (!Directory.Exists(root))
        {
            return [];
        }

        return [.. Directory.EnumerateDirectories(root)
            .Where(Retention.IsRun)
            .Select(path => new TelemetryRun(Path.GetFileName(path), new(Directory.GetCreationTimeUtc(path)), new(LastWrite(path)), BytesOf(path), RunLock.IsTaken(path)))
            .OrderByDescending(run => run.LastWritten)];
    }

    /// <summary>Opens a run to be asked; null when there is none of that name. A torn end is passed over, and no file is changed.</summary>
    public static Task<TelemetryQueries?> OpenAsync(string root, string run, TimeProvider clock, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            // A name, never a path: what comes from a URL must not lead out of the root.
            var path = Path.Combine(root, run);
            if (Path.GetFileName(path) != run || run is "." or ".." or "" || !Directory.Exists(path))
            {
                return null;
            }

            var damage = new List<string>();
            var blocks = RunFolder.Open(path, new SegmentDisk(), mend: false, damage, cancellationToken).SelectMany(segment => segment.Blocks).ToLookup(block => block.Signal);
            return new TelemetryQueries(new Closed(blocks), clock, endedBy: new(LastWrite(path)), damage: Some(damage));
        },
        cancellationToken);

    // A thousand torn files are told like ten.
    private static IReadOnlyList<string> Some(List<string> damage) =>
        damage.Count <= DamageMax ? damage : [.. damage.Take(DamageMax - 1), $"And {damage.Count - DamageMax + 1} files more."];

    // A folder's own time changes when files come and go, not when they grow.
    private static DateTime LastWrite(string path)
    {
        try
        {
            return new DirectoryInfo(path).EnumerateFiles("*.seg", SearchOption.AllDirectories).Select(file => file.LastWriteTimeUtc).DefaultIfEmpty(Directory.GetLastWriteTimeUtc(path)).Max();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Directory.GetLastWriteTimeUtc(path);
        }
    }

    private static long BytesOf(string path)
    {
        try
        {
            return Retention.BytesOf(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private sealed class Closed(ILookup<Signal, Block> blocks) : IBlockSource
    {
        public Block[] Snapshot(Signal signal) => [.. blocks[signal]];

        public List<RawBlock> CopyOpen(Signal signal, Func<string, bool> services) => [];
    }
}
