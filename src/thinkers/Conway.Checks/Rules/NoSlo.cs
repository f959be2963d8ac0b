using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2202: nobody has said how good a service must be.</summary>
/// <remarks>A warning where users come in through the gateway; information elsewhere, told once for all of them.</remarks>
public sealed class NoSlo : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2202", Severity.Warning, "No service level objective",
        "Without a goal nobody can say whether the service is good enough, and no alert, canary or error budget has anything to go by.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var without = subject.Model.Services.Where(s => s.Value.Slo is not { } slo || (slo.Availability is null && slo.Latency is null)).Select(s => s.Key).ToArray();
        var entries = subject.Model.Gateway.Routes.SelectMany(r => r.Answering()).ToHashSet(StringComparer.Ordinal);
        foreach (var name in without.Where(entries.Contains))
        {
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = $"services.{name}",
                Message = $"'{name}' is used through the gateway, and no goal for its availability or latency is declared.",
                Mend = "Promise what its users need: slo: { availability: 99.9%, latency: { p99: 250ms } }.",
            };
        }

        var inner = without.Where(name => !entries.Contains(name)).ToArray();
        if (inner.Length > 0)
        {
            yield return new Finding
            {
                Rule = Rule,
                Weight = Severity.Info,
                ModelPath = $"services.{inner[0]}",
                Message = $"{Spoken.Names(inner.Take(8))}{(inner.Length > 8 ? $" and {inner.Length - 8} more" : "")} {(inner.Length == 1 ? "has" : "have")} no service level objective.",
                Mend = "Give each what its callers rely on: slo: { availability: 99.9% }.",
            };
        }
    }
}
