using System.Text.Json;
using Conway.CodeFacts;
using Conway.Console.Api;
using Conway.Decomposition;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Proposals;

namespace Conway.Console.FromCode;

/// <summary>One alternative in the words of the API. Pure.</summary>
internal sealed class ShownCut(Proposal proposal, Alternative cut, int revision)
{
    private readonly Codebase _code = proposal.Code;

    public DecompositionBoard Board() => new(
        revision, cut.Id,
        [.. cut.Services.Select(s => new BoardService(
            s.Name, s.CodeLines, s.Cohesion, [.. s.Tables.Select(t => _code.Tables[t].ToString())],
            [.. s.EntryPoints.Select(e => new BoardEntryPoint(_code.EntryPoints[e].Kind, _code.EntryPoints[e].Name, At(_code.EntryPoints[e].Place)))]))],
        [.. Enumerable.Range(0, proposal.Units.Count).Select(UnitOf)],
        cut.Contested,
        Boundaries());

    /// <param name="priceOf">The price with the unit in a service.</param>
    public DecompositionUnit Unit(int unit, Func<int, MovePrice> priceOf)
    {
        var (own, placement) = (proposal.Units.All[unit], cut.Placements[unit]);
        var there = placement.Shared is null ? placement.Service : Partition.None;
        var moves = cut.Services.Length < 2 ? [] : cut.Services.Where(s => s.Id != there).Select(s => (s.Name, Price: priceOf(s.Id))).ToArray();
        var entities = _code.Entities.Where(e => proposal.Units.OfType(e.Type) == unit).Select(e => e.Table);
        return new(
            revision, UnitOf(unit), At(own.Place),
            [.. own.Types.Skip(1).Select(t => _code.Types[t].FullName)],
            [.. (own.IsTable ? entities.Prepend(own.Table) : entities).Distinct().Order().Select(t => _code.Tables[t].ToString())],
            [.. placement.Pulls.Where(p => p.Service != Partition.None).Select(p => new UnitPull(Named(p.Service), p.Share, [.. p.Parts.Select(x => new PullPart(x.Kind, x.Share))]))],
            [.. placement.Reasons.Select(r => new UnitReason(r.Text, r.Other, r.Place is { } place ? At(place) : null))],
            cut.Total, ShownProposal.Parts(cut.Price, proposal.Weights),
            [.. moves.Select(m => new UnitMove(m.Name, m.Price.TotalAfter, m.Price.TotalAfter - m.Price.TotalBefore, ShownProposal.Parts(m.Price.After, proposal.Weights)))
                .OrderBy(m => m.Change).ThenBy(m => m.Service, StringComparer.Ordinal)]);
    }

    /// <summary>Null when there is no such service.</summary>
    public DecompositionBoundary? Boundary(string a, string b)
    {
        var (first, second) = (Find(a), Find(b));
        return first is not { } x || second is not { } y ? null : new(
            a, b,
            [.. cut.Costs.Where(c => (c.From == x && c.To == y) || (c.From == y && c.To == x))
                .Select(c => new BoundaryCost(c.Kind, Named(c.From), Named(c.To), c.Count, c.What, c.Instead, [.. c.Places.Select(At)]))]);
    }

    private int? Find(string name) => cut.Services.FirstOrDefault(s => s.Name == name)?.Id;

    private string Named(int service) => cut.Services[service].Name;

    private CodeLine At(CodePlace place) => new(_code.Files[place.File].Path, place.Line);

    private BoardUnit UnitOf(int unit)
    {
        var (own, placement) = (proposal.Units.All[unit], cut.Placements[unit]);
        var type = own.IsTable ? null : _code.Types[own.Types[0]];
        var rival = placement.Pulls.FirstOrDefault(p => p.Service != placement.Service && p.Service != Partition.None);
        return new(
            unit, own.Name, own.FullName, type is null ? "table" : JsonNamingPolicy.CamelCase.ConvertName(type.Kind.ToString()), proposal.Roles[unit],
            placement.Service == Partition.None ? null : Named(placement.Service), placement.Shared, placement.Margin,
            placement.Pulls.FirstOrDefault(p => p.Service == placement.Service)?.Share ?? 0, rival is null ? null : Named(rival.Service), rival?.Share ?? 0,
            type?.CodeLines ?? 0, placement.ConstraintLine > 0 ? placement.ConstraintLine : null);
    }

    /// <summary>By transactions first, then by tables that both write, and so on in the order of <see cref="CostKind"/>.</summary>
    private IReadOnlyList<BoardBoundary> Boundaries()
    {
        var kinds = Enum.GetValues<CostKind>();
        var pairs = cut.Costs.GroupBy(c => (A: Math.Min(c.From, c.To), B: Math.Max(c.From, c.To)))
            .Select(g => (g.Key.A, g.Key.B, Counts: kinds.Select(k => g.Where(c => c.Kind == k).Sum(c => k == CostKind.Transaction ? 1 : c.Count)).ToArray()));
        return
        [
            .. kinds.Aggregate(pairs.OrderBy(_ => 0), (sorted, kind) => sorted.ThenByDescending(p => p.Counts[(int)kind])).ThenBy(p => p.A).ThenBy(p => p.B)
                .Select(p => new BoardBoundary(Named(p.A), Named(p.B), [.. kinds.Where(k => p.Counts[(int)k] > 0).Select(k => new BoundaryCount(k, p.Counts[(int)k]))])),
        ];
    }
}
