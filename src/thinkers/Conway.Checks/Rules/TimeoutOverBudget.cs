using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2104: a call that may take longer than the caller itself has.</summary>
public sealed class TimeoutOverBudget : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2104", Severity.Error, "Timeout over the caller's budget",
        "Those who wait for the caller have given up before the callee is allowed to answer, so the work is done for nobody.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        foreach (var edge in subject.Calls.Edges)
        {
            if (subject.Model.Services[edge.Caller].Api.Budget is not { } budget)
            {
                continue;
            }

            var (wait, key) = edge.Call.Timeout > budget ? (edge.Call.Timeout, "timeout")
                : edge.Call.Budget > budget ? (edge.Call.Budget, "budget")
                : (null, "");
            if (wait is not null)
            {
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = $"{edge.ModelPath}.{key}",
                    Message = $"'{edge.Caller}' waits up to {Spoken.Duration(wait.Value)} for '{edge.Callee}', but its own budget is {Spoken.Duration(budget)}.",
                    Mend = $"Lower the {key} of {edge.Caller} -> {edge.Callee} below {Spoken.Duration(budget)}, or raise the budget of '{edge.Caller}'.",
                };
            }
        }
    }
}
