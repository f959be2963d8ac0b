using Conway.Model;
using Conway.Review.Graph;
using Conway.Review.Leaves;
using Conway.Review.Renames;

namespace Conway.Review;

/// <summary>What the rules look at: both models in the names of the later one, what differs, and the calls of both.</summary>
/// <remarks>A difference belongs to the first rule that takes it, so that none is told twice and none is lost.</remarks>
internal sealed class ReviewSubject
{
    private readonly Dictionary<string, string> _originalPaths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Leaf> _was;
    private readonly Dictionary<string, Leaf> _now;
    private readonly List<LeafDifference> _open;

    public ReviewSubject(ReviewedState before, ReviewedState after)
    {
        (BaseState, HeadState, Head) = (before, after, after.Model);
        Renames = RenameFinder.Find(before.Model, after.Model);
        Base = new Renaming(Renames).Of(before.Model);
        (BaseWeb, HeadWeb) = (new CallWeb(Base), new CallWeb(Head));
        (BaseWays, HeadWays) = (new Ways(Base, BaseWeb), new Ways(Head, HeadWeb));

        var (renamed, original) = (ModelLeaves.Of(Base), ModelLeaves.Of(before.Model));
        foreach (var (leaf, old) in renamed.Zip(original))
        {
            _originalPaths[leaf.Path] = old.Path;
        }

        (_was, _now) = (ByKey(renamed), ByKey(ModelLeaves.Of(Head)));
        _open = [.. _was.Keys.Union(_now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => new LeafDifference(_was.GetValueOrDefault(key), _now.GetValueOrDefault(key)))
            .Where(d => d.Before is null || d.After is null || d.Before.ValueText != d.After.ValueText)];
    }

    /// <summary>What a person writes into a route or a header can look like the key of another value; both are kept, and compared in their order.</summary>
    private static Dictionary<string, Leaf> ByKey(IReadOnlyList<Leaf> leaves)
    {
        var found = new Dictionary<string, Leaf>(StringComparer.Ordinal);
        foreach (var leaf in leaves)
        {
            var key = leaf.KeyText;
            while (!found.TryAdd(key, leaf))
            {
                key += "'";
            }
        }

        return found;
    }

    public ReviewedState BaseState { get; }

    public ReviewedState HeadState { get; }

    /// <summary>The earlier state, in the names of the later one.</summary>
    public SystemModel Base { get; }

    public SystemModel Head { get; }

    public IReadOnlyDictionary<Named, Named> Renames { get; }

    public CallWeb BaseWeb { get; }

    public CallWeb HeadWeb { get; }

    public Ways BaseWays { get; }

    public Ways HeadWays { get; }

    /// <summary>What no rule has taken yet, by key.</summary>
    public IReadOnlyList<LeafDifference> Open => _open;

    /// <summary>Services in both states, by name.</summary>
    public IEnumerable<(string Name, Service Before, Service After)> Kept =>
        Base.Services.Where(s => Head.Services.ContainsKey(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value, Head.Services[s.Key]));

    /// <summary>Takes differences, by key.</summary>
    public IReadOnlyList<LeafDifference> Take(Func<LeafDifference, bool> which)
    {
        var taken = _open.Where(which).ToArray();
        if (taken.Length > 0)
        {
            var set = taken.ToHashSet(ReferenceEqualityComparer.Instance);
            _open.RemoveAll(set.Contains);
        }

        return taken;
    }

    /// <summary>Takes what is at a path and below it.</summary>
    public IReadOnlyList<LeafDifference> TakeAt(string key) => Take(d => IsAt(d.Key, key));

    public static bool IsAt(string key, string above) =>
        key.StartsWith(above, StringComparison.Ordinal) && (key.Length == above.Length || key[above.Length] is '.' or '{' or '#');

    public static string? OwnerOf(SystemModel model, string service) => model.TeamOf(model.Services.GetValueOrDefault(service));

    /// <summary>The team of a service, now or before; the architects when nobody owns it.</summary>
    public Decider OwnerOf(string service) => Of(OwnerOf(Head, service) ?? OwnerOf(Base, service));

    public static Decider Of(string? team) => team is null ? Decider.Architects : new Decider(team);

    /// <summary>The path of the earlier model in its own names.</summary>
    public string OriginalPath(string path) => _originalPaths.GetValueOrDefault(path, path);

    /// <summary>A change, with places and values filled in from what differs.</summary>
    /// <param name="before">Path in the earlier state (in later names); null when it was not there.</param>
    /// <param name="after">Path in the later state; null when it is gone.</param>
    public ArchitectureChange Change(ChangeClass kind, string subject, string message, string? before, string? after, IEnumerable<Decider> deciders, IEnumerable<LeafDifference>? taken = null)
    {
        var (old, values) = (before is null ? null : OriginalPath(before), (taken ?? []).ToArray());
        var isBefore = after is null;
        var place = after is not null ? HeadState.Map.Find(after) : old is not null ? BaseState.Map.Find(old) : null;
        return new ArchitectureChange
        {
            Class = kind,
            Subject = subject,
            Message = message,
            PathBefore = old,
            PathAfter = after,
            Place = place,
            IsPlacedBefore = isBefore && place is not null,
            Deciders = [.. deciders.Distinct().OrderBy(d => d.Team is null).ThenBy(d => d.Team, StringComparer.Ordinal)],
            Values = [.. values.Where(v => !IsOnlyAround(v, values)).Take(ArchitectureChange.EditsMax).Select(v =>
                new ChangedValue(v.Key, v.Before is null ? null : Shown.Value(v.Before), v.After is null ? null : Shown.Value(v.After)))],
        };
    }

    /// <summary>A change about one place that is in both states, or in one of them.</summary>
    public ArchitectureChange Change(ChangeClass kind, string message, IReadOnlyList<LeafDifference> taken, params IEnumerable<Decider> deciders)
    {
        // What came or went whole is placed as itself, and not as the first of its values.
        if (taken.FirstOrDefault(t => IsThing(t) && taken.All(o => IsAt(o.Key, t.Key))) is { } whole)
        {
            return Change(kind, whole.Key, message, whole.Before?.Path, whole.After?.Path, deciders, taken);
        }

        var first = taken.FirstOrDefault(t => !IsOnlyAround(t, taken)) ?? taken[0];
        return Change(kind, first.Key, message, first.Before?.Path ?? Around(_was, first.Leaf), first.After?.Path ?? Around(_now, first.Leaf), deciders, taken);
    }

    private static bool IsThing(LeafDifference difference) =>
        difference.Pattern.EndsWith(".*", StringComparison.Ordinal) || difference.Pattern.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>Where the thing is that a value belongs to which is a default there, and so has no line of its own.</summary>
    private static string? Around(Dictionary<string, Leaf> leaves, Leaf leaf)
    {
        for (var count = leaf.Key.Count - 1; count > 0; count--)
        {
            if (leaves.TryGetValue(string.Concat(leaf.Key.Take(count).Select(p => p.Text)), out var around))
            {
                return around.Path;
            }
        }

        return null;
    }

    /// <summary>That a group of values is there says nothing that the values in it do not say.</summary>
    public static bool IsOnlyAround(LeafDifference difference, IReadOnlyList<LeafDifference> all) =>
        difference.Leaf.Value.Count == 0 && all.Any(o => o.Key.Length > difference.Key.Length && IsAt(o.Key, difference.Key));
}
