namespace Conway.Decomposition.Graphs;

/// <summary>Collects edges in any order and packs them.</summary>
/// <param name="count">How many nodes there are.</param>
public sealed class WeightedGraphBuilder(int count)
{
    private readonly List<(int A, int B, long Weight)> _edges = [];

    /// <summary>Adds weight between two nodes, or to the loop of one. Weights of the same pair are added; 0 adds nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A node is not there, or the weight is negative.</exception>
    public void Add(int a, int b, long weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(a, b));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(a, b), count);
        if (weight > 0)
        {
            _edges.Add(a < b ? (a, b, weight) : (b, a, weight));
        }
    }

    public WeightedGraph Build()
    {
        _edges.Sort(static (x, y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));
        var loops = new long[count];
        var joined = new List<(int A, int B, long Weight)>(_edges.Count);
        foreach (var edge in _edges)
        {
            if (edge.A == edge.B)
            {
                loops[edge.A] += edge.Weight;
            }
            else if (joined.Count > 0 && joined[^1].A == edge.A && joined[^1].B == edge.B)
            {
                joined[^1] = edge with { Weight = edge.Weight + joined[^1].Weight };
            }
            else
            {
                joined.Add(edge);
            }
        }

        var starts = new int[count + 1];
        foreach (var (a, b, _) in joined)
        {
            starts[a + 1]++;
            starts[b + 1]++;
        }

        for (var node = 0; node < count; node++)
        {
            starts[node + 1] += starts[node];
        }

        var next = starts.ToArray();
        var targets = new int[joined.Count * 2];
        var weights = new long[joined.Count * 2];

        // By (A, B): what comes from a lower node is put first, so that neighbours ascend without another sort.
        foreach (var (a, b, weight) in joined)
        {
            (targets[next[b]], weights[next[b]]) = (a, weight);
            next[b]++;
        }

        foreach (var (a, b, weight) in joined)
        {
            (targets[next[a]], weights[next[a]]) = (b, weight);
            next[a]++;
        }

        return new WeightedGraph(starts, targets, weights, loops);
    }
}
