using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Bench.Baselines;

/// <summary>Louvain (Blondel, Guillaume, Lambiotte, Lefebvre 2008) on modularity: the method to compare with, since most tools use it.</summary>
internal static class Louvain
{
    public static Partition Cluster(WeightedGraph graph, double resolution = 1, ulong seed = 1)
    {
        var bits = new SeededBits(seed);
        return Levels.Climb(graph, (level, labels, order) => Moves(level, labels, order, resolution), ref bits);
    }

    private static bool Moves(WeightedGraph graph, int[] labels, int[] order, double resolution)
    {
        var strengths = new long[graph.Count];
        for (var node = 0; node < graph.Count; node++)
        {
            strengths[labels[node]] += graph.Strength(node);
        }

        var weightTo = new long[graph.Count];
        var touched = new List<int>();
        var (moved, again) = (false, true);
        for (var pass = 0; again && pass < 100; pass++)
        {
            again = false;
            foreach (var node in order)
            {
                var from = labels[node];
                Levels.Weigh(graph, node, labels, weightTo, touched);
                strengths[from] -= graph.Strength(node);
                var chance = resolution * graph.Strength(node) / graph.TotalStrength;
                var (best, bestGain) = (from, weightTo[from] - (chance * strengths[from]));
                foreach (var label in touched)
                {
                    var gain = weightTo[label] - (chance * strengths[label]);
                    if (gain > bestGain)
                    {
                        (best, bestGain) = (label, gain);
                    }
                }

                strengths[best] += graph.Strength(node);
                labels[node] = best;
                again |= best != from;
                moved |= best != from;
                Levels.Clear(weightTo, touched);
            }
        }

        return moved;
    }
}
