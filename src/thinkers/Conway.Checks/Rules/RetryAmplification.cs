using Conway.Checks.Graph;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2105: retries at several layers that multiply.</summary>
/// <remarks>The number is Π(1 + retries) along the chain, the gateway's route included. It is what the last service sees when it fails
/// for everybody; the listeners' retry budget lessens it under load, and is no reason to rely on it.</remarks>
public sealed class RetryAmplification : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2105", Severity.Warning, "Retries multiply along a chain",
        "When the last service is slow, the retries of every layer above it multiply its load just when it can bear least, and keep it down.");

    public string? Limits => "checks.retries";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var routeAttempts = subject.Model.Gateway.Routes
            .GroupBy(r => r.To, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => 1d + g.Max(r => r.Retries), StringComparer.Ordinal);
        double Entry(string service) => routeAttempts.GetValueOrDefault(service, 1);
        var chains = new HeaviestChains(subject.Calls, Entry, static (attempts, edge) => attempts * (1d + edge.Call.Retries));

        // A chain is told once, at its end: where no further call retries.
        var found = from service in subject.Calls.Services
                    where chains.WeightOf(service) > subject.Limits.Retries.Max
                    where !subject.Calls.From(service).Any(e => e.Call.Retries > 0 && subject.Calls.IsForward(e))
                    let chain = chains.To(service)
                    where chain is not null && chain.Calls[^1].Call.Retries > 0
                    let entry = Entry(chain.Calls[0].Caller)
                    where chain.Calls.Count(e => e.Call.Retries > 0) + (entry > 1 ? 1 : 0) >= 2
                    orderby chains.WeightOf(service) descending
                    select Told(chain, entry, chains.WeightOf(service), subject.Limits.Retries.Max);
        return found.Take(CheckSubject.FindingsPerRuleMax);
    }

    private Finding Told(Chain chain, double entry, double attempts, int max)
    {
        var first = chain.Calls[0].Caller;
        var last = chain.Calls[^1];
        var hops = chain.Calls.Select(e => e.Call.Retries > 0 ? $"{e.Callee} x{e.Call.Retries + 1}" : e.Callee);
        return new Finding
        {
            Rule = Rule,
            ModelPath = $"{last.ModelPath}.retries",
            Measure = new Measure(attempts, max, "requests"),
            Message = $"One request to '{first}' can become {Spoken.Count(attempts)} requests to '{last.Callee}' when it fails: "
                + $"{Spoken.Chain([.. entry > 1 ? ["gateway", $"{first} x{entry:0}"] : new[] { first }, .. hops])}.",
            Mend = $"Retry in one place only, next to the one that fails: keep retries on {last.Caller} -> {last.Callee} and set retries: 0 above it.",
        };
    }
}
