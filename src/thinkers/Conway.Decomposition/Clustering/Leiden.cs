using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Clustering;

/// <summary>Finds clusters that hold together more than chance would (Leiden: Traag, Waltman, van Eck 2019, on modularity).</summary>
/// <remarks>Unlike Louvain's, its clusters are never in parts that do not touch. Departs from the paper in one point: where that draws a cluster by
/// exp(gain / θ), this draws in proportion to the gain, since exponentials differ in the last bit between machines and gains do not.
/// The same graph, options and seed give the same partition everywhere.</remarks>
public static class Leiden
{
    /// <summary>The clusters of a graph. Nodes without edges are alone.</summary>
    public static Partition Cluster(WeightedGraph graph, LeidenOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Resolution);
        var bits = new SeededBits(options.Seed);
        var found = options.Start ?? Partition.Singletons(graph.Count);
        if (graph.TotalStrength == 0)
        {
            return found;
        }

        for (var round = 0; round < options.RoundsMax; round++)
        {
            var before = found;
            found = Round(graph, found, options.Resolution, ref bits);
            if (found.Equals(before))
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Moves single nodes from a partition until no move gains, without merging or splitting clusters as wholes.</summary>
    public static Partition Polish(WeightedGraph graph, Partition start, double resolution, ulong seed)
    {
        var bits = new SeededBits(seed);
        return graph.TotalStrength == 0 ? start : new NodeMoves(graph, start, resolution).Run(ref bits);
    }

    private static Partition Round(WeightedGraph graph, Partition start, double resolution, ref SeededBits bits)
    {
        var level = graph;
        var clusters = start;
        var toLevel = Partition.Singletons(graph.Count);
        while (true)
        {
            clusters = new NodeMoves(level, clusters, resolution).Run(ref bits);
            if (clusters.Count == level.Count)
            {
                return toLevel.Then(clusters);
            }

            var refined = Refinement.Of(level, clusters, resolution, ref bits);
            if (refined.Count == level.Count)
            {
                return toLevel.Then(clusters);
            }

            // The next level has the refined clusters as nodes and begins with what was found before refining.
            var onNext = new int[refined.Count];
            for (var node = 0; node < level.Count; node++)
            {
                onNext[refined[node]] = clusters[node];
            }

            toLevel = toLevel.Then(refined);
            level = level.Contract(refined);
            clusters = Partition.Of(onNext);
        }
    }
}
