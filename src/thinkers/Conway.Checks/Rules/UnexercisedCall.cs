using Conway.Checks.Observed;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW7102: a call that the model declares and nobody made.</summary>
/// <remarks>Information: in a short run much is not exercised. Told only for callers that were at work, since of the others nothing is known.</remarks>
public sealed class UnexercisedCall : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW7102", Severity.Info, "Call that was not made",
        "What is declared and never happens makes the picture of the system wrong, keeps listeners open, and couples two services that need not be.")
    {
        Unless = "the run was too short for it, or it is made on rare occasions only",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Traces;

    public string? Lacks(CheckSubject subject) => SeenTraffic.Lack(subject);

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var made = subject.Edges.Select(e => (e.Caller, e.Callee)).ToHashSet();
        var working = subject.Edges.Select(e => e.Caller).Concat(subject.Model.Services.Keys.Where(s => subject.Traffic.AnsweredBy(s) > 0)).Concat(subject.Edges.Select(e => e.Callee)).ToHashSet(StringComparer.Ordinal);
        return from edge in subject.Calls.Edges
               where working.Contains(edge.Caller) && !made.Contains((edge.Caller, edge.Callee))
               let coverage = subject.Traffic.CoverageTo(edge.Callee)
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = edge.ModelPath,
                   Between = new ServicePair(edge.Caller, edge.Callee),
                   Message = $"'{edge.Caller}' was at work ({Spoken.Times(subject.Traffic.AnsweredBy(edge.Caller), "request")}) and did not call '{edge.Callee}', as declared."
                       + (coverage < subject.Limits.Observed.Coverage.Fraction ? $" Of the requests to '{edge.Callee}' only {Spoken.Percent(Math.Round(coverage, 2))} have a known caller, so it may have." : ""),
                   Mend = $"Walk the way that leads there (a journey can), or remove '{edge.Callee}' from calls of '{edge.Caller}'.",
                   Patch = new ModelPatch(PatchChange.Remove, edge.ModelPath, ""),
               };
    }
}
