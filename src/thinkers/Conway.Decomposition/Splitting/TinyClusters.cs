using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Splitting;

/// <summary>Gives clusters that are too small to the neighbours that they are tied to most.</summary>
internal static class TinyClusters
{
    /// <summary>The smallest go first, ties in the order of clusters; a cluster that is tied to none stays.</summary>
    public static Partition Absorb(WeightedGraph graph, Partition clusters, int sizeMin)
    {
        while (true)
        {
            var members = clusters.Members();
            var labels = clusters.Labels.ToArray();
            var small = Enumerable.Range(0, clusters.Count).Where(c => members[c].Length < sizeMin).OrderBy(c => members[c].Length);
            var gone = false;
            foreach (var cluster in small)
            {
                if (Nearest(graph, clusters, members[cluster]) is { } home)
                {
                    foreach (var node in members[cluster])
                    {
                        labels[node] = home;
                    }

                    gone = true;
                    break;
                }
            }

            if (!gone)
            {
                return clusters;
            }

            clusters = Partition.Of(labels);
        }
    }

    private static int? Nearest(WeightedGraph graph, Partition clusters, IEnumerable<int> nodes)
    {
        var sums = new SortedDictionary<int, long>();
        foreach (var node in nodes)
        {
            var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                if (clusters[neighbours[i]] is var other && other != Partition.None && other != clusters[node])
                {
                    sums[other] = sums.GetValueOrDefault(other) + weights[i];
                }
            }
        }

        return sums.Count == 0 ? null : sums.MaxBy(s => s.Value).Key;
    }
}
