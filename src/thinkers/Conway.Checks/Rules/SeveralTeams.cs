using Conway.Checks.History;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3205: a service that several teams work on.</summary>
/// <remarks>Authors belong to the team that names them among its members; commits of others do not count.</remarks>
public sealed class SeveralTeams : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3205", Severity.Warning, "Service that several teams change",
        "The structure of the organisation wins over that of the system (Conway, 1968): each team waits for the others, and nobody answers for the whole.");

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Git;

    public string? Limits => "checks.teams";

    public string? Lacks(CheckSubject subject) =>
        subject.History.Folders.Count == 0 ? "No service has a folder of its own (project, directory)."
        : !subject.History.Git.Authors.Any(a => ServiceHistory.TeamOf(a, subject.Model) is not null) ? "No author of the history is named among the members of a team."
        : null;

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var limits = subject.Limits.Teams;
        var teamOf = subject.History.Git.Authors.Select(a => ServiceHistory.TeamOf(a, subject.Model)).ToArray();
        return from service in subject.Model.Services.Keys
               let commits = subject.History.Commits.Where(c => c.Services.Contains(service)).Select(c => teamOf[c.Commit.Author]).OfType<string>().ToArray()
               where commits.Length >= subject.Limits.Scatter.CommitsMin
               let teams = commits.GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Count() >= limits.Share.Fraction * commits.Length)
                   .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray()
               where teams.Length > limits.PerService
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{service}",
                   Message = $"{Spoken.Names(teams.Select(t => t.Key))} each make {Spoken.Percent(limits.Share.Fraction)} or more of the commits on '{service}'.",
                   Mend = $"Let one team own '{service}' and take changes of the others as proposals, or cut it along what each of them changes.",
                   Measure = new Measure(teams.Length, limits.PerService, "teams"),
                   Evidence = [.. teams.Select(t => new Evidence($"{t.Key}: {t.Count()} of {Spoken.Times(commits.Length, "commit")}"))],
               };
    }
}
