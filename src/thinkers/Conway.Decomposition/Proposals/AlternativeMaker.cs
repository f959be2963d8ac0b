using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Owning;
using Conway.Decomposition.Pricing;

namespace Conway.Decomposition.Proposals;

/// <summary>Makes an alternative of a cut: honours constraints, names services, prices, explains.</summary>
internal sealed class AlternativeMaker
{
    /// <summary>Below this margin a unit is contested.</summary>
    private const double ContestedBelow = 0.2;

    private readonly Codebase _code;
    private readonly Cutter _cutter;
    private readonly CutSubject _subject;
    private readonly ProposalOptions _options;
    private readonly ConstraintGroups _groups;
    private readonly ServiceNamer _namer;
    private readonly PlacementReader _reader;
    private readonly PriceIndex _index;
    private readonly double _resolution;
    private readonly int[] _lines;
    private readonly int[] _team;
    private readonly bool[] _shared;

    public AlternativeMaker(Codebase code, Cutter cutter, CutSubject subject, ProposalOptions options, HashSet<int> doing, BoundConstraints bound, ConstraintGroups groups, double resolution)
    {
        (_code, _cutter, _subject, _options, _groups, _resolution) = (code, cutter, subject, options, groups, resolution);
        _lines = new int[cutter.Units.Count];
        _team = new int[cutter.Units.Count];
        Array.Fill(_team, -1);
        var (held, teams) = (new bool[cutter.Units.Count], new List<string>());
        foreach (var constraint in bound.All)
        {
            foreach (var unit in constraint.Units)
            {
                _lines[unit] = constraint.Constraint is OwnedBy ? _lines[unit] : constraint.Line;
                held[unit] |= constraint.Constraint is Together or Pin;
            }

            if (constraint.Constraint is OwnedBy owned)
            {
                var team = teams.IndexOf(owned.Team);
                if (team < 0)
                {
                    (team, teams) = (teams.Count, [.. teams, owned.Team]);
                }

                foreach (var unit in constraint.Units)
                {
                    _team[unit] = team;
                }
            }
        }

        Teams = teams;
        _shared = [.. Enumerable.Range(0, cutter.Units.Count).Select(u => groups.IsTechnical(u) || (cutter.Shared[u].IsShared && !held[u]))];
        Roles = UnitRoles.Of(code, cutter.Units, IsShared);
        _namer = new ServiceNamer(code, cutter.Units, Roles, options.IsBlind);
        Held = new HeldTogether(bound, cutter.Units.Count);
        _reader = new PlacementReader(code, cutter.Units, cutter.Links, Roles, doing, options.Prices, Held);
        _index = new PriceIndex(subject, _team);
    }

    public ImmutableArray<UnitRole> Roles { get; }

    /// <summary>What moves with a unit.</summary>
    public HeldTogether Held { get; }

    /// <summary>Teams that own types.</summary>
    public IReadOnlyList<string> Teams { get; }

    /// <summary>Whether a unit belongs to no service alone.</summary>
    public bool IsShared(int unit) => _shared[unit];

    /// <summary>What teams own, a cluster a team.</summary>
    public Partition TeamAnchors() => Partition.Of(_team);

    /// <param name="isWhole">One service, whatever constraints say of more.</param>
    public (Alternative Alternative, IEnumerable<string> Unmet) Make(string id, string title, string how, Partition found, bool isWhole = false)
    {
        var keeper = new Keeper(_cutter.All, _groups, found, [.. _namer.Name(Members(found), new Dictionary<int, string>()).Select(n => n.Name)]);
        var (cut, given) = isWhole ? (Without(found), []) : Peopled(keeper.Keep());
        var members = Members(cut);
        var names = isWhole ? [(Name: "monolith", Words: [])] : _namer.Name(members, given);
        var owned = cut.Labels.ToArray();
        for (var unit = 0; unit < owned.Length; unit++)
        {
            owned[unit] = _shared[unit] ? Partition.None : owned[unit];
        }

        var table = Table(owned, cut.Count);
        var placements = _reader.Read(cut, IsShared, table, u => _lines[u]);
        var ownedCut = Partition.Of(owned);
        return (new Alternative
        {
            Id = id,
            Title = title,
            How = how,
            Cut = cut,
            Services = [.. members.Select((units, service) => Service(service, names[service], units, cut))],
            Placements = placements,
            Price = table.Price,
            Total = table.Price.Total(_options.Prices),
            Measures = new(() => Sheet.Of(ownedCut, _subject)),
            Costs = BoundaryCosts.Of(_code, _cutter.Units, service => owned[service]),
            Owners = TableOwners.Of(_code, _cutter.Units, unit => owned[unit]),
            Contested =
            [
                .. Enumerable.Range(0, owned.Length)
                    .Where(u => owned[u] != Partition.None && _lines[u] == 0 && placements[u].Pulls.Length > 1 && placements[u].Margin < ContestedBelow)
                    .OrderBy(u => placements[u].Margin).ThenBy(u => u),
            ],
        }, keeper.Unmet);
    }

    /// <summary>The price of an alternative, ready for moves.</summary>
    public PriceTable TableOf(Alternative alternative) =>
        Table([.. alternative.Placements.Select(p => p.Shared is null ? p.Service : Partition.None)], alternative.Services.Length);

    private PriceTable Table(int[] owned, int services) => new(_index, _cutter.Own, _resolution, owned, services + 1);

    /// <summary>A service of nothing but shared units is none: they go where they are used.</summary>
    private (Partition Cut, Dictionary<int, string> Names) Peopled((Partition Cut, Dictionary<int, string> Names) kept)
    {
        var (cut, names) = kept;
        var peopled = new bool[cut.Count];
        for (var unit = 0; unit < _shared.Length; unit++)
        {
            if (cut[unit] != Partition.None && !_shared[unit])
            {
                peopled[cut[unit]] = true;
            }
        }

        if (peopled.All(p => p))
        {
            return kept;
        }

        var homes = _cutter.Home(Partition.Of([.. cut.Labels.ToArray().Select(l => l != Partition.None && peopled[l] ? l : Partition.None)]));
        var labels = homes.Labels.ToArray();
        var renumbered = new Dictionary<int, string>();
        for (var unit = 0; unit < labels.Length; unit++)
        {
            labels[unit] = _groups.IsTechnical(unit) ? Partition.None : labels[unit];
            if (cut[unit] != Partition.None && peopled[cut[unit]] && names.TryGetValue(cut[unit], out var name))
            {
                renumbered[homes[unit]] = name;
            }
        }

        return (Partition.Of(labels), renumbered.ToDictionary(r => Partition.Of(labels)[Array.IndexOf(labels, r.Key)], r => r.Value));
    }

    private Partition Without(Partition whole) => Partition.Of([.. whole.Labels.ToArray().Select((l, u) => _groups.IsTechnical(u) ? Partition.None : l)]);

    private ImmutableArray<int>[] Members(Partition cut) => [.. cut.Members().Select(m => m.Where(u => !_shared[u]).ToImmutableArray())];

    private ProposedService Service(int service, (string Name, ImmutableArray<string> Words) name, ImmutableArray<int> units, Partition cut)
    {
        var (inside, ties) = (0L, new SortedDictionary<int, long>());
        foreach (var unit in units)
        {
            var neighbours = _cutter.Own.Neighbours(unit);
            var weights = _cutter.Own.Weights(unit);
            for (var i = 0; i < neighbours.Length; i++)
            {
                var other = cut[neighbours[i]];
                if (other == service)
                {
                    inside += weights[i];
                }
                else if (other != Partition.None && !_shared[neighbours[i]])
                {
                    ties[other] = ties.GetValueOrDefault(other) + weights[i];
                }
            }
        }

        var own = units.ToHashSet();
        return new ProposedService
        {
            Id = service,
            Name = name.Name,
            Words = name.Words,
            Units = units,
            Tables = [.. _code.Tables.Where(t => own.Contains(_cutter.Units.OfTable(t.Id))).Select(t => t.Id)],
            EntryPoints = [.. _code.EntryPoints.Where(e => own.Contains(_cutter.Units.OfType(e.Type))).Select(e => e.Id)],
            CodeLines = units.SelectMany(u => _cutter.Units.All[u].Types.Take(1)).Sum(t => _code.Types[t].CodeLines),
            Cohesion = inside + ties.Values.Sum() is var all and > 0 ? (double)inside / all : 1,
            Ties = ties.ToImmutableSortedDictionary(),
        };
    }
}
