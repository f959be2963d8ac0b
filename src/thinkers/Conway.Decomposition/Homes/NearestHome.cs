using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Homes;

/// <summary>Gives units that are in no cluster to the cluster that they are tied to most.</summary>
public static class NearestHome
{
    /// <summary>How far from a cluster a unit may be: over how many others.</summary>
    private const int StepsMax = 4;

    /// <param name="graph">All ties, those to shared units too.</param>
    /// <param name="clusters">Where units are; those in none are given a home.</param>
    /// <returns>The same clusters, larger; units that nothing ties to any stay in none.</returns>
    public static Partition Fill(WeightedGraph graph, Partition clusters)
    {
        var labels = clusters.Labels.ToArray();
        for (var step = 0; step < StepsMax; step++)
        {
            // All at once, so that the order of units does not matter.
            var found = new List<(int Unit, int Home)>();
            for (var unit = 0; unit < labels.Length; unit++)
            {
                if (labels[unit] == Partition.None && Nearest(graph, labels, unit) is { } home)
                {
                    found.Add((unit, home));
                }
            }

            foreach (var (unit, home) in found)
            {
                labels[unit] = home;
            }

            if (found.Count == 0)
            {
                break;
            }
        }

        return Partition.Of(labels);
    }

    private static int? Nearest(WeightedGraph graph, int[] labels, int unit)
    {
        var sums = new SortedDictionary<int, long>();
        var neighbours = graph.Neighbours(unit);
        var weights = graph.Weights(unit);
        for (var i = 0; i < neighbours.Length; i++)
        {
            if (labels[neighbours[i]] is var label && label != Partition.None)
            {
                sums[label] = sums.GetValueOrDefault(label) + weights[i];
            }
        }

        return sums.Count == 0 ? null : sums.MaxBy(s => s.Value).Key;
    }
}
