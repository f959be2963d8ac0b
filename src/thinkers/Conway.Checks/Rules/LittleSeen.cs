using Conway.Checks.Observed;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW7105: so little was seen that silence proves nothing.</summary>
public sealed class LittleSeen : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW7105", Severity.Info, "Little of the traffic was seen",
        "What was not seen is not told: a call may be made and look unexercised, and one that is not declared may stay unknown.");

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Traces;

    public string? Limits => "checks.observed";

    public string? Lacks(CheckSubject subject) => SeenTraffic.Lack(subject);

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var (limit, traffic) = (subject.Limits.Observed.Coverage.Fraction, subject.Traffic);
        if (traffic.Coverage < limit)
        {
            var worst = subject.Model.Services.Keys.Select(s => (Name: s, Coverage: traffic.CoverageTo(s))).Where(s => s.Coverage < limit).OrderBy(s => s.Coverage).ToArray();
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = "services",
                Message = $"Of the requests between services, {Spoken.Percent(Math.Round(traffic.Coverage, 2))} have a known caller; about {Spoken.Percent(Math.Round(traffic.SpanLoss, 2))} of the spans are missing.",
                Mend = "Let the run go on longer, sample less, and look at conway logs for telemetry that was dropped.",
                Measure = new Measure(Math.Round(traffic.Coverage * 100, 1), limit * 100, "%"),
                Evidence = [.. worst.Take(Finding.EvidenceMax).Select(s => new Evidence($"{s.Name}: {Spoken.Percent(Math.Round(s.Coverage, 2))} of its requests have a known caller"))],
            };
        }
    }
}
