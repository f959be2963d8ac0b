using Conway.Checks;
using Conway.Findings;
using Conway.Model;
using Conway.Reader;
using Conway.Review;

namespace Conway.Cli;

/// <summary>What one <c>conway review</c> found, ready to be written in any form.</summary>
internal sealed class ReviewOutcome
{
    // Each environment is read twice; a model with more is reviewed without the rest, and says so.
    public const int EnvironmentsMax = 20;

    public required ReviewSide Base { get; init; }

    public required ReviewSide Head { get; init; }

    /// <summary>The later state as it was read.</summary>
    public required ReadResult Result { get; init; }

    /// <summary>The system's name; empty when it could not be read.</summary>
    public required string System { get; init; }

    /// <summary>The gravest first.</summary>
    public required IReadOnlyList<ArchitectureChange> Changes { get; init; }

    /// <summary>What checks find in the later state and not in the earlier one.</summary>
    public required IReadOnlyList<Finding> NewFindings { get; init; }

    /// <summary>What they found in the earlier one and do not find any more.</summary>
    public required IReadOnlyList<Baseline.Entry> Mended { get; init; }

    /// <summary>From which weight on a change or new finding counts; null for none.</summary>
    public Severity? FailOn { get; init; } = Severity.Error;

    public bool IsInvalid => Result.HasErrors;

    public bool Fails => Changes.Any(Counts) || NewFindings.Any(f => f.Severity >= FailOn);

    public bool Breaks => Changes.Any(c => Counts(c) && c.Class.IsBreak);

    public bool Counts(ArchitectureChange change) => change.Severity >= FailOn;

    public int CountOf(Severity severity) => Changes.Count(c => c.Severity == severity);

    /// <summary>Who decides, with the changes of each that are more than a note; teams by name, architects last.</summary>
    public IReadOnlyList<(Decider Decider, IReadOnlyList<ArchitectureChange> Changes)> Deciding =>
        [.. Changes.Where(c => c.Severity > Severity.Info).SelectMany(c => c.Deciders.Select(d => (Decider: d, Change: c))).GroupBy(d => d.Decider)
            .OrderBy(g => g.Key.Team is null).ThenBy(g => g.Key.Team, StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<ArchitectureChange>)[.. g.Select(d => d.Change)]))];

    /// <summary>Reads both states and compares them.</summary>
    public static ReviewOutcome Of(ReviewSide before, ReviewSide after, string? environment, Severity? failOn, Terminal terminal, CancellationToken cancellationToken)
    {
        var now = Read(after, environment, terminal);
        var was = Read(before, environment, terminal);

        // A state without a model has no name either, and that is no rename.
        was = before.Tree is null ? was with { Model = was.Model with { System = now.Model.System } } : was;
        now = after.Tree is null ? now with { Model = now.Model with { System = was.Model.System } } : now;
        NoteErrors(was, before, terminal);
        NoteErrors(now, after, terminal);
        var plain = Reviewer.Review(State(before, was, terminal), State(after, now, terminal));
        var changes = environment is not null ? plain : WithEnvironments(plain, was, now, before, after, terminal, cancellationToken);
        var (fresh, mended) = Findings(was.Model, now, terminal);
        return new ReviewOutcome
        {
            Base = before,
            Head = after,
            Result = now,
            System = now.Model.System,
            Changes = changes,
            NewFindings = fresh,
            Mended = mended,
            FailOn = failOn,
        };
    }

    /// <summary>With the settings of an environment, if this state describes it.</summary>
    private static ReadResult Read(ReviewSide side, string? environment, Terminal terminal) =>
        side.Read(null, terminal) is var plain && environment is not null && plain.Environments.Contains(environment) ? side.Read(environment, terminal) : plain;

    private static IReadOnlyList<ArchitectureChange> WithEnvironments(
        IReadOnlyList<ArchitectureChange> plain, ReadResult was, ReadResult now, ReviewSide before, ReviewSide after, Terminal terminal, CancellationToken cancellationToken)
    {
        var all = was.Environments.Union(now.Environments).Order(StringComparer.Ordinal).ToArray();
        if (all.Length > EnvironmentsMax)
        {
            terminal.Note($"note: of {all.Length} environments the first {EnvironmentsMax} are compared. -e NAME compares one.");
        }

        var found = new List<KeyValuePair<string, IReadOnlyList<ArchitectureChange>>>();
        var changes = new List<ArchitectureChange>(plain);
        foreach (var name in all.Take(EnvironmentsMax))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (was.Environments.Contains(name) && now.Environments.Contains(name))
            {
                found.Add(new(name, Reviewer.Review(before.State(before.Read(name, terminal), static (_, _) => { }), after.State(after.Read(name, terminal), static (_, _) => { }))));
            }
            else
            {
                changes.Add(Reviewer.OfEnvironment(name, isNew: now.Environments.Contains(name)));
            }
        }

        return Reviewer.Join(changes, found);
    }

    private static (IReadOnlyList<Finding>, IReadOnlyList<Baseline.Entry>) Findings(SystemModel was, ReadResult now, Terminal terminal)
    {
        IReadOnlyList<Finding> Of(SystemModel model) => CheckCatalog.Judge(new CheckSubject(model) { Today = LoadedModel.Today(terminal) }, []).Findings;
        var found = Of(now.Model);

        // In the names of the later state, so that a rename mends nothing and breaks nothing.
        var comparison = Baseline.Of(Of(Reviewer.InLaterNames(was, now.Model))).Compare(found);
        return (now.Map.Place(found.Where((_, i) => !comparison.IsKnown[i])), comparison.Gone);
    }

    private static ReviewedState State(ReviewSide side, ReadResult read, Terminal terminal) =>
        side.State(read, (path, why) => terminal.Note($"note: the contract {path} at {side.Label} is not compared: {why}."));

    private static void NoteErrors(ReadResult read, ReviewSide side, Terminal terminal)
    {
        var errors = read.Findings.Where(f => f.Severity == Severity.Error).ToArray();
        if (errors.Length > 0)
        {
            terminal.Note($"note: the model at {side.Label} has {errors.Length} error{(errors.Length == 1 ? "" : "s")}, so parts may be missing here; the first: {errors[0]}");
        }
    }
}
