using Conway.Model;
using Conway.Review.Leaves;

namespace Conway.Review.Renames;

/// <summary>Something that is declared by name: a service, a team, an event, a store, …</summary>
internal readonly record struct Named(string Kind, string Name) : IComparable<Named>
{
    public int CompareTo(Named other) =>
        string.CompareOrdinal(Kind, other.Kind) is not 0 and var byKind ? byKind : string.CompareOrdinal(Name, other.Name);
}

/// <summary>Finds what is only called differently: a name that is gone and a new one of the same kind that everything else is said about.</summary>
/// <remarks>Colour refinement over both models at once (Weisfeiler and Leman 1968): each name is coloured by all values in which it stands, with the
/// other names in them replaced by their colours, until no colour splits any more. Names that both models have keep themselves as their colour. Of those that
/// look alike in every respect the first ones by name are matched, and the rest is coloured again. What no colour matches is matched by
/// how many values it shares (<see cref="AlikeMin"/>), so that a rename with a small change beside it is still one.</remarks>
internal sealed class RenameFinder
{
    /// <summary>Share of values (Jaccard) from which on a name that is gone and a new one are the same thing.</summary>
    public const double AlikeMin = 0.7;

    /// <summary>Names with fewer values are only matched when all of them are the same.</summary>
    private const int ValuesMin = 4;

    // With more pairs the guess costs more than it is worth.
    private const int PairsMax = 250_000;

    /// <summary>So often one of several that look alike is chosen and all are coloured again; what is left then is told as gone and new.</summary>
    private const int ChoicesMax = 200;

    private readonly Dictionary<Named, List<Leaf>> _before;
    private readonly Dictionary<Named, List<Leaf>> _after;
    private readonly SortedSet<Named> _gone;
    private readonly SortedSet<Named> _new;
    private readonly Dictionary<Named, Named> _found = [];
    private int _choices;

    private RenameFinder(IReadOnlyList<Leaf> before, IReadOnlyList<Leaf> after)
    {
        (_before, _after) = (ByName(before), ByName(after));
        (_gone, _new) = (Declared(before), Declared(after));
        var both = _gone.Intersect(_new).ToArray();
        _gone.ExceptWith(both);
        _new.ExceptWith(both);
    }

    /// <summary>Old to new.</summary>
    public static IReadOnlyDictionary<Named, Named> Find(SystemModel before, SystemModel after) =>
        new RenameFinder(ModelLeaves.Of(before), ModelLeaves.Of(after)).Find();

    private Dictionary<Named, Named> Find()
    {
        while (_gone.Count > 0 && _new.Count > 0 && (MatchSame() || MatchAlike()))
        {
        }

        return _found;
    }

    /// <summary>Matches by colour. One ambiguous pair at a time: which one it is decides about its neighbours.</summary>
    private bool MatchSame()
    {
        var (gone, fresh) = Colours();
        var groups = gone.GroupBy(g => g.Value, StringComparer.Ordinal)
            .Select(g => (Gone: g.Select(e => e.Key).Order().ToArray(), New: fresh.Where(f => f.Value == g.Key).Select(f => f.Key).Order().ToArray()))
            .Where(g => g.New.Length > 0).OrderBy(g => g.Gone[0]).ToArray();

        // Those that nothing doubtful is said about can be matched all at once: which is which makes no difference to any other.
        var certain = groups.Where(g => (g.Gone.Length == 1 && g.New.Length == 1) || IsApart(g.Gone[0])).ToArray();
        foreach (var (one, other) in certain)
        {
            foreach (var (old, now) in one.Zip(other))
            {
                Match(old, now);
            }
        }

        if (certain.Length == 0 && groups.Length > 0 && _choices++ < ChoicesMax)
        {
            Match(groups[0].Gone[0], groups[0].New[0]);
            return true;
        }

        return certain.Length > 0;
    }

    private bool IsApart(Named name) =>
        _before[name].All(l => l.Key.Concat(l.Value).All(p => p.Kind is not { } kind || new Named(kind, p.Text) is var other && (other == name || !_gone.Contains(other))));

    private bool MatchAlike()
    {
        if ((long)_gone.Count * _new.Count > PairsMax)
        {
            return false;
        }

        // A name that is neither gone nor matched is itself; others are only of a kind.
        string Old(Named n) => _gone.Contains(n) ? "?" : _found.TryGetValue(n, out var now) ? now.Name : n.Name;
        string Fresh(Named n) => _new.Contains(n) ? "?" : n.Name;
        string[] Values(List<Leaf> leaves, Named self, Func<Named, string> colour) => [.. leaves.Select(l => Render(l, self, colour)).Order(StringComparer.Ordinal)];
        var gone = _gone.Select(n => (Name: n, Values: Values(_before[n], n, Old))).Where(n => n.Values.Length >= ValuesMin).ToArray();
        var fresh = _new.Select(n => (Name: n, Values: Values(_after[n], n, Fresh))).Where(n => n.Values.Length >= ValuesMin).ToArray();
        var pairs = (from one in gone
                     from other in fresh
                     where one.Name.Kind == other.Name.Kind
                     let alike = Alike(one.Values, other.Values)
                     where alike >= AlikeMin
                     orderby alike descending, one.Name, other.Name
                     select (One: one.Name, Other: other.Name)).ToArray();
        foreach (var (one, other) in pairs.Where(p => _gone.Contains(p.One) && _new.Contains(p.Other)))
        {
            Match(one, other);
        }

        return pairs.Length > 0;
    }

    /// <summary>The share of values that two sorted lists have in common (Jaccard, of multisets).</summary>
    private static double Alike(string[] here, string[] there)
    {
        // No more can be in common than the shorter one has.
        if (Math.Min(here.Length, there.Length) < AlikeMin * Math.Max(here.Length, there.Length))
        {
            return 0;
        }

        var (i, j, common) = (0, 0, 0);
        while (i < here.Length && j < there.Length)
        {
            var order = string.CompareOrdinal(here[i], there[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return (double)common / (here.Length + there.Length - common);
    }

    private void Match(Named one, Named other)
    {
        _found[one] = other;
        _gone.Remove(one);
        _new.Remove(other);
    }

    private (Dictionary<Named, string> Gone, Dictionary<Named, string> New) Colours()
    {
        var gone = _gone.ToDictionary(n => n, n => "?" + n.Kind);
        var fresh = _new.ToDictionary(n => n, n => "?" + n.Kind);
        for (var count = 0; ;)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            string Old(Named n) => gone.TryGetValue(n, out var colour) ? colour : "=" + (_found.TryGetValue(n, out var now) ? now.Name : n.Name);
            string Fresh(Named n) => fresh.TryGetValue(n, out var colour) ? colour : "=" + n.Name;
            var nextGone = gone.ToDictionary(g => g.Key, g => Colour(g.Key, g.Value, _before, Old, names));
            var nextFresh = fresh.ToDictionary(f => f.Key, f => Colour(f.Key, f.Value, _after, Fresh, names));
            (gone, fresh) = (nextGone, nextFresh);

            // A colour holds the one before it, so colours only ever split; when none does, none ever will.
            if (names.Count == count)
            {
                return (gone, fresh);
            }

            count = names.Count;
        }
    }

    private static string Colour(Named name, string present, Dictionary<Named, List<Leaf>> leaves, Func<Named, string> colourOf, Dictionary<string, string> names)
    {
        var seen = present + "\n" + string.Join('\n', leaves[name].Select(l => Render(l, name, colourOf)).Order(StringComparer.Ordinal));

        // Short names for long colours; numbers are given alike in both models, since both ask the same table.
        if (!names.TryGetValue(seen, out var colour))
        {
            names[seen] = colour = $"#{names.Count}";
        }

        return colour;
    }

    private static string Render(Leaf leaf, Named self, Func<Named, string> colourOf)
    {
        string Of(Piece piece) => piece.Kind is not { } kind ? piece.Text : kind == self.Kind && piece.Text == self.Name ? "@" : $"<{kind} {colourOf(new Named(kind, piece.Text))}>";
        return string.Concat(leaf.Key.Select(Of)) + " = " + string.Concat(leaf.Value.Select(Of));
    }

    private static Dictionary<Named, List<Leaf>> ByName(IReadOnlyList<Leaf> leaves)
    {
        var found = new Dictionary<Named, List<Leaf>>();
        foreach (var leaf in leaves)
        {
            foreach (var name in leaf.Key.Concat(leaf.Value).Where(p => p.Kind is not null).Select(p => new Named(p.Kind!, p.Text)).Distinct())
            {
                if (!found.TryGetValue(name, out var list))
                {
                    found[name] = list = [];
                }

                list.Add(leaf);
            }
        }

        return found;
    }

    /// <summary>What is declared: the last name of a path that ends in one, but for calls, which name a service that is declared elsewhere.</summary>
    private static SortedSet<Named> Declared(IReadOnlyList<Leaf> leaves) =>
        [.. from leaf in leaves
            where leaf.Pattern.EndsWith(".*", StringComparison.Ordinal) && leaf.Key[^1].Kind is not null && !leaf.Pattern.EndsWith(".calls.*", StringComparison.Ordinal)
            select new Named(leaf.Key[^1].Kind!, leaf.Key[^1].Text)];
}
