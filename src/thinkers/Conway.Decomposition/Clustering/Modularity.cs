using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Clustering;

/// <summary>How much more weight lies within clusters than chance would put there (Newman and Girvan 2004).</summary>
public static class Modularity
{
    /// <summary>Σ over clusters of [w(c)/m - γ (K(c)/2m)²]: w the weight within, K the sum of strengths, m the weight of the graph.</summary>
    /// <returns>At most 1; 0 for a graph without edges, and for one cluster at a resolution of 1.</returns>
    public static double Of(WeightedGraph graph, Partition clusters, double resolution = 1)
    {
        if (graph.TotalStrength == 0)
        {
            return 0;
        }

        var within = new long[clusters.Count];
        var strengths = new long[clusters.Count];
        for (var node = 0; node < graph.Count; node++)
        {
            var cluster = clusters[node];
            strengths[cluster] += graph.Strength(node);
            within[cluster] += 2 * graph.Loop(node);
            var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                within[cluster] += clusters[neighbours[i]] == cluster ? weights[i] : 0;
            }
        }

        var total = (double)graph.TotalStrength;
        var sum = 0.0;
        for (var cluster = 0; cluster < clusters.Count; cluster++)
        {
            var share = strengths[cluster] / total;
            sum += (within[cluster] / total) - (resolution * share * share);
        }

        return sum;
    }
}
