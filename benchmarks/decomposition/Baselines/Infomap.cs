using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Bench.Baselines;

/// <summary>Infomap with two levels on an undirected graph (Rosvall and Bergstrom 2008): the clusters that describe a random walk in the fewest bits.</summary>
internal static class Infomap
{
    public static Partition Cluster(WeightedGraph graph, ulong seed = 1)
    {
        var bits = new SeededBits(seed);
        return Levels.Climb(graph, Moves, ref bits);
    }

    private static bool Moves(WeightedGraph graph, int[] labels, int[] order)
    {
        var all = (double)graph.TotalStrength;
        var flow = new double[graph.Count];
        var exit = new double[graph.Count];
        for (var node = 0; node < graph.Count; node++)
        {
            flow[labels[node]] += graph.Strength(node) / all;
            exit[labels[node]] += (graph.Strength(node) - (2 * graph.Loop(node))) / all;
        }

        var exits = exit.Sum();
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
                var own = graph.Strength(node) / all;
                var leaving = (graph.Strength(node) - (2 * graph.Loop(node))) / all;

                // Without the node its old cluster exits through what led to it, and no longer through what led out of it.
                var exitFrom = exit[from] - leaving + (2 * weightTo[from] / all);
                var flowFrom = flow[from] - own;
                var (best, bestChange, bestExit) = (from, -1e-12, exit[from]);
                foreach (var label in touched)
                {
                    if (label == from)
                    {
                        continue;
                    }

                    var exitTo = exit[label] + leaving - (2 * weightTo[label] / all);
                    var sum = exits - exit[from] - exit[label] + exitFrom + exitTo;
                    var change = Bits(sum) - Bits(exits)
                        - (2 * (Bits(exitFrom) + Bits(exitTo) - Bits(exit[from]) - Bits(exit[label])))
                        + Bits(exitFrom + flowFrom) + Bits(exitTo + flow[label] + own) - Bits(exit[from] + flow[from]) - Bits(exit[label] + flow[label]);
                    if (change < bestChange)
                    {
                        (best, bestChange, bestExit) = (label, change, exitTo);
                    }
                }

                if (best != from)
                {
                    exits += exitFrom - exit[from] + bestExit - exit[best];
                    (exit[from], exit[best]) = (exitFrom, bestExit);
                    (flow[from], flow[best]) = (flowFrom, flow[best] + own);
                    labels[node] = best;
                    again = moved = true;
                }

                Levels.Clear(weightTo, touched);
            }
        }

        return moved;
    }

    private static double Bits(double p) => p <= 1e-15 ? 0 : p * Math.Log2(p);
}
