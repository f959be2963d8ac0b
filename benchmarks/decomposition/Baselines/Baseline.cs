using Conway.CodeFacts;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Naming;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Bench.Baselines;

/// <summary>What a cut has to be better than.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Cut">The cut of a codebase.</param>
internal sealed record Baseline(string Name, Func<Codebase, UnitTable, int, Partition> Cut)
{
    /// <summary>All, in the order of the table. Those that look at namespaces, projects and folders see what is hidden from the cut they are compared with.</summary>
    public static IReadOnlyList<Baseline> All { get; } =
    [
        new("random, K of truth", static (_, units, k) => Random(units.Count, k)),
        new("one cluster", static (_, units, _) => Partition.Whole(units.Count)),
        new("namespace", static (code, units, _) => By(code, units, t => t.Namespace)),
        new("namespace less layers", static (code, units, _) => By(code, units, t => WithoutLayers(t.Namespace))),
        new("project", static (code, units, _) => By(code, units, t => code.Projects[t.Project].Path)),
        new("folder, depth 2", static (code, units, _) => By(code, units, t => string.Join('/', code.Files[t.Place.File].Path.Split('/').SkipLast(1).Take(2)))),
        new("Louvain, raw", static (code, units, _) => Louvain.Cluster(Raw(code, units))),
        new("Infomap, raw", static (code, units, _) => Infomap.Cluster(Raw(code, units))),
    ];

    /// <summary>Uses as they are counted, without any weighing.</summary>
    public static WeightedGraph Raw(Codebase code, UnitTable units)
    {
        var graph = new WeightedGraphBuilder(units.Count);
        foreach (var edge in code.Edges)
        {
            var (from, to) = (units.OfType(edge.From), units.OfType(edge.To));
            graph.Add(from, to, from == to ? 0 : edge.Count);
        }

        return graph.Build();
    }

    private static Partition Random(int units, int k)
    {
        var bits = new SeededBits(1);
        var labels = new int[units];
        for (var unit = 0; unit < units; unit++)
        {
            labels[unit] = (int)bits.Below((ulong)Math.Max(1, k));
        }

        return Partition.Of(labels);
    }

    private static Partition By(Codebase code, UnitTable units, Func<CodeType, string> key)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return Partition.Of([.. units.All.Select(u =>
        {
            var name = u.IsTable ? "" : key(code.Types[u.Types[0]]);
            return numbers.TryGetValue(name, out var number) ? number : numbers[name] = numbers.Count;
        })]);
    }

    private static string WithoutLayers(string name) => string.Join('.', name.Split('.').Where(part => !NameWords.Of(part).All(TechnicalWords.Contains)));
}
