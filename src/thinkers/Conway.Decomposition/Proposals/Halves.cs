using Conway.Decomposition.Clustering;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Proposals;

/// <summary>Finds the part of a service that leaves it most easily.</summary>
internal static class Halves
{
    private static readonly double[] Resolutions = [0.2, 0.4, 0.7, 1, 1.5, 2.5, 4];

    /// <summary>The units that leave; empty when all of them must stay together.</summary>
    public static IReadOnlyCollection<int> Of(WeightedGraph graph, int[] units, ConstraintGroups groups)
    {
        var roots = units.Select(groups.Of).Distinct().Order().ToArray();
        if (roots.Length < 2)
        {
            return [];
        }

        var index = roots.Select((r, i) => (r, i)).ToDictionary(x => x.r, x => x.i);
        var inside = units.ToHashSet();
        var small = new WeightedGraphBuilder(roots.Length);
        foreach (var unit in units)
        {
            var neighbours = graph.Neighbours(unit);
            var weights = graph.Weights(unit);
            for (var i = 0; i < neighbours.Length; i++)
            {
                if (neighbours[i] > unit && inside.Contains(neighbours[i]) && groups.Of(unit) != groups.Of(neighbours[i]))
                {
                    small.Add(index[groups.Of(unit)], index[groups.Of(neighbours[i])], weights[i]);
                }
            }
        }

        var built = small.Build();
        foreach (var resolution in Resolutions)
        {
            var clusters = Consensus.Of(built, resolution);
            if (clusters.Count > 1)
            {
                // The largest stays, and the next leaves.
                var leaves = Enumerable.Range(0, clusters.Count).OrderByDescending(c => clusters.Sizes[c]).ThenBy(c => c).Skip(1).First();
                return [.. units.Where(u => clusters[index[groups.Of(u)]] == leaves)];
            }
        }

        // One thing that nothing parts: who is tied least goes alone.
        var least = Enumerable.Range(0, roots.Length).OrderBy(built.Strength).ThenBy(r => r).First();
        return [.. units.Where(u => index[groups.Of(u)] == least)];
    }
}
