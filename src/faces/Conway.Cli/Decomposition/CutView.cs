using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Owning;
using Conway.Decomposition.Proposals;
using Conway.Decomposition.Units;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>One alternative of a proposal, with what every form of the output asks of it. Pure.</summary>
internal sealed class CutView
{
    private readonly ILookup<int, int> _tablesOf;

    public CutView(Proposal proposal, Alternative alternative)
    {
        (Proposal, Alternative) = (proposal, alternative);
        var code = proposal.Code;
        _tablesOf = code.Entities.Select(e => (Unit: proposal.Units.OfType(e.Type), e.Table))
            .Concat(proposal.Units.All.Where(u => u.IsTable).Select(u => (Unit: u.Id, u.Table))).Distinct().ToLookup(x => x.Unit, x => x.Table);
        Boundaries =
        [
            .. alternative.Costs.GroupBy(c => (A: Math.Min(c.From, c.To), B: Math.Max(c.From, c.To)))
                .Select(g => new Boundary(g.Key.A, g.Key.B, [.. g]))
                .OrderByDescending(b => b.Counts, ByDearest).ThenBy(b => b.A).ThenBy(b => b.B),
        ];
    }

    public Proposal Proposal { get; }

    public Alternative Alternative { get; }

    public Codebase Code => Proposal.Code;

    /// <summary>Pairs of services with what is between them, dearest first: by transactions, then by tables that both write, and so on in the order of <see cref="CostKind"/>.</summary>
    public ImmutableArray<Boundary> Boundaries { get; }

    /// <summary>Null for a unit that is in none.</summary>
    public string? NameOf(int service) => service == Partition.None ? null : Alternative.Services[service].Name;

    /// <summary>The unit's kind for programs: that of its type, or <c>table</c>.</summary>
    public string KindOf(CodeUnit unit) => unit.IsTable ? "table" : CutWords.Key(Code.Types[unit.Types[0]].Kind);

    /// <summary>Ids of the tables that the unit stands for, ascending.</summary>
    public IEnumerable<int> TablesOf(int unit) => _tablesOf[unit].Order();

    public int LinesOf(CodeUnit unit) => unit.IsTable ? 0 : Code.Types[unit.Types[0]].CodeLines;

    public string PathOf(CodePlace place) => Code.Files[place.File].Path;

    /// <summary>The service that pulls a unit most, but for its own; null when no other does.</summary>
    public Pull? RivalOf(int unit) => Alternative.Placements[unit].Pulls.FirstOrDefault(p => p.Service != Alternative.Placements[unit].Service && p.Service != Partition.None);

    /// <summary>Tables that most use cases write from another service, the most from elsewhere first.</summary>
    public IEnumerable<TableOwner> WrittenElsewhere => Alternative.Owners.Where(o => o.Owner != o.Service).OrderByDescending(o => o.Elsewhere).ThenBy(o => o.Table);

    /// <summary>Everything that was found: in the constraints, the facts and the history, each once, in that order.</summary>
    public static IReadOnlyList<Finding> FindingsOf(Proposal proposal, IEnumerable<Finding> others) =>
        [.. proposal.Findings.Concat(proposal.Code.Findings).Concat(others).DistinctBy(f => (f.Code, f.Place?.ToString(), f.Message))];

    private static readonly Comparer<ImmutableArray<int>> ByDearest = Comparer<ImmutableArray<int>>.Create((x, y) =>
    {
        for (var kind = 0; kind < x.Length; kind++)
        {
            if (x[kind] != y[kind])
            {
                return x[kind].CompareTo(y[kind]);
            }
        }

        return 0;
    });
}

/// <summary>What is between two services.</summary>
/// <param name="A">The service with the lesser number.</param>
/// <param name="B">The other.</param>
/// <param name="Items">Dearest kind first.</param>
internal sealed record Boundary(int A, int B, ImmutableArray<CostItem> Items)
{
    private static readonly int Kinds = Enum.GetValues<CostKind>().Length;

    /// <summary>How many places there are of each kind, by <see cref="CostKind"/>; of transactions how many use cases, since each has many places.</summary>
    public ImmutableArray<int> Counts { get; } = Sum(Items);

    /// <summary>What an item counts for among <see cref="Counts"/>.</summary>
    public static int Weight(CostItem item) => item.Kind == CostKind.Transaction ? 1 : item.Count;

    private static ImmutableArray<int> Sum(ImmutableArray<CostItem> items)
    {
        var counts = new int[Kinds];
        foreach (var item in items)
        {
            counts[(int)item.Kind] += Weight(item);
        }

        return [.. counts];
    }
}
