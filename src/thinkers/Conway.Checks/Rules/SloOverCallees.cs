using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2203: a service that promises more than those it cannot work without.</summary>
/// <remarks>Availability of a chain in series is the product of its parts (Google, "The Calculus of Service Availability", 2017).
/// Only required callees with a goal of their own count.</remarks>
public sealed class SloOverCallees : ICheck
{
    // Products of percentages carry rounding: 99.9 % x 100 % must not count as less than 99.9 %.
    private const double Rounding = 1e-9;

    public FindingRule Rule { get; } = new(
        "CW2203", Severity.Warning, "Promise over what the callees promise",
        "The service breaks its promise while everything it depends on keeps its own.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        foreach (var (name, service) in subject.Model.Services)
        {
            if (service.Slo?.Availability is not { } promised)
            {
                continue;
            }

            var required = subject.Calls.From(name)
                .Where(e => e.Call.Required && e.Callee != name)
                .Select(e => (Name: e.Callee, Goal: subject.Model.Services[e.Callee].Slo?.Availability))
                .Where(c => c.Goal is not null)
                .Select(c => (c.Name, Fraction: c.Goal!.Value.Fraction))
                .ToArray();
            var possible = required.Aggregate(1d, (product, callee) => product * callee.Fraction);
            if (promised.Fraction > possible + Rounding)
            {
                var parts = string.Join(" x ", required.Select(c => $"{c.Name} {Spoken.Percent(c.Fraction)}"));
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = $"services.{name}.slo.availability",
                    Message = $"'{name}' promises {Spoken.Percent(promised.Fraction)}, but what it requires promises {(required.Length == 1 ? "only" : "together only")} {Spoken.Percent(possible)}: {parts}.",
                    Mend = $"Lower the promise of '{name}' to {Spoken.Percent(Math.Floor(possible * 10000) / 10000)}, raise those of its callees, or make '{name}' able to answer without one of them.",
                };
            }
        }
    }
}
