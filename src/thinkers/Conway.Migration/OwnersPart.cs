using Conway.Migration.Plans;

namespace Conway.Migration;

/// <summary>What of a plan's file is people's: weights, how far steps are and what was noted, ends of layers, how transactions are handled and undone, limits of gates.</summary>
public static class OwnersPart
{
    /// <summary>The plan as it would be had nobody written in it. Two plans that differ only in what is people's become equal.</summary>
    public static MigrationPlan Without(MigrationPlan plan) => Take(plan, new Kept(new MigrationPlan(), IsBlank: true)) with { Fingerprint = "", Gone = [], Weights = new OrderWeights() };

    /// <summary>A new plan with what people wrote in an earlier one. Steps that it no longer has, and that somebody had touched, are among the gone ones.</summary>
    public static MigrationPlan Keep(MigrationPlan fresh, MigrationPlan earlier)
    {
        var ids = fresh.Phases.SelectMany(p => p.Steps).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var gone = earlier.Phases.SelectMany(p => p.Steps).Where(s => !ids.Contains(s.Id) && (s.State != StepState.Pending || s.Note is not null))
            .Select(s => new GoneStep { Id = s.Id, State = s.State, Note = s.Note });
        var kept = new Kept(earlier, IsBlank: false);
        return Take(fresh, kept) with
        {
            Weights = earlier.Weights,
            Gone = [.. earlier.Gone.Where(g => !ids.Contains(g.Id)).Concat(gone).DistinctBy(g => g.Id)],
        };
    }

    /// <summary>Ids of steps that an earlier plan had and a later one has not, in their order.</summary>
    public static IReadOnlyList<string> Removed(MigrationPlan fresh, MigrationPlan earlier)
    {
        var ids = fresh.Phases.SelectMany(p => p.Steps).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return [.. earlier.Phases.SelectMany(p => p.Steps).Select(s => s.Id).Where(id => !ids.Contains(id))];
    }

    private static MigrationPlan Take(MigrationPlan plan, Kept kept) => plan with { Phases = [.. plan.Phases.Select(p => Take(p, kept))] };

    private static Phase Take(Phase phase, Kept kept) => phase with
    {
        Steps = [.. phase.Steps.Select(kept.Of)],
        Slice = phase.Slice is not { } slice ? null : slice with
        {
            Acl = [.. slice.Acl.Select(kept.Of)],
            Transactions = [.. slice.Transactions.Select(t => kept.Of(phase.Id, t))],
            Gates = [.. slice.Gates.Select(g => kept.Of(phase.Id, g))],
        },
    };

    /// <summary>What people wrote, by id.</summary>
    private sealed record Kept(MigrationPlan Earlier, bool IsBlank)
    {
        private readonly Dictionary<string, PlanStep> _steps = ByFirst(Earlier.Phases.SelectMany(p => p.Steps), s => s.Id);
        private readonly Dictionary<string, GoneStep> _gone = ByFirst(Earlier.Gone, s => s.Id);
        private readonly Dictionary<string, SliceAcl> _layers = ByFirst(Slices(Earlier).SelectMany(s => s.Slice.Acl), a => a.Id);
        private readonly Dictionary<(string, string), SliceTransaction> _transactions = ByFirst(Slices(Earlier).SelectMany(s => s.Slice.Transactions.Select(t => (s.Id, Of: t))), t => (t.Id, t.Of.Id), t => t.Of);
        private readonly Dictionary<(string, string), Gate> _gates = ByFirst(Slices(Earlier).SelectMany(s => s.Slice.Gates.Select(g => (s.Id, Of: g))), g => (g.Id, g.Of.Id), g => g.Of);

        public PlanStep Of(PlanStep step) =>
            _steps.TryGetValue(step.Id, out var own) ? step with { State = own.State, Note = own.Note }
            : _gone.TryGetValue(step.Id, out var gone) ? step with { State = gone.State, Note = gone.Note }
            : IsBlank ? step with { State = StepState.Pending, Note = null }
            : step;

        public SliceAcl Of(SliceAcl layer) =>
            IsBlank ? layer with { Ends = "", EndsOn = null }
            : _layers.TryGetValue(layer.Id, out var own) ? layer with { Ends = own.Ends, EndsOn = own.EndsOn }
            : layer;

        public SliceTransaction Of(string phase, SliceTransaction transaction)
        {
            if (IsBlank)
            {
                return transaction with { Handling = TransactionHandling.Saga, Steps = [.. transaction.Steps.Select(s => s with { Undo = null })] };
            }

            if (!_transactions.TryGetValue((phase, transaction.Id), out var own))
            {
                return transaction;
            }

            // By what a step does, not by its number: a step that comes before it must not take its undo.
            var undone = own.Steps.GroupBy(s => (s.Service, s.Does, string.Join(',', s.Tables))).ToDictionary(g => g.Key, g => g.First().Undo);
            return transaction with
            {
                Handling = own.Handling,
                Steps = [.. transaction.Steps.Select(s => s with { Undo = undone.GetValueOrDefault((s.Service, s.Does, string.Join(',', s.Tables))) })],
            };
        }

        public Gate Of(string phase, Gate gate) =>
            IsBlank ? gate with { AtMost = 0 } : _gates.TryGetValue((phase, gate.Id), out var own) ? gate with { AtMost = own.AtMost } : gate;

        private static IEnumerable<(string Id, Slice Slice)> Slices(MigrationPlan plan) => plan.Phases.Where(p => p.Slice is not null).Select(p => (p.Id, p.Slice!));

        private static Dictionary<string, T> ByFirst<T>(IEnumerable<T> items, Func<T, string> key) => ByFirst(items, key, i => i);

        private static Dictionary<TKey, TValue> ByFirst<T, TKey, TValue>(IEnumerable<T> items, Func<T, TKey> key, Func<T, TValue> value)
            where TKey : notnull =>
            items.GroupBy(key).ToDictionary(g => g.Key, g => value(g.First()));
    }
}
