using Conway.Checks.Boundaries;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3110: a service whose boundary holds nothing together and keeps nothing out.</summary>
/// <remarks>The figures of all services are in <c>conway check --boundaries</c>.</remarks>
public sealed class WeakBoundary : ICheck
{
    // From two figures a mean says little.
    private const int PartsMin = 3;

    public FindingRule Rule { get; } = new(
        "CW3110", Severity.Warning, "Weak boundary",
        "What is inside has less to do with each other than with what is outside, so that the boundary costs and protects nothing.");

    public CheckInputs Uses => CheckInputs.Traces | CheckInputs.Git;

    public string? Limits => "checks.boundary";

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from boundary in BoundaryScores.Of(subject)
        where boundary.Parts.Count(p => p.Value is not null) >= PartsMin && boundary.Score < subject.Limits.Boundary.Min.Fraction
        let worst = boundary.Parts.Where(p => p.Value is not null).MinBy(p => p.Value)!
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{boundary.Service}",
            Message = $"The boundary of '{boundary.Service}' scores {Spoken.Percent(Math.Round(boundary.Score!.Value, 2))}, worst in {worst.Name}: {worst.Says}.",
            Mend = "Move what belongs to others to them, and take in what it cannot do without; 'conway check --boundaries' shows all figures.",
            Measure = new Measure(Math.Round(boundary.Score.Value * 100, 1), subject.Limits.Boundary.Min.Percent, "%"),
            Evidence = [.. boundary.Parts.Select(p => new Evidence($"{p.Name} {(p.Value is { } value ? Spoken.Percent(Math.Round(value, 2)) : "not known")}: {p.Says}"))],
        };
}
