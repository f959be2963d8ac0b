namespace Conway.Telemetry.Storing;

/// <summary>Which earlier runs are kept. The decision is pure; <see cref="Apply"/> does it.</summary>
internal static class Retention
{
    /// <summary>The runs to remove: all beyond the newest <paramref name="runsMax"/>, and from the oldest on until the rest fits.</summary>
    /// <param name="runs">Name, last write, bytes.</param>
    public static IReadOnlyList<string> Decide(IEnumerable<(string Name, DateTime LastWrite, long Bytes)> runs, int runsMax, long bytesMax)
    {
        var (kept, bytes) = (0, 0L);
        var gone = new List<string>();
        foreach (var run in runs.OrderByDescending(run => run.LastWrite).ThenByDescending(run => run.Name, StringComparer.Ordinal))
        {
            bytes += run.Bytes;
            if (++kept > runsMax || bytes > bytesMax)
            {
                gone.Add(run.Name);
            }
        }

        return gone;
    }

    /// <summary>Removes what the decision says, never this run and never one that is being written. What cannot be removed stays.</summary>
    public static void Apply(TelemetryOptions options)
    {
        try
        {
            var earlier = Directory.EnumerateDirectories(options.Root!)
                .Where(path => Path.GetFileName(path) != options.Run && IsRun(path) && !RunLock.IsTaken(path))
                .Select(path => (path, Directory.GetLastWriteTimeUtc(path), BytesOf(path)));
            foreach (var path in Decide(earlier.ToList(), options.RunsMax, options.EarlierRunsBytesMax))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }

    /// <summary>Whether a folder is one of ours: nothing else is ever removed.</summary>
    public static bool IsRun(string path) => Enum.GetValues<Signal>().Any(signal => Directory.Exists(RunFolder.SignalFolder(path, signal)));

    public static long BytesOf(string path) => new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
