using Conway.Migration.Plans;

namespace Conway.Migration.Linting;

/// <summary>Each transaction that is parted is a saga that can be undone up to its pivot, or its writes stay with one owner.</summary>
internal static class Transactions
{
    public static void Look(Lint lint)
    {
        var owners = lint.Slices.SelectMany(s => s.Slice.Data).Where(d => d.Decision == DataDecision.Move).GroupBy(d => d.Table).ToDictionary(g => g.Key, g => g.First().Owner, StringComparer.Ordinal);
        foreach (var (phase, slice, at) in lint.Slices)
        {
            foreach (var (transaction, i) in slice.Transactions.Select((t, i) => (t, i)))
            {
                var place = $"{at}.transactions[{i}]";
                if (transaction.Handling == TransactionHandling.Together)
                {
                    Together(lint, transaction, place, owners);
                }
                else
                {
                    Saga(lint, phase, transaction, place);
                }
            }

            lint.Count(MigrationFindings.TornTransaction, at, "transactions", slice.Counts.Transactions, slice.Transactions.Count);
        }
    }

    private static void Together(Lint lint, SliceTransaction transaction, string place, Dictionary<string, string> owners)
    {
        var parted = transaction.Steps.SelectMany(s => s.Tables).Where(owners.ContainsKey).GroupBy(t => owners[t]).Select(g => $"{string.Join(", ", g.Distinct())} of {g.Key}").ToArray();
        if (parted.Length > 1)
        {
            lint.Tell(MigrationFindings.TornTransaction, place, $"The transaction '{transaction.Id}' is to be kept together, and it writes {string.Join(" and ", parted)}.",
                transaction.OrTogether is { } line ? $"Write '{line}' into the constraints of the cut and plan again, or handle it as a saga." : "Give these tables one owner, or handle it as a saga.");
        }
    }

    private static void Saga(Lint lint, Phase phase, SliceTransaction transaction, string place)
    {
        var pivots = transaction.Steps.Count(s => s.Pivot);
        if (transaction.Steps.Select(s => s.Service).Distinct(StringComparer.Ordinal).Count() < 2 || transaction.Steps.Any(s => s.Tables.Count == 0))
        {
            lint.Tell(MigrationFindings.TornTransaction, place, $"The saga '{transaction.Id}' does not say what is written where.", "Write a step for each service that writes, with its tables.");
        }
        else if (pivots != 1)
        {
            lint.Tell(MigrationFindings.TornTransaction, place, $"The saga '{transaction.Id}' has {pivots} pivots.", "Write 'pivot: true' at the one step that decides: before it everything can be undone, after it everything is done in the end.");
        }

        // Until somebody builds it, what undoes a step is a question; then it is a hole.
        var isBuilt = phase.Steps.Any(s => s.Id == $"{phase.Id}.sagas" && s.State is StepState.Doing or StepState.Done);
        foreach (var (step, i) in transaction.Steps.Select((s, i) => (s, i)).TakeWhile(s => !s.s.Pivot))
        {
            if (isBuilt && string.IsNullOrWhiteSpace(step.Undo))
            {
                lint.Tell(MigrationFindings.NotUndone, $"{place}.steps[{i}]", $"Nothing undoes what '{step.Service}' writes in the saga '{transaction.Id}', and '{phase.Id}.sagas' has begun.", "Write under 'undo' what its owners do to undo it.");
            }
        }
    }
}
