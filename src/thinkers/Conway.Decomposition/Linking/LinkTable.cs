using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Linking;

/// <summary>All links between units, each with the facts it comes from.</summary>
/// <remarks>A use is damped by how many use the same: what everybody uses says little of who belongs together.</remarks>
public sealed class LinkTable
{
    private readonly ImmutableArray<int>[] _of;

    private LinkTable(int units, ImmutableArray<Link> all)
    {
        All = all;
        var of = new List<int>[units];
        for (var unit = 0; unit < units; unit++)
        {
            of[unit] = [];
        }

        for (var i = 0; i < all.Length; i++)
        {
            of[all[i].From].Add(i);
            of[all[i].To].Add(i);
        }

        _of = [.. of.Select(l => l.ToImmutableArray())];
    }

    /// <summary>By from, to, evidence.</summary>
    public ImmutableArray<Link> All { get; }

    /// <summary>How many units there are.</summary>
    public int Units => _of.Length;

    /// <summary>Indexes into <see cref="All"/> of the links that a unit has.</summary>
    public ImmutableArray<int> Of(int unit) => _of[unit];

    public static LinkTable Of(Codebase code, UnitTable units, LinkWeights weights)
    {
        var links = new LinkCollector(units.Count);
        Code(code, units, weights, links);
        Data(code, units, weights, links);
        Transactions(code, units, weights, links);
        return new LinkTable(units.Count, links.Build());
    }

    /// <summary>The same with other evidence, whose weight in all is a share of the weight of these.</summary>
    public LinkTable With(IReadOnlyList<ViewPair> pairs, EvidenceKind evidence, double share)
    {
        var all = pairs.Sum(p => p.Strength);
        var mass = share * All.Sum(l => l.Weight) / LinkWeights.Scale;
        var links = new LinkCollector(Units);
        foreach (var pair in pairs)
        {
            links.AddUndirected(pair.A, pair.B, evidence, pair.Strength / all * mass, pair.Fact);
        }

        return new LinkTable(Units, [.. All.Concat(links.Build()).OrderBy(l => l.From).ThenBy(l => l.To).ThenBy(l => l.Evidence)]);
    }

    /// <summary>The weights as a graph.</summary>
    /// <param name="takes">Which links count.</param>
    public WeightedGraph Graph(Func<Link, bool> takes) => Graph(l => takes(l) ? 1.0 : 0);

    /// <summary>The weights as a graph.</summary>
    /// <param name="share">How much of a link counts, from 0 to 1.</param>
    public WeightedGraph Graph(Func<Link, double> share)
    {
        var graph = new WeightedGraphBuilder(Units);
        foreach (var link in All)
        {
            if ((long)Math.Round(share(link) * link.Weight) is var weight and > 0)
            {
                graph.Add(link.From, link.To, weight);
            }
        }

        return graph.Build();
    }

    private static void Code(Codebase code, UnitTable units, LinkWeights weights, LinkCollector links)
    {
        var users = new HashSet<int>[units.Count];
        foreach (var edge in code.Edges)
        {
            var (from, to) = (units.OfType(edge.From), units.OfType(edge.To));
            if (from != to)
            {
                (users[to] ??= []).Add(from);
            }
        }

        for (var i = 0; i < code.Edges.Length; i++)
        {
            var edge = code.Edges[i];
            var (from, to) = (units.OfType(edge.From), units.OfType(edge.To));
            if (from != to)
            {
                // What was found by name counts half; half an occurrence still counts as one for the logarithm.
                var count = Math.Max(1, edge.Count - (0.5 * edge.Inferred));
                var sure = edge.IsInferred ? 0.5 : 1;
                links.Add(from, to, EvidenceKind.Code, sure * weights.Of(edge.Kind) * (1 + ExactLog.Ln(count)) / Math.Sqrt(users[to].Count), i);
            }
        }
    }

    private static void Data(Codebase code, UnitTable units, LinkWeights weights, LinkCollector links)
    {
        for (var i = 0; i < code.Relations.Length; i++)
        {
            var relation = code.Relations[i];
            links.Add(units.OfType(code.Entities[relation.From].Type), units.OfType(code.Entities[relation.To].Type), EvidenceKind.Relations, (relation.IsInferred ? 0.5 : 1) * weights.Relation, i);
        }

        for (var i = 0; i < code.Joins.Length; i++)
        {
            links.AddUndirected(units.OfTable(code.Joins[i].Left), units.OfTable(code.Joins[i].Right), EvidenceKind.Joins, weights.Join, i);
        }

        var users = code.Accesses.GroupBy(a => units.OfTable(a.Table)).ToDictionary(g => g.Key, g => g.Select(a => units.OfType(code.Members[a.Member].Type)).Distinct().Count());
        for (var i = 0; i < code.Accesses.Length; i++)
        {
            var access = code.Accesses[i];
            var (from, to) = (units.OfType(code.Members[access.Member].Type), units.OfTable(access.Table));
            var factor = (access.Mode == AccessMode.Write ? 2 : 1) * (access.IsInferred ? 0.5 : 1);
            links.Add(from, to, EvidenceKind.Data, factor * weights.Access / Math.Sqrt(users[to]), i);
        }
    }

    private static void Transactions(Codebase code, UnitTable units, LinkWeights weights, LinkCollector links)
    {
        foreach (var useCase in code.UseCases)
        {
            var written = useCase.Accesses.Where(a => a.Mode == AccessMode.Write).Select(a => units.OfTable(a.Table)).Distinct().Order().ToArray();
            for (var i = 0; i < written.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    // A use case that writes everything joins nothing.
                    links.AddUndirected(written[j], written[i], EvidenceKind.Transactions, weights.WrittenTogether / (written.Length - 1), useCase.Id);
                }
            }
        }
    }
}
