using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2303: a service that half of the system waits for, and that runs once.</summary>
public sealed class HubCallee : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2303", Severity.Warning, "Service that most others wait for",
        "When it is slow, so is everything; when it is down, so is the system; and it can be changed only with everybody's consent.")
    {
        Unless = "its callers keep what they need of it in a cache",
    };

    public string? Limits => "checks.hub";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var limits = subject.Limits.Hub;
        var services = subject.Model.Services;
        return from service in services
               where services.Count >= limits.ServicesMin && service.Value.Replicas < 2
               let callers = subject.Calls.To(service.Key).Select(e => e.Caller).Where(c => c != service.Key).ToArray()
               let share = (double)callers.Length / (services.Count - 1)
               where share >= limits.Callers.Fraction
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service.Key}",
                   Message = $"{callers.Length} of the other {services.Count - 1} services call '{service.Key}' and wait, and it has {(service.Value.Replicas == 0 ? "no" : "one")} replica.",
                   Mend = $"Run two of it at least, replicas: 2, and let those that only read keep a copy from its events.",
                   Measure = new Measure(Math.Round(share * 100, 1), limits.Callers.Percent, "%"),
                   Evidence = [.. callers.Take(Finding.EvidenceMax).Select(c => new Evidence($"{c} -> {service.Key}"))],
               };
    }
}
