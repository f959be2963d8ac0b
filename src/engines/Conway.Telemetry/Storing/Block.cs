using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>A sealed block as the catalog knows it: what it may hold, and where it lies.</summary>
/// <remarks>It waits raw in memory until the writer has compressed it; then it lies in a segment, or compressed in memory when there is no disk.
/// Safe for concurrent use.</remarks>
internal sealed class Block
{
    private readonly Lock _gate = new();
    private RawBlock? _raw;
    private byte[]? _compressed;
    private Segment? _segment;
    private long _offset;
    private SegmentDisk? _disk;

    public Block(RawBlock raw)
    {
        (Signal, Service, Count, TimeMin, TimeMax, Traces) = (raw.Signal, raw.Service, raw.Count, raw.TimeMin, raw.TimeMax, raw.Traces);
        RawBytes = raw.Bytes.Length;
        Origin = raw.Origin;
        _raw = raw;
    }

    public Block(Segment segment, SegmentDisk disk, long offset, BlockFrame frame, TraceFilter traces)
    {
        (Signal, Service, Count, TimeMin, TimeMax, Traces) = (segment.Signal, segment.Service, frame.Count, frame.TimeMin, frame.TimeMax, traces);
        (RawBytes, StoredBytes) = (frame.RawBytes, BlockFrame.Bytes + frame.CompressedBytes);
        (_segment, _disk, _offset) = (segment, disk, offset);
    }

    /// <summary>The builder and its generation this came from; unset for blocks read from files.</summary>
    public (BlockBuilder, int)? Origin { get; }

    public Signal Signal { get; }

    public string Service { get; }

    public int Count { get; }

    public ulong TimeMin { get; }

    public ulong TimeMax { get; }

    public TraceFilter Traces { get; }

    public int RawBytes { get; }

    /// <summary>Bytes with frame, once compressed.</summary>
    public int StoredBytes { get; private set; }

    /// <summary>Where the frame begins in its segment.</summary>
    public long Offset => _offset;

    /// <summary>The raw block, for the writer, while it still waits.</summary>
    public RawBlock? Raw => _raw;

    /// <summary>The block lies in a segment now.</summary>
    public void MoveTo(Segment segment, SegmentDisk disk, long offset, int storedBytes)
    {
        lock (_gate)
        {
            (_segment, _disk, _offset, StoredBytes) = (segment, disk, offset, storedBytes);
            DropRaw_NeedsLock();
        }
    }

    /// <summary>The block stays in memory, compressed.</summary>
    public void MoveTo(byte[] compressed)
    {
        lock (_gate)
        {
            (_compressed, StoredBytes) = (compressed, compressed.Length);
            DropRaw_NeedsLock();
        }
    }

    /// <summary>Puts the raw bytes into the buffer; false when the block was evicted or is damaged.</summary>
    public bool TryRead(ByteBuffer raw, ByteBuffer scratch)
    {
        lock (_gate)
        {
            if (_raw is { } waiting)
            {
                raw.Clear();
                raw.Raw(waiting.Bytes.Span);
                return true;
            }
        }

        if (_compressed is { } compressed)
        {
            return BlockCodec.TryExpand(compressed, raw);
        }

        scratch.Clear();
        var whole = scratch.Room(StoredBytes)[..StoredBytes];
        return _disk!.TryReadAt(_segment!.Path, _offset, whole) && BlockCodec.TryExpand(whole, raw);
    }

    private void DropRaw_NeedsLock()
    {
        _raw?.Bytes.Dispose();
        _raw = null;
    }
}
