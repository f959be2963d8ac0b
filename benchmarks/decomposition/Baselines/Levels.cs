using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Bench.Baselines;

/// <summary>What Louvain and Infomap share: move nodes, make nodes of the clusters, move those, until nothing moves.</summary>
internal static class Levels
{
    /// <summary>Moves nodes of a graph between labels until no move gains; false when none did.</summary>
    public delegate bool Mover(WeightedGraph graph, int[] labels, int[] order);

    public static Partition Climb(WeightedGraph graph, Mover move, ref SeededBits bits)
    {
        var found = Partition.Singletons(graph.Count);
        var level = graph;
        while (level.TotalStrength > 0)
        {
            var labels = Enumerable.Range(0, level.Count).ToArray();
            var order = labels.ToArray();
            bits.Shuffle(order);
            if (!move(level, labels, order))
            {
                break;
            }

            var clusters = Partition.Of(labels);
            found = found.Then(clusters);
            level = level.Contract(clusters);
        }

        return found;
    }

    /// <summary>Adds the weights from a node to the labels of its neighbours.</summary>
    public static void Weigh(WeightedGraph graph, int node, int[] labels, long[] weightTo, List<int> touched)
    {
        var neighbours = graph.Neighbours(node);
        var weights = graph.Weights(node);
        for (var i = 0; i < neighbours.Length; i++)
        {
            var label = labels[neighbours[i]];
            if (weightTo[label] == 0)
            {
                touched.Add(label);
            }

            weightTo[label] += weights[i];
        }
    }

    public static void Clear(long[] weightTo, List<int> touched)
    {
        foreach (var label in touched)
        {
            weightTo[label] = 0;
        }

        touched.Clear();
    }
}
