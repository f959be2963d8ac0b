using System.Globalization;
using Conway.Findings;
using Conway.Migration.Plans;

namespace Conway.Migration.Linting;

/// <summary>What a plan must hold before anybody follows it. Pure; findings have the path of what they are about, so that the file's map finds the line.</summary>
public static class PlanLints
{
    /// <summary>All that is wrong with a plan, in the order of the rules.</summary>
    public static IReadOnlyList<Finding> Of(MigrationPlan plan)
    {
        var lint = new Lint(plan);
        Ids.Look(lint);
        Order.Look(lint);
        Owners.Look(lint);
        Replacements.Look(lint);
        Transactions.Look(lint);
        Users.Look(lint);
        Backends.Look(lint);
        foreach (var (phase, at) in lint.Phases)
        {
            WaysBack(lint, phase, at);
            Ends(lint, phase, at);
        }

        return lint.Findings;
    }

    private static void WaysBack(Lint lint, Phase phase, string at)
    {
        foreach (var (step, i) in phase.Steps.Select((s, i) => (s, i)))
        {
            if (string.IsNullOrWhiteSpace(step.RollBack))
            {
                lint.Tell(MigrationFindings.NoWayBack, $"{at}.steps[{i}]", $"The step '{step.Id}' has no way back.", step.PointOfNoReturn ? "Write under 'roll-back' how to mend forward." : "Write under 'roll-back' what is done to go back.");
            }
            else if (string.IsNullOrWhiteSpace(step.Loss))
            {
                lint.Tell(MigrationFindings.NoWayBack, $"{at}.steps[{i}]", $"The way back from the step '{step.Id}' does not say what is lost.", "Write under 'loss' what is lost at most, or 'nothing'.");
            }
        }
    }

    private static void Ends(Lint lint, Phase phase, string at)
    {
        foreach (var (layer, i) in (phase.Slice?.Acl ?? []).Select((a, i) => (a, i)))
        {
            if (string.IsNullOrWhiteSpace(layer.Ends) && layer.EndsOn is null)
            {
                lint.Tell(MigrationFindings.NoEnd, $"{at}.slice.acl[{i}]", $"The layer '{layer.Id}' has no end.", "Write under 'ends' on what it waits, or under 'ends-on' the day by which it is gone.");
            }
        }
    }
}

/// <summary>A plan with what was found in it so far.</summary>
internal sealed class Lint(MigrationPlan plan)
{
    private readonly List<Finding> _findings = [];

    public MigrationPlan Plan => plan;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Phases with their paths.</summary>
    public IEnumerable<(Phase Phase, string At)> Phases => plan.Phases.Select((p, i) => (p, string.Create(CultureInfo.InvariantCulture, $"phases[{i}]")));

    /// <summary>Phases of services with the paths of their slices.</summary>
    public IEnumerable<(Phase Phase, Slice Slice, string At)> Slices => Phases.Where(p => p.Phase.Slice is not null).Select(p => (p.Phase, p.Phase.Slice!, p.At + ".slice"));

    public void Tell(FindingRule rule, string path, string message, string mend) =>
        _findings.Add(new Finding { Rule = rule, ModelPath = path, Message = message, Mend = mend, Subject = message });

    /// <summary>A list must be as long as it was made: a line that was deleted is work that is forgotten.</summary>
    public void Count(FindingRule rule, string at, string key, int counted, int listed)
    {
        if (listed < counted)
        {
            Tell(rule, $"{at}.{key}", $"The code shows {counted} entries of '{key}', and {listed} {(listed == 1 ? "is" : "are")} listed.", $"Add what is missing ('conway migrate plan --force' writes it anew), or, when the code has changed, the right number under 'counts'.");
        }
    }
}
