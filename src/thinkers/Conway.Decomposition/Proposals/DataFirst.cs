using Conway.CodeFacts;
using Conway.Decomposition.Clustering;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Pricing;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Proposals;

/// <summary>Cuts the data first: entities and tables by what refers to, joins and writes them together; then everything else goes where its data is.</summary>
internal static class DataFirst
{
    /// <summary>Fewer stored units say nothing of a whole system.</summary>
    public const int StoredMin = 4;

    private static readonly LinkWeights Weights = new() { Relation = 3, Join = 2, Access = 0, WrittenTogether = 4 };

    /// <summary>Who uses more tables than this uses them for no common purpose.</summary>
    private const int UsedMax = 8;

    /// <summary>Clusters of stored units; everything else in none.</summary>
    public static Partition Of(Codebase code, UnitTable units, CutSubject subject, Func<int, bool> isShared)
    {
        var stored = subject.Stored.Where(u => !isShared(u)).ToArray();
        var index = stored.Select((u, i) => (u, i)).ToDictionary(x => x.u, x => x.i);
        var graph = new WeightedGraphBuilder(stored.Length);
        foreach (var link in LinkTable.Of(code, units, Weights).All)
        {
            if (index.TryGetValue(link.From, out var from) && index.TryGetValue(link.To, out var to))
            {
                graph.Add(from, to, link.Weight);
            }
        }

        foreach (var user in code.Accesses.GroupBy(a => units.OfType(code.Members[a.Member].Type)).OrderBy(g => g.Key))
        {
            var used = user.Select(a => units.OfTable(a.Table)).Where(index.ContainsKey).Distinct().Order().ToArray();
            if (used.Length is < 2 or > UsedMax)
            {
                continue;
            }

            for (var i = 0; i < used.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    graph.Add(index[used[j]], index[used[i]], LinkWeights.Scale / (used.Length - 1));
                }
            }
        }

        var clusters = Consensus.Of(graph.Build(), 1);
        var labels = new int[units.Count];
        Array.Fill(labels, Partition.None);
        for (var i = 0; i < stored.Length; i++)
        {
            // What nothing refers to follows the code that uses it.
            labels[stored[i]] = clusters.Sizes[clusters[i]] > 1 ? clusters[i] : Partition.None;
        }

        return Partition.Of(labels);
    }
}
