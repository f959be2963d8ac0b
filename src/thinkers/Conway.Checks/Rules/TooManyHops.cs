using Conway.Checks.Graph;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2106: a request that waits for a long row of services.</summary>
public sealed class TooManyHops : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2106", Severity.Warning, "Too many synchronous hops",
        "Every hop adds its latency and multiplies its failures into the answer; the system is only up when the whole row is.")
    {
        Unless = "the calls of the row belong to different requests",
    };

    public string? Limits => "checks.hops";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var max = subject.Limits.Hops.Max;
        var hops = new HeaviestChains(subject.Calls, static _ => 0, static (before, _) => before + 1);

        // A row is told once, at its end.
        var found = from service in subject.Calls.Services
                    where hops.WeightOf(service) > max && !subject.Calls.From(service).Any(subject.Calls.IsForward)
                    let chain = hops.To(service)
                    orderby chain.Calls.Count descending
                    select new Finding
                    {
                        Rule = Rule,
                        ModelPath = chain.Calls[max].ModelPath,
                        Measure = new Measure(chain.Calls.Count, max, "calls in a row"),
                        Message = $"A request to '{chain.Names[0]}' may wait for {chain.Calls.Count} calls in a row, {max} are the most advised: {Spoken.Chain(chain.Names)}.",
                        Mend = $"Shorten the row: let '{chain.Calls[max].Callee}' publish what '{chain.Calls[max].Caller}' asks it for, and keep a copy there; "
                            + "or answer 202 early and go on by events.",
                    };
        return found.Take(CheckSubject.FindingsPerRuleMax);
    }
}
