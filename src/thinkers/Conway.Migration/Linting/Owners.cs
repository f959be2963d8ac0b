using Conway.Migration.Plans;

namespace Conway.Migration.Linting;

/// <summary>Each table that moves has one owner at every state, and changes it once.</summary>
internal static class Owners
{
    private const string Stages = "abcdefghijk";
    private const string Monolith = "monolith";

    public static void Look(Lint lint)
    {
        var movedBy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (phase, slice, at) in lint.Slices)
        {
            var moved = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (row, i) in slice.Data.Select((d, i) => (d, i)).Where(d => d.d.Decision == DataDecision.Move))
            {
                moved.Add(row.Table);
                if (!movedBy.TryAdd(row.Table, phase.Id))
                {
                    lint.Tell(MigrationFindings.OneOwner, $"{at}.data[{i}]", $"The table '{row.Table}' moves to '{phase.Id}', and moves to '{movedBy[row.Table]}' already.", "Let one of them own it; the other one asks, or keeps a copy ('decision: copy').");
                }
                else if (row.Owner != phase.Id)
                {
                    lint.Tell(MigrationFindings.OneOwner, $"{at}.data[{i}].owner", $"The table '{row.Table}' moves with '{phase.Id}', and its owner is '{row.Owner}'.", $"Write 'owner: {phase.Id}', or another decision than 'move'.");
                }
            }

            lint.Count(MigrationFindings.OneOwner, at, "data", slice.Counts.Tables, moved.Count);
            Steps(lint, phase, at[..^".slice".Length], moved);
        }
    }

    private static void Steps(Lint lint, Phase phase, string at, HashSet<string> moved)
    {
        var owners = new Dictionary<(string Table, char Stage), string>();
        foreach (var (step, i) in phase.Steps.Select((s, i) => (s, i)))
        {
            var place = $"{at}.steps[{i}]";
            if (StageOf(phase, step) is not { } stage)
            {
                continue;
            }

            var expected = stage < 'h' ? Monolith : phase.Id;
            if (step.Owner is null)
            {
                lint.Tell(MigrationFindings.OneOwner, place, $"The step '{step.Id}' does not say who owns its tables.", $"Write 'owner: {expected}'.");
            }
            else if (step.Owner != expected)
            {
                lint.Tell(MigrationFindings.OneOwner, $"{place}.owner", $"At the step '{step.Id}' the owner is '{step.Owner}', and {(stage < 'h' ? "until the write flip the monolith owns" : $"from the write flip on '{phase.Id}' owns")} what moves.", $"Write 'owner: {expected}'.");
            }

            foreach (var table in step.Tables)
            {
                if (!moved.Contains(table))
                {
                    lint.Tell(MigrationFindings.OneOwner, $"{place}.tables", $"The step '{step.Id}' is about '{table}', which does not move with '{phase.Id}'.", "Remove it there, or let it move: a line under 'data'.");
                }
                else
                {
                    owners[(table, stage)] = step.Owner ?? "";
                }
            }
        }

        foreach (var table in moved.Order(StringComparer.Ordinal))
        {
            var missing = string.Join(", ", Stages.Where(s => !owners.ContainsKey((table, s))));
            if (missing.Length > 0)
            {
                lint.Tell(MigrationFindings.OneOwner, $"{at}.steps", $"No step says who owns '{table}' at state {missing}.", $"Add it to 'tables' of the step '{phase.Id}.data.{missing[0]}'.");
            }
        }
    }

    private static char? StageOf(Phase phase, PlanStep step)
    {
        var start = $"{phase.Id}.data.";
        return step.Id.StartsWith(start, StringComparison.Ordinal) && step.Id.Length > start.Length && Stages.Contains(step.Id[start.Length], StringComparison.Ordinal)
            && (step.Id.Length == start.Length + 1 || step.Id[start.Length + 1] == '.')
            ? step.Id[start.Length] : null;
    }
}
