namespace Conway.Migration.Linting;

/// <summary>Ids are there, and each is one thing's.</summary>
internal static class Ids
{
    public static void Look(Lint lint)
    {
        var phases = new HashSet<string>(StringComparer.Ordinal);
        var steps = new HashSet<string>(StringComparer.Ordinal);
        var layers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (phase, at) in lint.Phases)
        {
            One(lint, phases, phase.Id, at, "phase");
            foreach (var (step, i) in phase.Steps.Select((s, i) => (s, i)))
            {
                if (One(lint, steps, step.Id, $"{at}.steps[{i}]", "step") && !step.Id.StartsWith(phase.Id + ".", StringComparison.Ordinal))
                {
                    lint.Tell(MigrationFindings.SameId, $"{at}.steps[{i}].id", $"The step '{step.Id}' stands in the phase '{phase.Id}'.", $"Begin its id with '{phase.Id}.'.");
                }
            }

            var (transactions, gates) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            foreach (var (transaction, i) in (phase.Slice?.Transactions ?? []).Select((t, i) => (t, i)))
            {
                One(lint, transactions, transaction.Id, $"{at}.slice.transactions[{i}]", "transaction");
            }

            foreach (var (gate, i) in (phase.Slice?.Gates ?? []).Select((g, i) => (g, i)))
            {
                One(lint, gates, gate.Id, $"{at}.slice.gates[{i}]", "gate");
            }

            foreach (var (layer, i) in (phase.Slice?.Acl ?? []).Select((a, i) => (a, i)))
            {
                One(lint, layers, layer.Id, $"{at}.slice.acl[{i}]", "layer");
            }
        }
    }

    private static bool One(Lint lint, HashSet<string> seen, string id, string at, string kind)
    {
        if (id.Length > 0 && seen.Add(id))
        {
            return true;
        }

        lint.Tell(MigrationFindings.SameId, at, id.Length == 0 ? $"A {kind} has no id." : $"Two {kind}s have the id '{id}'.", "Give each an id of its own.");
        return false;
    }
}
