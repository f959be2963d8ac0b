using System.Globalization;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3108: a step of a saga that stays when a later one fails.</summary>
public sealed class SagaWithoutUndo : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3108", Severity.Warning, "Step of a saga without compensation",
        "When a later step fails, this one stays as it is: goods stay reserved, money stays taken.")
    {
        Unless = "the step changes nothing, or no later step can fail for good",
    };

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from saga in subject.Model.Sagas
        from step in saga.Value.Steps.Index()
        where step.Item.Undo is null && step.Index < saga.Value.Steps.Count - 1
        let after = saga.Value.Steps[step.Index + 1]
        select new Finding
        {
            Rule = Rule,
            ModelPath = string.Create(CultureInfo.InvariantCulture, $"sagas.{saga.Key}.steps[{step.Index}]"),
            Subject = $"{step.Item.Call} of {saga.Key}",
            Message = $"Step {step.Index + 1} of the saga '{saga.Key}', {step.Item.Call}, has no undo, and {after.Call} after it may fail.",
            Mend = $"Say what undoes it, {{ call: {step.Item.Call}, undo: {step.Item.Call.Split('.')[0]}.… }}, or move it to the end.",
        };
}
