using Conway.Decomposition.Constraining;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Proposals;

/// <summary>Makes a cut honour constraints, moving as little as that takes: who must be together moves to where most of them are tied, who must be apart
/// leaves by the weaker tie, services are merged or split until there are as many as there should be.</summary>
/// <remarks>Constraints that contradict each other never come here. What could not be reached all the same is told by <see cref="Unmet"/>.</remarks>
internal sealed class Keeper
{
    private readonly WeightedGraph _graph;
    private readonly ConstraintGroups _groups;
    private readonly int[] _service;
    private readonly Dictionary<int, int[]> _members;
    private readonly Dictionary<int, string> _names;
    private readonly int[][] _apart;
    private int _next;

    /// <param name="graph">What ties units.</param>
    /// <param name="groups">What must hold.</param>
    /// <param name="cut">Where units are without constraints.</param>
    /// <param name="names">The names of its services.</param>
    public Keeper(WeightedGraph graph, ConstraintGroups groups, Partition cut, IReadOnlyList<string> names)
    {
        (_graph, _groups) = (graph, groups);
        _service = cut.Labels.ToArray();
        _next = cut.Count;
        _names = names.Select((n, i) => (n, i)).ToDictionary(x => x.i, x => x.n);
        _members = Enumerable.Range(0, _service.Length).GroupBy(groups.Of).ToDictionary(g => g.Key, g => g.ToArray());
        var apart = Enumerable.Range(0, _service.Length).Select(_ => new List<int>()).ToArray();
        foreach (var (a, b) in groups.Apart)
        {
            apart[a].Add(b);
            apart[b].Add(a);
        }

        _apart = [.. apart.Select(a => a.Order().ToArray())];
    }

    /// <summary>Constraints that the cut misses, in words; empty when all hold.</summary>
    public List<string> Unmet { get; } = [];

    /// <summary>The cut, and the names that its services have already.</summary>
    public (Partition Cut, Dictionary<int, string> Names) Keep()
    {
        for (var unit = 0; unit < _service.Length; unit++)
        {
            if (_groups.IsTechnical(unit))
            {
                _service[unit] = Partition.None;
            }
        }

        Gather();
        Part();
        Count();
        Size();
        var cut = Partition.Of(_service);
        var names = new Dictionary<int, string>();
        foreach (var (group, name) in _groups.Pins)
        {
            names[cut[group]] = name;
        }

        // Where somebody pins, the others keep the names they have without constraints: the next pin to one of them must find it.
        foreach (var service in _names.Keys.Order().Where(_ => !_groups.Pins.IsEmpty))
        {
            var unit = Array.IndexOf(_service, service);
            if (unit >= 0 && !names.ContainsValue(_names[service]))
            {
                names.TryAdd(cut[unit], _names[service]);
            }
        }

        Judge(cut);
        return (cut, names);
    }

    /// <summary>Groups of several, and pinned ones, come into one service each.</summary>
    private void Gather()
    {
        foreach (var (group, name) in _groups.Pins)
        {
            var there = _names.FirstOrDefault(n => n.Value == name, new(-1, "")).Key;
            Put(group, there >= 0 ? there : Found(group));
        }

        foreach (var (group, members) in _members.Where(m => m.Value.Length > 1 && !_groups.Pins.ContainsKey(m.Key)).OrderBy(m => m.Key))
        {
            var votes = members.Where(u => _service[u] != Partition.None).GroupBy(u => _service[u]).ToDictionary(g => g.Key, g => (long)g.Count());
            var ties = Ties(members);
            Put(group, votes.Count > 0
                ? votes.OrderByDescending(v => v.Value).ThenByDescending(v => ties.GetValueOrDefault(v.Key)).ThenBy(v => v.Key).First().Key
                : ties.Count > 0 ? ties.OrderByDescending(t => t.Value).ThenBy(t => t.Key).First().Key : Found(group));
        }
    }

    /// <summary>Of two that must be apart and are together, the one with the weaker tie leaves; pinned ones stay.</summary>
    private void Part()
    {
        foreach (var group in _members.Keys.Where(g => _apart[g].Length > 0).OrderBy(g => _groups.Pins.ContainsKey(g) ? 0 : 1).ThenByDescending(TieToOwn).ThenBy(g => g).ToArray())
        {
            foreach (var other in _apart[group].Where(o => _service[o] != Partition.None && _service[o] == _service[group]).ToArray())
            {
                if (!_groups.Pins.ContainsKey(other))
                {
                    Put(other, Elsewhere(other));
                }
            }
        }
    }

    /// <summary>As many services as there should be.</summary>
    private void Count()
    {
        while (Services().Length > _groups.Services.Most && Merge(_groups.Size.Most))
        {
        }

        if (Services().Length > _groups.Services.Most)
        {
            Recolour();
        }

        while (Services().Length < _groups.Services.Least && Split(Services().OrderByDescending(s => s.Units.Length).ThenBy(s => s.Id)))
        {
        }
    }

    /// <summary>Services as large as they should be: parts of large ones leave, small ones join others.</summary>
    private void Size()
    {
        for (var left = 2 * _service.Length; left > 0; left--)
        {
            var services = Services();
            if (services.FirstOrDefault(s => s.Units.Length > _groups.Size.Most) is { } large)
            {
                if (services.Length < _groups.Services.Most ? !Split([large]) : !Shed(large))
                {
                    break;
                }
            }
            else if (services.Where(s => s.Units.Length < _groups.Size.Least).OrderBy(s => s.Units.Length).ThenBy(s => s.Id).FirstOrDefault() is { } small && services.Length > Math.Max(1, _groups.Services.Least))
            {
                if (!Join(small) && !Merge(_groups.Size.Most))
                {
                    break;
                }
            }
            else if (services.FirstOrDefault(s => s.Units.Length < _groups.Size.Least) is { } lean)
            {
                if (!Feed(lean))
                {
                    break;
                }
            }
            else
            {
                break;
            }
        }
    }

    private void Judge(Partition cut)
    {
        if (!_groups.Services.Holds(cut.Count))
        {
            Unmet.Add($"services {_groups.Services}: the nearest cut that was found has {cut.Count}");
        }

        var wrong = cut.Sizes.ToArray().Where(s => !_groups.Size.Holds(s)).ToArray();
        if (wrong.Length > 0)
        {
            Unmet.Add($"size {_groups.Size}: {(wrong.Length == 1 ? "one service has" : $"{wrong.Length} services have")} {string.Join(", ", wrong.Order())}");
        }

        if (_groups.Apart.Any(p => cut[p.A] != Partition.None && cut[p.A] == cut[p.B]))
        {
            Unmet.Add("apart: two that must be apart are together, since every service that is left has one of them");
        }
    }

    private Service[] Services() =>
        [.. Enumerable.Range(0, _service.Length).Where(u => _service[u] != Partition.None).GroupBy(u => _service[u]).OrderBy(g => g.Key).Select(g => new Service(g.Key, [.. g]))];

    private void Put(int group, int service)
    {
        foreach (var unit in _members[group])
        {
            _service[unit] = service;
        }
    }

    /// <summary>A new service for a group, with the units that are tied to it more than to all the rest of their own.</summary>
    private int Found(int group)
    {
        var service = _next++;
        Put(group, service);
        foreach (var unit in _members[group].SelectMany(u => _graph.Neighbours(u).ToArray()).Distinct().Order().ToArray())
        {
            if (_service[unit] != Partition.None && _service[unit] != service && IsFree(unit))
            {
                var ties = Ties([unit]);
                if (ties.GetValueOrDefault(service) > ties.GetValueOrDefault(_service[unit]))
                {
                    _service[unit] = service;
                }
            }
        }

        return service;
    }

    private bool IsFree(int unit) => _members[_groups.Of(unit)].Length == 1 && _apart[unit].Length == 0 && !_groups.Pins.ContainsKey(unit);

    private bool MayBeIn(int group, int service) => !_apart[group].Any(o => _service[o] == service);

    private int Elsewhere(int group)
    {
        var home = Ties(_members[group]).Where(t => t.Key != _service[group] && MayBeIn(group, t.Key)).OrderByDescending(t => t.Value).ThenBy(t => t.Key).Select(t => (int?)t.Key).FirstOrDefault();
        return home ?? Found(group);
    }

    private long TieToOwn(int group) => Ties(_members[group]).GetValueOrDefault(_service[group]);

    private Dictionary<int, long> Ties(IReadOnlyCollection<int> units)
    {
        var ties = new Dictionary<int, long>();
        var own = units.Count > 1 ? units.ToHashSet() : null;
        foreach (var unit in units)
        {
            var neighbours = _graph.Neighbours(unit);
            var weights = _graph.Weights(unit);
            for (var i = 0; i < neighbours.Length; i++)
            {
                if (_service[neighbours[i]] is var service && service != Partition.None && own?.Contains(neighbours[i]) != true)
                {
                    ties[service] = ties.GetValueOrDefault(service) + weights[i];
                }
            }
        }

        return ties;
    }

    /// <summary>Merges the two services that are tied most for their size, and may be one; false when none may.</summary>
    private bool Merge(int sizeMax)
    {
        var services = Services();
        var strength = services.ToDictionary(s => s.Id, s => s.Units.Sum(_graph.Strength));
        var best = (
            from a in services
            let ties = Ties(a.Units)
            from b in services
            where b.Id > a.Id && a.Units.Length + b.Units.Length <= sizeMax && MayMerge(a, b)
            orderby (double)ties.GetValueOrDefault(b.Id) / Math.Max(1, Math.Min(strength[a.Id], strength[b.Id])) descending, a.Units.Length + b.Units.Length, a.Id, b.Id
            select ((Service A, Service B)?)(a, b)).FirstOrDefault();
        if (best is not { } pair)
        {
            return false;
        }

        foreach (var unit in pair.B.Units)
        {
            _service[unit] = pair.A.Id;
        }

        return true;
    }

    private bool MayMerge(Service a, Service b) => !a.Units.Any(u => _apart[u].Any(o => _service[o] == b.Id));

    /// <summary>Takes a small service into the one it is tied to most.</summary>
    private bool Join(Service small)
    {
        var all = Services().ToDictionary(s => s.Id);
        var home = Ties(small.Units).Where(t => t.Key != small.Id && all[t.Key].Units.Length + small.Units.Length <= _groups.Size.Most && MayMerge(small, all[t.Key]))
            .OrderByDescending(t => t.Value).ThenBy(t => t.Key).Select(t => (int?)t.Key).FirstOrDefault();
        if (home is not { } into)
        {
            return false;
        }

        foreach (var unit in small.Units)
        {
            _service[unit] = into;
        }

        return true;
    }

    /// <summary>Splits the first of these services that has two groups.</summary>
    private bool Split(IEnumerable<Service> services)
    {
        foreach (var service in services)
        {
            var part = Halves.Of(_graph, service.Units, _groups);
            if (part.Count > 0)
            {
                var made = _next++;
                foreach (var unit in part)
                {
                    _service[unit] = made;
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Gives the group that is tied least to a service that is too large to another that has room.</summary>
    private bool Shed(Service large)
    {
        var sizes = Services().ToDictionary(s => s.Id, s => s.Units.Length);
        var best = (
            from g in large.Units.Select(_groups.Of).Distinct()
            where !_groups.Pins.ContainsKey(g)
            let ties = Ties(_members[g])
            from s in sizes
            where s.Key != large.Id && s.Value + _members[g].Length <= _groups.Size.Most && MayBeIn(g, s.Key)
            orderby ties.GetValueOrDefault(large.Id) - ties.GetValueOrDefault(s.Key), g, s.Key
            select ((int Group, int Service)?)(g, s.Key)).FirstOrDefault();
        if (best is not { } move)
        {
            return false;
        }

        Put(move.Group, move.Service);
        return true;
    }

    /// <summary>Gives a service that is too small the group that others can spare most easily.</summary>
    private bool Feed(Service lean)
    {
        var sizes = Services().ToDictionary(s => s.Id, s => s.Units.Length);
        var best = (
            from g in _members
            where _service[g.Key] != Partition.None && _service[g.Key] != lean.Id && !_groups.Pins.ContainsKey(g.Key)
            where sizes[_service[g.Key]] - g.Value.Length >= _groups.Size.Least && lean.Units.Length + g.Value.Length <= _groups.Size.Most && MayBeIn(g.Key, lean.Id)
            let ties = Ties(g.Value)
            orderby ties.GetValueOrDefault(_service[g.Key]) - ties.GetValueOrDefault(lean.Id), g.Key
            select (int?)g.Key).FirstOrDefault();
        if (best is not { } group)
        {
            return false;
        }

        Put(group, lean.Id);
        return true;
    }

    /// <summary>When merging is stuck, since all that is left must be apart: begins again from who must be apart, and lets the rest follow its ties.</summary>
    private void Recolour()
    {
        if (Room.Colour(_groups.Apart, _groups.Services.Most) is not { } colours)
        {
            return;
        }

        var locked = colours.SelectMany(c => _members[c.Key]).ToHashSet();
        var labels = new int[_service.Length];
        for (var unit = 0; unit < labels.Length; unit++)
        {
            labels[unit] = locked.Contains(unit) ? colours[_groups.Of(unit)] : Partition.None;
        }

        var placed = _service.Select(s => s != Partition.None).ToArray();
        labels.CopyTo(_service, 0);
        foreach (var group in _members.Keys.Order().Where(g => placed[g] && !locked.Contains(g)))
        {
            var ties = Ties(_members[group]);
            Put(group, ties.Count == 0 ? 0 : ties.OrderByDescending(t => t.Value).ThenBy(t => t.Key).First().Key);
        }
    }

    private sealed record Service(int Id, int[] Units);
}
