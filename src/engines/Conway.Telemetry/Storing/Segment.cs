namespace Conway.Telemetry.Storing;

/// <summary>One file of blocks of one service and one signal, in the order they were sealed.</summary>
/// <remarks>The unit of eviction: a quota or retention removes whole segments, oldest first. Changed by the writer alone; read by anyone.</remarks>
internal sealed class Segment(string path, Signal signal, string service)
{
    private readonly List<Block> _blocks = [];

    public string Path => path;

    /// <summary>Whether it is no file, but one block kept in memory while the disk refuses.</summary>
    public bool IsInMemory => path.Length == 0;

    public Signal Signal => signal;

    public string Service => service;

    /// <summary>Bytes of the file; where the next block goes.</summary>
    public long Length { get; set; }

    public ulong TimeMin { get; private set; } = ulong.MaxValue;

    public ulong TimeMax { get; private set; }

    public long Count { get; private set; }

    public IReadOnlyList<Block> Blocks => _blocks;

    public string IndexPath => System.IO.Path.ChangeExtension(path, ".idx");

    public void Add(Block block)
    {
        _blocks.Add(block);
        Count += block.Count;
        TimeMin = Math.Min(TimeMin, block.TimeMin);
        TimeMax = Math.Max(TimeMax, block.TimeMax);
    }
}
