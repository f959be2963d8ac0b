using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2107: more attempts are declared than there is time for.</summary>
/// <remarks>Compared with the call's budget, else with the caller's. A single attempt that is too long already is CW2104.</remarks>
public sealed class RetriesOverBudget : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2107", Severity.Warning, "Retries over the budget",
        "When the callee hangs, the last attempts are cut short or never made, so the retries that the model promises do not happen.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        foreach (var edge in subject.Calls.Edges)
        {
            var ownBudget = subject.Model.Services[edge.Caller].Api.Budget;
            var limit = edge.Call.Budget ?? ownBudget;
            if (edge.Call is not { Retries: > 0, Timeout: { } timeout } || limit is not { } budget || timeout > budget)
            {
                continue;
            }

            var tries = edge.Call.Retries + 1;
            var needed = timeout * tries;
            if (needed <= budget)
            {
                continue;
            }

            var whose = edge.Call.Budget is not null ? "the budget of the call" : $"the budget of '{edge.Caller}'";
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = $"{edge.ModelPath}.retries",
                Message = $"{tries} attempts of {Spoken.Duration(timeout)} at '{edge.Callee}' take up to {Spoken.Duration(needed)}, but {whose} is {Spoken.Duration(budget)}.",
                Mend = $"Lower the timeout of {edge.Caller} -> {edge.Callee} to {Spoken.Duration(Fitting(budget, tries))}, "
                    + $"or its retries to {(int)(budget / timeout) - 1}, or raise {whose} to {Spoken.Duration(needed)}.",
            };
        }
    }

    /// <summary>The longest attempt that fits so many times, in whole milliseconds.</summary>
    private static TimeSpan Fitting(TimeSpan budget, int tries) =>
        TimeSpan.FromMilliseconds(Math.Max(1, Math.Floor(budget.TotalMilliseconds / tries)));
}
