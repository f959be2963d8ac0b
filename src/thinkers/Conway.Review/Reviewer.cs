using Conway.Model;
using Conway.Review.Renames;
using Conway.Review.Rules;

namespace Conway.Review;

/// <summary>Compares two states of a model.</summary>
/// <remarks>Pure: the same two models give the same changes, in the same order, byte for byte.</remarks>
public static class Reviewer
{
    /// <summary>The rules, in the order in which they take differences: who comes first knows best.</summary>
    private static readonly Func<ReviewSubject, IEnumerable<ArchitectureChange>>[] Rules =
    [
        RenameChanges.Of,
        ServiceChanges.Of,
        OwnerChanges.Of,
        CallChanges.Of,
        CircleChanges.Of,
        DependencyChanges.Of,
        SinglePointChanges.Of,
        StoreChanges.Of,
        EventChanges.Of,
        SagaChanges.Of,
        RouteChanges.Of,
        PromiseChanges.Of,
        ContextChanges.Of,
        PolicyChanges.Of,
        RunChanges.Of,
    ];

    /// <summary>All changes, the gravest first.</summary>
    public static IReadOnlyList<ArchitectureChange> Review(ReviewedState before, ReviewedState after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var subject = new ReviewSubject(before, after);
        var found = new List<ArchitectureChange>();
        foreach (var rule in Rules)
        {
            found.AddRange(rule(subject));
        }

        // What no rule took is told all the same: nothing that differs is left out.
        foreach (var left in subject.Take(_ => true))
        {
            found.Add(subject.Change(ChangeCatalog.Other, $"{left.Key}: {Shown.FromTo(left.Before is null ? null : Shown.Value(left.Before), left.After is null ? null : Shown.Value(left.After))}.", [left], Decider.Architects));
        }

        return Sorted(found);
    }

    /// <summary>The earlier model with the names of the later one, where something is only called differently: for comparing what else is known of both.</summary>
    public static SystemModel InLaterNames(SystemModel before, SystemModel after) => new Renaming(RenameFinder.Find(before, after)).Of(before);

    /// <summary>The changes of the model itself, and those that only an environment has, marked with its name.</summary>
    /// <param name="plain">Without an environment.</param>
    /// <param name="environments">By name, each reviewed with its settings in both states.</param>
    public static IReadOnlyList<ArchitectureChange> Join(IReadOnlyList<ArchitectureChange> plain, IEnumerable<KeyValuePair<string, IReadOnlyList<ArchitectureChange>>> environments)
    {
        ArgumentNullException.ThrowIfNull(plain);
        ArgumentNullException.ThrowIfNull(environments);
        var known = plain.Select(Key).ToHashSet(StringComparer.Ordinal);
        var all = new List<ArchitectureChange>(plain);
        foreach (var (name, changes) in environments)
        {
            all.AddRange(changes.Where(c => !known.Contains(Key(c))).Select(c => c with { Environment = name }));
        }

        return Sorted(all);

        static string Key(ArchitectureChange change) => $"{change.Class.Id}\n{change.Subject}\n{change.Message}";
    }

    /// <summary>An environment that one state describes and the other does not.</summary>
    public static ArchitectureChange OfEnvironment(string name, bool isNew) => new()
    {
        Class = ChangeCatalog.EnvironmentChanged,
        Subject = $"environments.{name}",
        Message = $"The environment '{name}' is {(isNew ? "new" : "no longer described")}.",
        Deciders = [Decider.Architects],
        PathBefore = isNew ? null : $"environments.{name}",
        PathAfter = isNew ? $"environments.{name}" : null,
        IsPlacedBefore = !isNew,
    };

    private static IReadOnlyList<ArchitectureChange> Sorted(IEnumerable<ArchitectureChange> changes) =>
        [.. changes.OrderByDescending(c => c.Severity).ThenBy(c => ChangeCatalog.PlaceOf(c.Class)).ThenBy(c => c.Environment, StringComparer.Ordinal)
            .ThenBy(c => c.Subject, StringComparer.Ordinal).ThenBy(c => c.Message, StringComparer.Ordinal)];
}
