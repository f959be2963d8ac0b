using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2103: a call that nobody has put a limit to.</summary>
public sealed class MissingTimeout : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2103", Severity.Warning, "Call without a timeout",
        "When the callee hangs, every request of the caller hangs with it for the default of 30 s, and its threads and connections are used up.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from edge in subject.Calls.Edges
        where edge.Call.Timeout is null && edge.Call.Budget is null && subject.Model.Services[edge.Caller].Api.Budget is null
        select new Finding
        {
            Rule = Rule,
            ModelPath = edge.ModelPath,
            Message = $"'{edge.Caller}' calls '{edge.Callee}' without a timeout and has no budget of its own: it waits up to 30 s.",
            Mend = $"Say how long one attempt may take, {edge.Callee}: {{ timeout: 1s }}, or give '{edge.Caller}' a budget, api: {{ budget: 2s }}.",
        };
}
