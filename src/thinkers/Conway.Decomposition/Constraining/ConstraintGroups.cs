using System.Collections.Immutable;

namespace Conway.Decomposition.Constraining;

/// <summary>What constraints mean for units: who moves together, who never meets, who has a place already.</summary>
public sealed class ConstraintGroups
{
    private readonly int[] _group;
    private readonly bool[] _technical;
    private readonly HashSet<(int, int)> _apart;

    private ConstraintGroups(int[] group, bool[] technical, HashSet<(int, int)> apart, ImmutableSortedDictionary<int, string> pins, Bounds services, Bounds size) =>
        (_group, _technical, _apart, Pins, Services, Size) = (group, technical, apart, pins, services, size);

    /// <summary>For groups that are pinned, the name of their service. At most one group for each name.</summary>
    public ImmutableSortedDictionary<int, string> Pins { get; }

    /// <summary>How many services there are.</summary>
    public Bounds Services { get; }

    /// <summary>How many units each service has.</summary>
    public Bounds Size { get; }

    /// <summary>Whether two groups may not be in one service; in no order.</summary>
    public IReadOnlyCollection<(int A, int B)> Apart => _apart;

    /// <summary>The first unit of those that move with this one; itself when it moves alone.</summary>
    public int Of(int unit) => _group[unit];

    /// <summary>Whether the unit belongs to no service.</summary>
    public bool IsTechnical(int unit) => _technical[unit];

    /// <summary>Whether these groups may be in one service.</summary>
    public bool MayMeet(int groupA, int groupB) => !_apart.Contains((Math.Min(groupA, groupB), Math.Max(groupA, groupB)));

    /// <summary>Reads constraints as groups; null when they contradict each other.</summary>
    /// <param name="constraints">All that must hold.</param>
    /// <param name="units">How many units there are.</param>
    public static ConstraintGroups? TryOf(IReadOnlyList<BoundConstraint> constraints, int units)
    {
        var group = Enumerable.Range(0, units).ToArray();
        var technical = new bool[units];
        var pins = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (services, size) = (Bounds.Any, Bounds.Any);
        foreach (var constraint in constraints)
        {
            switch (constraint.Constraint)
            {
                case Together:
                    Join(constraint.Units);
                    break;
                case Pin pin:
                    Join(pins.TryGetValue(pin.Service, out var first) ? constraint.Units.Prepend(first) : constraint.Units);
                    if (constraint.Units.Any())
                    {
                        pins.TryAdd(pin.Service, constraint.Units.First());
                    }

                    break;
                case Technical:
                    foreach (var unit in constraint.Units)
                    {
                        technical[unit] = true;
                    }

                    break;
                case ServiceCount count:
                    services = count.Bounds;
                    break;
                case ServiceSize bounds:
                    size = bounds.Bounds;
                    break;
            }
        }

        for (var unit = 0; unit < units; unit++)
        {
            group[unit] = Root(unit);
        }

        var named = pins.OrderBy(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(group[p.Value], p.Key)).ToArray();
        if (named.DistinctBy(n => n.Key).Count() < named.Length
            || constraints.Any(c => c.Constraint is Together or Pin && c.Units.Any(u => technical[u])))
        {
            return null;
        }

        var apart = new HashSet<(int, int)>();
        foreach (var (a, _) in named)
        {
            apart.UnionWith(named.Where(b => b.Key > a).Select(b => (a, b.Key)));
        }

        return constraints.All(c => c.Constraint is not Constraining.Apart || KeepApart(c, group, technical, apart))
            && Room.Suffices(group, technical, apart, services, size)
            ? new ConstraintGroups(group, technical, apart, named.ToImmutableSortedDictionary(n => n.Key, n => n.Value), services, size)
            : null;

        int Root(int unit)
        {
            while (group[unit] != unit)
            {
                unit = group[unit] = group[group[unit]];
            }

            return unit;
        }

        void Join(IEnumerable<int> members)
        {
            var first = -1;
            foreach (var member in members.Select(Root))
            {
                if (first >= 0 && first != member)
                {
                    // The lesser number leads, so that the order of lines does not matter.
                    (first, var follower) = (Math.Min(first, member), Math.Max(first, member));
                    group[follower] = first;
                }

                first = first < 0 ? member : first;
            }
        }
    }

    private static bool KeepApart(BoundConstraint constraint, int[] group, bool[] technical, HashSet<(int, int)> apart)
    {
        for (var i = 0; i < constraint.Groups.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                foreach (var a in constraint.Groups[i])
                {
                    foreach (var b in constraint.Groups[j])
                    {
                        if (a == b || technical[a] || technical[b])
                        {
                            continue;
                        }

                        if (group[a] == group[b])
                        {
                            return false;
                        }

                        apart.Add((Math.Min(group[a], group[b]), Math.Max(group[a], group[b])));
                    }
                }
            }
        }

        return true;
    }
}
