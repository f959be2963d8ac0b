using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Clustering;

/// <summary>Splits each cluster into parts that are well connected within it: the nodes of the next level of <see cref="Leiden"/>.</summary>
internal static class Refinement
{
    public static Partition Of(WeightedGraph graph, Partition clusters, double resolution, ref SeededBits bits)
    {
        var count = graph.Count;
        var chance = resolution / graph.TotalStrength;
        var clusterStrengths = new long[clusters.Count];
        var labels = new int[count];
        var strengths = new long[count];
        var outward = new long[count];
        var alone = new bool[count];
        var order = new int[count];
        for (var node = 0; node < count; node++)
        {
            clusterStrengths[clusters[node]] += graph.Strength(node);
            labels[node] = order[node] = node;
            strengths[node] = graph.Strength(node);
            alone[node] = true;
            var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                outward[node] += clusters[neighbours[i]] == clusters[node] ? weights[i] : 0;
            }
        }

        bits.Shuffle(order);
        var weightTo = new long[count];
        var touched = new List<int>();
        var gains = new List<double>();
        foreach (var node in order)
        {
            var whole = clusterStrengths[clusters[node]];
            if (!alone[labels[node]] || !IsWellConnected(node, whole))
            {
                continue;
            }

            var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                var neighbour = neighbours[i];
                if (clusters[neighbour] != clusters[node])
                {
                    continue;
                }

                if (weightTo[labels[neighbour]] == 0)
                {
                    touched.Add(labels[neighbour]);
                }

                weightTo[labels[neighbour]] += weights[i];
            }

            var sum = 0.0;
            foreach (var part in touched)
            {
                var gain = IsWellConnected(part, whole) ? weightTo[part] - (chance * graph.Strength(node) * strengths[part]) : 0;
                gains.Add(sum += Math.Max(gain, 0));
            }

            if (sum > 0)
            {
                var draw = (bits.Next() >> 11) * (1.0 / (1UL << 53)) * sum;
                var chosen = 0;
                while (gains[chosen] <= draw)
                {
                    chosen++;
                }

                Join(node, touched[chosen]);
            }

            foreach (var part in touched)
            {
                weightTo[part] = 0;
            }

            touched.Clear();
            gains.Clear();
        }

        return Partition.Of(labels);

        bool IsWellConnected(int part, long whole) => outward[part] >= chance * strengths[part] * (whole - strengths[part]);

        void Join(int node, int part)
        {
            labels[node] = part;
            alone[part] = false;
            strengths[part] += graph.Strength(node);
            strengths[node] = 0;

            // What led from the node into the part, and from the part to the node, is within now.
            outward[part] += outward[node] - (2 * weightTo[part]);
            outward[node] = 0;
        }
    }
}
