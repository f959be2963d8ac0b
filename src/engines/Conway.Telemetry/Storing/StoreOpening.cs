namespace Conway.Telemetry.Storing;

/// <summary>Opens a run's folder for writing: takes the lock, mends what a killed engine left, removes old runs.</summary>
internal static class StoreOpening
{
    /// <summary>The lock to hold while writing; null, and the reason, when this engine must keep to memory.</summary>
    public static (FileStream? Lock, Exception? Refusal) Open(TelemetryOptions options, BlockWriter writer, BlockCatalog catalog, ServiceShelves shelves, SegmentDisk disk, CancellationToken cancelled)
    {
        if (options.Root is null)
        {
            return (null, null);
        }

        var folder = Path.Combine(options.Root, options.Run);
        FileStream? taken = null;
        try
        {
            taken = RunLock.TryTake(folder);
            if (taken is null)
            {
                return (null, new RunInUseException());
            }

            foreach (var segment in RunFolder.Open(folder, disk, mend: true, cancelled))
            {
                writer.ContinueAfter(segment.Signal, RunFolder.NumberOf(segment.Path));
                shelves.Of(segment.Service).Keep(segment, segment.Length, isNew: true);
                foreach (var block in segment.Blocks)
                {
                    catalog.Add(block);
                }
            }

            Retention.Apply(options);
            writer.Folder = folder;
            return (taken, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            taken?.Dispose();
            return (null, error);
        }
    }

    /// <summary>Another process writes this run.</summary>
    internal sealed class RunInUseException : IOException;
}
