using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2111: retries with nothing that stops them.</summary>
public sealed class RetriesWithoutBreaker : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2111", Severity.Warning, "Retries without a breaker",
        "A replica that fails is asked again and again instead of being set aside, so that the retries feed the failure.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from edge in subject.Calls.Edges
        where edge.Call is { Retries: > 0, Outlier.Consecutive5xx: 0 }
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"{edge.ModelPath}.outlier.consecutive-5xx",
            Message = $"'{edge.Caller}' asks '{edge.Callee}' up to {edge.Call.Retries + 1} times, and no replica of it is ever set aside (consecutive-5xx: 0).",
            Mend = $"Remove consecutive-5xx: 0 from {edge.Caller} -> {edge.Callee}, so that the default of 5 holds, or set retries: 0.",
            Measure = new Measure(edge.Call.Retries, 0, "retries"),
            Patch = new ModelPatch(PatchChange.Set, $"{edge.ModelPath}.outlier.consecutive-5xx", "5"),
        };
}
