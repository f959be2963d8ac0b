namespace Conway.Decomposition.Comparing;

/// <summary>How many nodes each cluster of one partition shares with each of another: the table from which comparisons are reckoned.</summary>
internal sealed class Overlap
{
    private readonly Dictionary<(int A, int B), int> _cells = [];

    /// <exception cref="ArgumentException">The partitions are of different nodes, or leave some in no cluster.</exception>
    public Overlap(Partition a, Partition b)
    {
        if (a.Nodes != b.Nodes || a.Placed != a.Nodes || b.Placed != b.Nodes)
        {
            throw new ArgumentException(
                $"Two partitions are compared on nodes that are in a cluster of both; of {a.Nodes} and {b.Nodes} nodes, {a.Placed} and {b.Placed} are in one.", nameof(b));
        }

        Nodes = a.Nodes;
        A = a.Sizes.ToArray();
        B = b.Sizes.ToArray();
        for (var node = 0; node < a.Nodes; node++)
        {
            _cells[(a[node], b[node])] = _cells.GetValueOrDefault((a[node], b[node])) + 1;
        }
    }

    public int Nodes { get; }

    /// <summary>Sizes of the clusters of the first.</summary>
    public int[] A { get; }

    /// <summary>Sizes of the clusters of the second.</summary>
    public int[] B { get; }

    /// <summary>The shared nodes, where there are any, in the order of A, then B.</summary>
    public IEnumerable<(int A, int B, int Shared)> Cells => _cells.OrderBy(c => c.Key).Select(c => (c.Key.A, c.Key.B, c.Value));
}
