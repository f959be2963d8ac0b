using Conway.Telemetry.Blocks;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>All blocks of one signal as one search sees them: a snapshot of the sealed ones, and a copy of those still being gathered.</summary>
/// <remarks>Dispose of it: it holds rented memory. Not safe for concurrent use.</remarks>
internal sealed class BlockScan : IDisposable
{
    private readonly List<RawBlock> _open;
    private readonly ByteBuffer _raw = new(BlockBuilder.TargetBytes * 2);
    private readonly ByteBuffer _scratch = new(BlockBuilder.TargetBytes);

    public BlockScan(IBlockSource source, Signal signal, Func<string, bool> services)
    {
        // Open ones first: a block sealed in between is then seen twice, never missed, and told by its origin.
        _open = source.CopyOpen(signal, services);
        var copied = _open.Select(raw => raw.Origin).ToHashSet();
        Parts = [
            .. _open.Select(raw => new Part(raw.Service, raw.Count, raw.TimeMin, raw.TimeMax, raw.Traces, raw.Bytes, null)),
            .. source.Snapshot(signal).Where(block => services(block.Service) && !(block.Origin is { } origin && copied.Contains(origin)))
                .Select(block => new Part(block.Service, block.Count, block.TimeMin, block.TimeMax, block.Traces, null, block))];
    }

    public List<Part> Parts { get; }

    /// <summary>Bytes unfolded so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Opens a part; null when it was evicted meanwhile or is damaged. What an earlier call returned is no longer valid.</summary>
    public OpenBlock? Open(Part part)
    {
        if (part.Open is { } bytes)
        {
            BytesRead += bytes.Length;
            return new OpenBlock(part.Service, bytes.Memory);
        }

        if (!part.Block!.TryRead(_raw, _scratch))
        {
            return null;
        }

        BytesRead += _raw.Length;
        return new OpenBlock(part.Service, _raw.Memory);
    }

    public void Dispose()
    {
        foreach (var raw in _open)
        {
            raw.Bytes.Dispose();
        }

        _raw.Dispose();
        _scratch.Dispose();
    }

    /// <summary>A block, sealed or open.</summary>
    internal sealed record Part(string Service, int Count, ulong TimeMin, ulong TimeMax, TraceFilter Traces, ByteBuffer? Open, Block? Block);
}
