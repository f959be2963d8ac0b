using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3203: changes that go through many services at once.</summary>
public sealed class ScatteredChanges : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3203", Severity.Warning, "Changes scattered over services",
        "What changes together is cut apart: one wish of the business takes several reviews, releases and teams.")
    {
        Unless = "the commits are formatting, renames or upgrades of a package",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Git;

    public string? Limits => "checks.scatter";

    public string? Lacks(CheckSubject subject) => subject.History.Lack(subject.Limits.Scatter.CommitsMin);

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var limits = subject.Limits.Scatter;
        var commits = subject.History.Commits;
        var scattered = commits.Where(c => c.Services.Count >= limits.Services).ToArray();
        if (scattered.Length > limits.Share.Fraction * commits.Count)
        {
            var share = (double)scattered.Length / commits.Count;
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = "services",
                Message = $"{Spoken.Percent(Math.Round(share, 2))} of {Spoken.Times(commits.Count, "commit")} change {limits.Services} services or more.",
                Mend = $"Look at what these commits are about, and move it into one service: {Spoken.Names(Together(scattered).Take(4))} change together most.",
                Measure = new Measure(Math.Round(share * 100, 1), limits.Share.Percent, "%"),
                Evidence = [.. scattered.Take(Finding.EvidenceMax).Select(c => new Evidence($"{c.Short} changed {string.Join(", ", c.Services)}"))],
            };
        }
    }

    private static IEnumerable<string> Together(History.ServiceCommit[] scattered) =>
        scattered.SelectMany(c => c.Services).GroupBy(s => s, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key);
}
