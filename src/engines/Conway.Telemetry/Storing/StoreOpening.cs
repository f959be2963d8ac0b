namespace Conway.Telemetry.Storing;

/// <summary>Opens a run's folder for writing: takes the lock, mends what a killed engine left, removes old runs. One thread at a time uses it.</summary>
internal sealed class StoreOpening(TelemetryOptions options, BlockCatalog catalog, ServiceShelves shelves, SegmentDisk disk) : IDisposable
{
    private FileStream? _lock;

    /// <summary>Whether there is a folder to open and it is not open yet.</summary>
    public bool IsPending => options.Root is not null && _lock is null;

    /// <summary>Opens the folder and tells the writer of it, or tells it why it must keep to memory.</summary>
    public void Open(BlockWriter writer, CancellationToken cancelled)
    {
        if (!IsPending)
        {
            return;
        }

        var folder = Path.Combine(options.Root!, options.Run);
        FileStream? taken = null;
        try
        {
            taken = RunLock.TryTake(folder) ?? throw new RunInUseException();
            var segments = RunFolder.Open(folder, disk, mend: true, damage: null, cancelled);
            Retention.Apply(options);
            Adopt(segments, writer);
            _lock = taken;
            writer.Begin(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            taken?.Dispose();
            writer.Refuse(error);
        }
    }

    public void Dispose() => _lock?.Dispose();

    private void Adopt(List<Segment> segments, BlockWriter writer)
    {
        // In front of what was kept in memory meanwhile: it is older.
        foreach (var segment in Enumerable.Reverse(segments))
        {
            writer.ContinueAfter(segment.Signal, RunFolder.NumberOf(segment.Path));
            shelves.Of(segment.Service).KeepOldest(segment);
        }

        foreach (var block in segments.SelectMany(segment => segment.Blocks))
        {
            catalog.Add(block);
        }
    }

    /// <summary>Another process writes this run.</summary>
    internal sealed class RunInUseException : IOException;
}
