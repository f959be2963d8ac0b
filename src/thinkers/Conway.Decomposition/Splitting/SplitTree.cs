using System.Collections.Immutable;
using Conway.Decomposition.Clustering;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Splitting;

/// <summary>Takes a graph apart from the top: each part where it comes apart most easily, as long as that is easy enough.</summary>
/// <remarks>A resolution for the whole graph splits large clusters first, however tightly they hold, and leaves small ones together, however loosely. Here
/// each split is judged by its own conductance: the weight it cuts, over the weight of the lesser side. Splits are looked for when they are asked for, and kept.</remarks>
public sealed class SplitTree
{
    /// <summary>Parts with fewer units are not split.</summary>
    private const int UnitsMin = 8;

    /// <summary>Low resolutions first: the first that gives two clusters gives the widest split.</summary>
    private static readonly double[] Resolutions = [0.03, 0.05, 0.08, 0.12, 0.18, 0.26, 0.36, 0.5, 0.7, 1, 1.4, 2, 2.8];

    private readonly WeightedGraph _graph;

    /// <param name="graph">Nodes are units.</param>
    /// <param name="takes">Which units take part; those without an edge are left out.</param>
    public SplitTree(WeightedGraph graph, Func<int, bool> takes)
    {
        _graph = graph;
        var seen = new bool[graph.Count];
        var roots = ImmutableArray.CreateBuilder<SplitNode>();
        for (var unit = 0; unit < graph.Count; unit++)
        {
            if (!seen[unit] && takes(unit))
            {
                var component = Component(unit, seen, takes);
                if (component.Length > 1)
                {
                    roots.Add(new SplitNode(this, component, 0));
                }
            }
        }

        Roots = roots.ToImmutable();
    }

    /// <summary>The connected parts of two units and more, by their first unit.</summary>
    public ImmutableArray<SplitNode> Roots { get; }

    /// <summary>The parts that are left when everything is split whose conductance is below a bound.</summary>
    /// <returns>A cluster for each; units that take no part, or have no edge, are in none.</returns>
    public Partition Cut(double conductanceMax)
    {
        var labels = new int[_graph.Count];
        Array.Fill(labels, Partition.None);
        var count = 0;
        var walk = new Stack<SplitNode>(Roots.Reverse());
        while (walk.TryPop(out var node))
        {
            if (node.Conductance < conductanceMax && node.Parts is { } parts)
            {
                walk.Push(parts.More);
                walk.Push(parts.Less);
                continue;
            }

            foreach (var unit in node.Units)
            {
                labels[unit] = count;
            }

            count++;
        }

        return Partition.Of(labels);
    }

    internal (SplitNode Less, SplitNode More, double Conductance)? Split(SplitNode node)
    {
        if (node.Units.Length < UnitsMin)
        {
            return null;
        }

        var graph = Induced(node.Units);
        var least = Math.Clamp(node.Units.Length / 40, 3, 8);
        for (var level = node.Level; level < Resolutions.Length; level++)
        {
            var clusters = TinyClusters.Absorb(graph, Consensus.Of(graph, Resolutions[level]), least);
            if (clusters.Count < 2)
            {
                continue;
            }

            var (best, conductance) = Loosest(graph, clusters);
            var inside = Enumerable.Range(0, node.Units.Length).ToLookup(i => clusters[i] == best, i => node.Units[i]);
            var (one, other) = (inside[true].ToImmutableArray(), inside[false].ToImmutableArray());

            // The rest held together at this resolution; the part that left may come apart again at a lower one.
            var part = new SplitNode(this, one, Math.Max(0, level - 2));
            var rest = new SplitNode(this, other, level);
            return one.Length <= other.Length ? (part, rest, conductance) : (rest, part, conductance);
        }

        return null;
    }

    private ImmutableArray<int> Component(int first, bool[] seen, Func<int, bool> takes)
    {
        var found = new List<int>();
        var walk = new Stack<int>([first]);
        seen[first] = true;
        while (walk.TryPop(out var at))
        {
            found.Add(at);
            foreach (var next in _graph.Neighbours(at))
            {
                if (!seen[next] && takes(next))
                {
                    seen[next] = true;
                    walk.Push(next);
                }
            }
        }

        found.Sort();
        return [.. found];
    }

    private WeightedGraph Induced(ImmutableArray<int> units)
    {
        var index = new Dictionary<int, int>(units.Length);
        for (var i = 0; i < units.Length; i++)
        {
            index[units[i]] = i;
        }

        var graph = new WeightedGraphBuilder(units.Length);
        for (var i = 0; i < units.Length; i++)
        {
            var neighbours = _graph.Neighbours(units[i]);
            var weights = _graph.Weights(units[i]);
            for (var n = 0; n < neighbours.Length; n++)
            {
                if (neighbours[n] > units[i] && index.TryGetValue(neighbours[n], out var other))
                {
                    graph.Add(i, other, weights[n]);
                }
            }
        }

        return graph.Build();
    }

    private static (int Cluster, double Conductance) Loosest(WeightedGraph graph, Partition clusters)
    {
        var strengths = new long[clusters.Count];
        var cuts = new long[clusters.Count];
        for (var node = 0; node < graph.Count; node++)
        {
            var own = clusters[node];
            strengths[own] += graph.Strength(node);
            var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                cuts[own] += clusters[neighbours[i]] == own ? 0 : weights[i];
            }
        }

        var (best, least) = (0, double.PositiveInfinity);
        for (var cluster = 0; cluster < clusters.Count; cluster++)
        {
            var conductance = (double)cuts[cluster] / Math.Max(1, Math.Min(strengths[cluster], graph.TotalStrength - strengths[cluster]));
            if (conductance < least)
            {
                (best, least) = (cluster, conductance);
            }
        }

        return (best, least);
    }
}
