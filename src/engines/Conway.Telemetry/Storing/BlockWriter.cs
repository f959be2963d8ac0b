using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>Compresses sealed blocks, appends them to segments, and keeps the quotas. One thread at a time uses it.</summary>
/// <remarks>A disk that refuses turns it to memory: blocks are kept compressed, under the memory quota, and every half minute the disk is tried again.</remarks>
internal sealed class BlockWriter(TelemetryOptions options, BlockCatalog catalog, ServiceShelves shelves, SegmentDisk disk, TimeProvider clock)
{
    /// <summary>Blocks known at once, since each costs memory; eviction begins beyond.</summary>
    public const int BlocksMax = 100_000;

    /// <summary>How long a disk that refused is left alone.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private const string ProbeName = "writer.probe";
    private const int ProbeBytes = 64 * 1024;

    private readonly int[] _numbers = new int[3];
    private readonly long _segmentBytesMax = options.SegmentBytesMax ?? Math.Clamp(options.DiskBytesMax / 64, 64 * 1024, 4 * 1024 * 1024);
    private long _refusedAt;
    private long _writtenBytes;

    /// <summary>Folder of the run; unset while nothing may be written there.</summary>
    public string? Folder { get; private set; }

    /// <summary>Why nothing is written at present; unset when all is well.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>Whether the disk refused, and may be tried again now.</summary>
    public bool IsRetryDue => Refusal is not null && clock.GetElapsedTime(Interlocked.Read(ref _refusedAt)) >= RetryAfter;

    /// <summary>Bytes appended to segments since the start.</summary>
    public long WrittenBytes => Interlocked.Read(ref _writtenBytes);

    /// <summary>New segments are numbered after these.</summary>
    public void ContinueAfter(Signal signal, int number) => _numbers[(int)signal] = Math.Max(_numbers[(int)signal], number);

    /// <summary>The folder is open and may be written.</summary>
    public void Begin(string folder) => (Folder, Refusal) = (folder, null);

    /// <summary>Nothing can be written now.</summary>
    public void Refuse(Exception error)
    {
        Interlocked.Exchange(ref _refusedAt, clock.GetTimestamp());
        Refusal = error;
    }

    /// <summary>Finds out whether the disk takes something again, though no block waits to be written.</summary>
    public void Probe()
    {
        var path = Path.Combine(Folder!, ProbeName);
        try
        {
            disk.WriteAt(path, 0, new byte[ProbeBytes]);
            Refusal = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Refuse(error);
        }

        TryDelete(path);
    }

    public void Write(Block block)
    {
        var shelf = shelves.Of(block.Service);
        using var frame = BlockCodec.Compress(block.Raw!);
        if (!MayTryDisk() || !TryAppend(block, shelf, frame))
        {
            KeepInMemory(block, shelf, frame);
        }

        KeepQuotas(shelf);
    }

    /// <summary>Writes the sidecars of the segments still open.</summary>
    public void Close()
    {
        foreach (var shelf in shelves.All)
        {
            foreach (var signal in Enum.GetValues<Signal>())
            {
                if (shelf.Current(signal) is { } segment)
                {
                    CloseSegment(segment);
                }
            }
        }
    }

    private bool MayTryDisk() => Folder is not null && (Refusal is null || IsRetryDue);

    private bool TryAppend(Block block, ServiceShelf shelf, ByteBuffer frame)
    {
        ref var current = ref shelf.Current(block.Signal);
        var isNew = current is null;
        var segment = current ?? NewSegment(block);
        try
        {
            if (isNew)
            {
                disk.WriteAt(segment.Path, 0, SegmentHead.Write(block.Signal, block.Service));
            }

            disk.WriteAt(segment.Path, segment.Length, frame.Span);
            block.MoveTo(segment, disk, segment.Length, frame.Length);
            segment.Length += frame.Length;
            segment.Add(block);
            shelf.Keep(segment, isNew ? segment.Length : frame.Length, isNew);
            Interlocked.Add(ref _writtenBytes, frame.Length);
            Refusal = null;
            current = segment;
            if (segment.Length >= _segmentBytesMax)
            {
                current = null;
                CloseSegment(segment);
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Refuse(error);
            if (isNew)
            {
                // A head without a block; the number is not used again.
                TryDelete(segment.Path);
            }

            return false;
        }
    }

    private Segment NewSegment(Block block) =>
        new(RunFolder.SegmentPath(Folder!, block.Signal, ++_numbers[(int)block.Signal]), block.Signal, block.Service) { Length = SegmentHead.Write(block.Signal, block.Service).Length };

    private static void KeepInMemory(Block block, ServiceShelf shelf, ByteBuffer frame)
    {
        block.MoveTo(frame.Span.ToArray());
        var segment = new Segment("", block.Signal, block.Service) { Length = frame.Length };
        segment.Add(block);
        shelf.Keep(segment, frame.Length, isNew: true);
    }

    private void CloseSegment(Segment segment)
    {
        try
        {
            SegmentIndex.Write(segment, disk);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Rebuilt at the next opening.
        }
    }

    private void KeepQuotas(ServiceShelf written)
    {
        var serviceMax = options.ServiceBytesMax ?? options.DiskBytesMax / 2;
        while (written.Bytes > serviceMax && written.Segments.Count > 0)
        {
            Evict(written);
        }

        var oldest = UnixNano.Minus(UnixNano.Of(clock.GetUtcNow()), UnixNano.Of(options.Age));
        while (written.Segments.Count > 0 && written.Segments[0].TimeMax < oldest)
        {
            Evict(written);
        }

        // What stands in for the disk has a quota of its own: nothing is removed from a full disk to make room in memory.
        while (shelves.All.Sum(shelf => shelf.MemoryBytes) > Math.Min(options.MemoryBytesMax, options.DiskBytesMax) && Quota.Victim(shelves.All, inMemory: true) is { } largest)
        {
            Evict(largest, inMemory: true);
        }

        while ((shelves.All.Sum(shelf => shelf.Bytes - shelf.MemoryBytes) > options.DiskBytesMax || catalog.Count > BlocksMax) && Quota.Victim(shelves.All) is { } largest)
        {
            Evict(largest);
        }
    }

    private void Evict(ServiceShelf shelf, bool inMemory = false)
    {
        var segment = shelf.TakeOldest(inMemory);
        catalog.Remove(segment.Blocks.ToArray());
        if (segment.IsInMemory)
        {
            return;
        }

        TryDelete(segment.Path);
        TryDelete(segment.IndexPath);
    }

    private void TryDelete(string path)
    {
        try
        {
            disk.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Forgotten all the same; retention removes the file with its run.
        }
    }
}
