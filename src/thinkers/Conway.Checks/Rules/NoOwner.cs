using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3102: a service that belongs to nobody.</summary>
/// <remarks>Where no team is declared at all, that is told once, as information: a first model need not begin with people.</remarks>
public sealed class NoOwner : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3102", Severity.Warning, "Service without an owner",
        "Nobody is called when it fails, nobody reviews its changes, and it is the first to rot.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var services = subject.Model.Services;
        if (services.Count > 0 && subject.Model.Teams.Count == 0)
        {
            yield return new Finding
            {
                Rule = Rule,
                Weight = Severity.Info,
                ModelPath = "services",
                Message = $"No team is declared, so {(services.Count == 1 ? "the service has no owner" : $"none of the {services.Count} services has an owner")}.",
                Mend = "Declare who looks after what: teams: { checkout: {} }, and team: checkout in each service or its context.",
            };
            yield break;
        }

        foreach (var (name, service) in services.Where(s => subject.OwnerOf(s.Value) is null))
        {
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = $"services.{name}",
                Message = service.Context is { } context
                    ? $"'{name}' has no team, and neither has its context '{context}'."
                    : $"'{name}' has no team and belongs to no context that has one.",
                Mend = $"Add team: to '{name}'; declared are {Spoken.Names(subject.Model.Teams.Keys.Take(8))}.",
            };
        }
    }
}
