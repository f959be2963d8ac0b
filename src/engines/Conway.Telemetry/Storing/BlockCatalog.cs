namespace Conway.Telemetry.Storing;

/// <summary>All sealed blocks, by signal. Searches take a snapshot and never hold the writer up. Safe for concurrent use.</summary>
internal sealed class BlockCatalog
{
    private readonly Lock _gate = new();
    private readonly List<Block>[] _blocks = [[], [], []];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _blocks.Sum(list => list.Count);
            }
        }
    }

    public void Add(Block block)
    {
        lock (_gate)
        {
            _blocks[(int)block.Signal].Add(block);
        }
    }

    public void Remove(IReadOnlyCollection<Block> gone)
    {
        if (gone.Count == 0)
        {
            return;
        }

        var set = gone.ToHashSet();
        lock (_gate)
        {
            foreach (var list in _blocks)
            {
                list.RemoveAll(set.Contains);
            }
        }
    }

    public Block[] Snapshot(Signal signal)
    {
        lock (_gate)
        {
            return [.. _blocks[(int)signal]];
        }
    }
}
