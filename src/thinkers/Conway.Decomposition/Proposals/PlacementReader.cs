using System.Collections.Immutable;
using System.Globalization;
using Conway.CodeFacts;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Pricing;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Proposals;

/// <summary>Tells why each unit is where it is: who pulls it, how surely, and which facts speak loudest.</summary>
internal sealed class PlacementReader(Codebase code, UnitTable units, LinkTable links, ImmutableArray<UnitRole> roles, IReadOnlySet<int> doing, PriceWeights weights, HeldTogether held)
{
    private const int ReasonsMax = 3;

    /// <param name="cut">The service of each unit.</param>
    /// <param name="isShared">Whether a unit belongs to no service alone.</param>
    /// <param name="price">The same cut without shared units.</param>
    /// <param name="lineOf">The line of constraints that decided where a unit goes; 0 when none did.</param>
    public ImmutableArray<Placement> Read(Partition cut, Func<int, bool> isShared, PriceTable price, Func<int, int> lineOf)
    {
        var total = price.Price.Total(weights);
        var placements = ImmutableArray.CreateBuilder<Placement>(units.Count);
        for (var unit = 0; unit < units.Count; unit++)
        {
            var pulls = Pulls(unit, cut, isShared);
            var own = pulls.FirstOrDefault(p => p.Service == cut[unit])?.Share ?? 0;
            var next = pulls.FirstOrDefault(p => p.Service != cut[unit]);
            placements.Add(new Placement
            {
                Service = cut[unit],
                Shared = isShared(unit) ? UnitRoles.Share(code, units, roles[unit], unit, doing) : null,
                Margin = own - (next?.Share ?? 0),
                Pulls = pulls,
                Reasons = Reasons(unit, cut),
                PriceIfMoved = next is null || isShared(unit) || cut[unit] == Partition.None ? null : price.IfMoved(held.With(unit).AsSpan(), next.Service).Total(weights) - total,
                ConstraintLine = lineOf(unit),
            });
        }

        return placements.MoveToImmutable();
    }

    private ImmutableArray<Pull> Pulls(int unit, Partition cut, Func<int, bool> isShared)
    {
        var sums = new SortedDictionary<(int Service, EvidenceKind Kind), long>();
        var all = 0L;
        foreach (var index in links.Of(unit))
        {
            var link = links.All[index];
            var other = link.From == unit ? link.To : link.From;
            if (cut[other] != Partition.None && (!isShared(other) || isShared(unit)))
            {
                sums[(cut[other], link.Evidence)] = sums.GetValueOrDefault((cut[other], link.Evidence)) + link.Weight;
                all += link.Weight;
            }
        }

        return
        [
            .. sums.GroupBy(s => s.Key.Service)
                .Select(g => new Pull(g.Key, (double)g.Sum(s => s.Value) / all, [.. g.Select(s => (s.Key.Kind, (double)s.Value / all))]))
                .OrderByDescending(p => p.Share).ThenBy(p => p.Service),
        ];
    }

    private ImmutableArray<Reason> Reasons(int unit, Partition cut) =>
    [
        .. links.Of(unit).Select(i => links.All[i])
            .Where(l => cut[unit] != Partition.None && cut[l.From == unit ? l.To : l.From] == cut[unit])
            .OrderByDescending(l => l.Weight).ThenBy(l => l.Evidence).ThenBy(l => l.From).ThenBy(l => l.To)
            .Take(ReasonsMax).Select(l => Say(l, unit)),
    ];

    private Reason Say(Link link, int unit)
    {
        var (other, isUser) = link.From == unit ? (link.To, true) : (link.From, false);
        var name = units.All[other].Name;
        var fact = link.Facts[0];
        return link.Evidence switch
        {
            EvidenceKind.Code => new Reason(Words(link, isUser, name), other, code.Edges[fact].Evidence.FirstOrDefault()),
            EvidenceKind.Relations => new Reason(isUser ? $"refers to {name}" : $"{name} refers to it", other, code.Relations[fact].Place),
            EvidenceKind.Joins => new Reason($"is joined with {name} in a query", other, code.Joins[fact].Place),
            EvidenceKind.Data => new Reason(
                isUser ? $"{Verb(fact)} {name}" : $"{name} {Verb(fact)} it", other, code.Accesses[fact].Place),
            EvidenceKind.Transactions => new Reason($"is written together with {name} in {code.EntryPoints[code.UseCases[fact].EntryPoint].Name}", other, code.EntryPoints[code.UseCases[fact].EntryPoint].Place),
            _ => new Reason($"changes together with {name}", other, null),
        };

        string Verb(int access) => code.Accesses[access].Mode == AccessMode.Write ? "writes" : "reads";
    }

    private string Words(Link link, bool isUser, string name)
    {
        var edge = link.Facts.Select(f => code.Edges[f]).OrderBy(e => e.Kind).ThenByDescending(e => e.Count).First();
        var times = edge.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {edge.Count} times");
        return (edge.Kind, isUser) switch
        {
            (EdgeKind.Base, true) => $"derives from {name}",
            (EdgeKind.Base, false) => $"{name} derives from it",
            (EdgeKind.Field, true) => $"holds {name}",
            (EdgeKind.Field, false) => $"{name} holds it",
            (EdgeKind.Call, true) => $"calls {name}{times}",
            (EdgeKind.Call, false) => $"{name} calls it{times}",
            (EdgeKind.New, true) => $"makes {name}{times}",
            (EdgeKind.New, false) => $"{name} makes it{times}",
            (EdgeKind.Signature, true) => $"takes or gives {name}",
            (EdgeKind.Signature, false) => $"{name} takes or gives it",
            (EdgeKind.Registration, true) => $"is given as {name}",
            (EdgeKind.Registration, false) => $"is what the container gives for {name}",
            (EdgeKind.Request, true) => $"is handled by {name}",
            (EdgeKind.Request, false) => $"handles {name}",
            (EdgeKind.Event, true) => $"is an event that {name} handles",
            (EdgeKind.Event, false) => $"handles the event {name}",
            (_, true) => $"mentions {name}{times}",
            (_, false) => $"{name} mentions it{times}",
        };
    }
}
