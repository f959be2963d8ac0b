using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>Compresses sealed blocks, appends them to segments, and keeps the quotas. One thread at a time uses it.</summary>
/// <remarks>A disk that refuses turns it to memory: blocks are kept compressed, under the memory quota, and every half minute one block tries the disk again.</remarks>
internal sealed class BlockWriter(TelemetryOptions options, BlockCatalog catalog, ServiceShelves shelves, SegmentDisk disk, TimeProvider clock)
{
    /// <summary>Blocks known at once, since each costs memory; eviction begins beyond.</summary>
    public const int BlocksMax = 100_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly int[] _numbers = new int[3];
    private readonly long _segmentBytesMax = options.SegmentBytesMax ?? Math.Clamp(options.DiskBytesMax / 64, 64 * 1024, 4 * 1024 * 1024);
    private long _refusedAt;
    private long _writtenBytes;

    /// <summary>Folder of the run; unset while nothing may be written there.</summary>
    public string? Folder { get; set; }

    /// <summary>Why nothing is written at present; unset when all is well.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>Bytes appended to segments since the start.</summary>
    public long WrittenBytes => Interlocked.Read(ref _writtenBytes);

    /// <summary>New segments are numbered after these.</summary>
    public void ContinueAfter(Signal signal, int number) => _numbers[(int)signal] = Math.Max(_numbers[(int)signal], number);

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

    private bool MayTryDisk() => Folder is not null && (Refusal is null || clock.GetElapsedTime(_refusedAt) >= RetryAfter);

    private bool TryAppend(Block block, ServiceShelf shelf, ByteBuffer frame)
    {
        ref var current = ref shelf.Current(block.Signal);
        try
        {
            var isNew = current is null;
            var segment = current ?? NewSegment(block);
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
            Refusal = error;
            _refusedAt = clock.GetTimestamp();
            return false;
        }
    }

    private Segment NewSegment(Block block)
    {
        var path = RunFolder.SegmentPath(Folder!, block.Signal, ++_numbers[(int)block.Signal]);
        var head = SegmentHead.Write(block.Signal, block.Service);
        disk.WriteAt(path, 0, head);
        return new Segment(path, block.Signal, block.Service) { Length = head.Length };
    }

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

        var max = Folder is null || Refusal is not null ? Math.Min(options.MemoryBytesMax, options.DiskBytesMax) : options.DiskBytesMax;
        while (shelves.All.Sum(shelf => shelf.Bytes) > max || catalog.Count > BlocksMax)
        {
            if (Quota.Victim(shelves.All) is not { } largest)
            {
                break;
            }

            Evict(largest);
        }
    }

    private void Evict(ServiceShelf shelf)
    {
        var segment = shelf.TakeOldest();
        catalog.Remove(segment.Blocks.ToArray());
        if (segment.Path.Length == 0)
        {
            return;
        }

        try
        {
            disk.Delete(segment.Path);
            disk.Delete(segment.IndexPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Forgotten all the same; retention removes the file with its run.
        }
    }
}
