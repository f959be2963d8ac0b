using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>A saga as a sequence: its steps, and what undoes those that were done when a later one fails.</summary>
internal static class SagaView
{
    public static Diagram Of(SystemModel model, string? environment, string name)
    {
        var saga = model.Sagas[name];
        var steps = saga.Steps.Select((step, index) => (Step: step, Number: index + 1, Operation: Operation.Of(step))).ToArray();
        var undoing = steps.Reverse().Skip(1).Select(one => Undoing(saga.Owner, one.Number, one.Step)).ToArray();
        return new Sequence($"saga-{name}", $"{model.System}: saga {name}",
            [.. new[] { saga.Owner }.Concat(steps.Select(one => one.Operation.Service)).Concat(steps.Where(one => one.Step.Undo is not null).Select(one => Operation.Of(one.Step.Undo!).Service)).Distinct(StringComparer.Ordinal)],
            [
                .. steps.Select(one => new Ask(saga.Owner, one.Operation.Service, $"{one.Number}. {one.Operation.Name}{(one.Step.Within is { } within ? $", within {UnitText.Format(within)}" : "")}")),

                // The last step is never undone: when it has succeeded, so has the saga.
                .. undoing.Length > 0 ? [new Block("a step fails: those done before it are undone, last first", undoing)] : Array.Empty<SequenceStep>(),
            ]);
    }

    private static SequenceStep Undoing(string owner, int number, SagaStep step) => step.Undo is { } undo
        ? new Ask(owner, Operation.Of(undo).Service, $"undo {number}. {Operation.Of(undo).Name}")
        : new Remark(Operation.Of(step).Service, $"nothing undoes {number}. {Operation.Of(step).Name}");
}
