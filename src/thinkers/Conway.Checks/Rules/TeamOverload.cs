using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3204: a team that owns more than it can hold in its head.</summary>
public sealed class TeamOverload : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3204", Severity.Warning, "Team with too many services",
        "It can know none of them well: changes wait, and what fails at night is looked at by somebody who has not seen it for months.")
    {
        Unless = "most of them are finished and hardly change",
    };

    public string? Limits => "checks.teams";

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from team in subject.Model.Teams
        let owned = subject.Model.Services.Where(s => subject.OwnerOf(s.Value) == team.Key).Select(s => s.Key).ToArray()
        where owned.Length > subject.Limits.Teams.Services
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"teams.{team.Key}",
            Message = $"The team '{team.Key}' owns {owned.Length} services, {subject.Limits.Teams.Services} are the most advised: {Spoken.Names(owned.Take(12))}{(owned.Length > 12 ? " and more" : "")}.",
            Mend = "Merge services that change together, or give some of them, whole contexts best, to another team.",
            Measure = new Measure(owned.Length, subject.Limits.Teams.Services, "services"),
        };
}
