using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>All blocks of one signal as one search sees them: a snapshot of the sealed ones, and a copy of those still being gathered.</summary>
/// <remarks>Dispose of it: it holds rented memory. Not safe for concurrent use.</remarks>
internal sealed class BlockScan : IDisposable
{
    private readonly List<RawBlock> _open;
    // The last few blocks unfolded: finding a trace's other spans comes back to its neighbours.
    private const int KeptMax = 16;

    private readonly Dictionary<Part, (OpenBlock Block, ByteBuffer Raw)> _kept = [];
    private readonly Queue<Part> _keptByAge = new();
    private readonly ByteBuffer _scratch = new(BlockBuilder.TargetBytes);

    public BlockScan(IBlockSource source, Signal signal, Func<string, bool> services)
    {
        // Open ones first: a block sealed in between is then seen twice, never missed, and told by its origin.
        _open = source.CopyOpen(signal, services);
        var copied = _open.Select(raw => raw.Origin).ToHashSet();
        Parts = [
            .. source.Snapshot(signal).Where(block => services(block.Service) && !(block.Origin is { } origin && copied.Contains(origin)))
                .Select(block => new Part(block.Service, block.Count, block.TimeMin, block.TimeMax, block.Traces, null, block)),
            .. _open.Select(raw => new Part(raw.Service, raw.Count, raw.TimeMin, raw.TimeMax, raw.Traces, raw.Bytes, null))];
    }

    /// <summary>The blocks of each service in the order of their making.</summary>
    public List<Part> Parts { get; }

    /// <summary>Bytes unfolded so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Records in the parts opened so far.</summary>
    public long RecordsRead { get; private set; }

    /// <summary>Opens a part; null when it was evicted meanwhile or is damaged. Valid until <see cref="KeptMax"/> others were opened.</summary>
    public OpenBlock? Open(Part part)
    {
        if (_kept.TryGetValue(part, out var kept))
        {
            return kept.Block;
        }

        ByteBuffer raw;
        if (_kept.Count < KeptMax)
        {
            raw = new ByteBuffer(BlockBuilder.TargetBytes * 2);
        }
        else
        {
            _kept.Remove(_keptByAge.Dequeue(), out kept);
            raw = kept.Raw;
        }

        var block = part.Open is { } open ? new OpenBlock(part.Service, open.Memory)
            : part.Block!.TryRead(raw, _scratch) ? new OpenBlock(part.Service, raw.Memory)
            : null;
        if (block is null)
        {
            raw.Dispose();
            return null;
        }

        BytesRead += part.Open?.Length ?? raw.Length;
        RecordsRead += part.Count;
        _kept.Add(part, (block, raw));
        _keptByAge.Enqueue(part);
        return block;
    }

    public void Dispose()
    {
        foreach (var raw in _open)
        {
            raw.Bytes.Dispose();
        }

        foreach (var (_, raw) in _kept.Values)
        {
            raw.Dispose();
        }

        _scratch.Dispose();
    }

    /// <summary>A block, sealed or open. Compared by reference.</summary>
    internal sealed class Part(string service, int count, ulong timeMin, ulong timeMax, TraceFilter traces, ByteBuffer? open, Block? block)
    {
        public string Service => service;

        public int Count => count;

        public ulong TimeMin => timeMin;

        public ulong TimeMax => timeMax;

        public TraceFilter Traces => traces;

        public ByteBuffer? Open => open;

        public Block? Block => block;
    }
}
