using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2201: a service whose health can only be guessed.</summary>
/// <remarks>A <c>project:</c> service has <c>/health/ready</c> by default, so this is about <c>command:</c> services.</remarks>
public sealed class NoHealthCheck : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2201", Severity.Warning, "No health check",
        "A process that accepts connections but cannot work stays in the rotation, and requests to it fail.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from service in subject.Model.Services
        where service.Value.Command is not null && service.Value.Health?.Path is null
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service.Key}",
            Message = $"'{service.Key}' has no health path, so it counts as healthy as soon as its port is open.",
            Mend = $"Answer 2xx on a path when '{service.Key}' can take requests, and name it: health: /health.",
        };
}
