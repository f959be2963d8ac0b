using Conway.Checks.Observed;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3106: a service that uses most of what another one can do.</summary>
/// <remarks>By traffic. A service with one caller is left out: that it serves that one alone is CW3103's question.</remarks>
public sealed class InappropriateIntimacy : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3106", Severity.Warning, "Services that know each other too well",
        "The caller has to change with nearly every change of the callee; between the two there is a network, and no boundary.")
    {
        Unless = "the caller is an adapter for the outside, such as a backend for a frontend",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Traces;

    public string? Limits => "checks.intimacy";

    public string? Lacks(CheckSubject subject) => SeenTraffic.Lack(subject);

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var limits = subject.Limits.Intimacy;
        return from callee in subject.Edges.Where(e => !e.IsMessage && e.Calls.Count > 0).GroupBy(e => e.Callee, StringComparer.Ordinal)
               let callers = callee.Where(e => e.Caller != ObservedEdge.Gateway).ToArray()
               let all = callee.SelectMany(e => e.Calls).Where(c => c.IsAnswered).Select(c => c.Operation).Distinct(StringComparer.Ordinal).Count()
               where callers.Length > 1 && all >= limits.OperationsMin
               from edge in callers
               let used = edge.Calls.Where(c => c.IsAnswered).Select(c => c.Operation).Distinct(StringComparer.Ordinal).ToArray()
               where used.Length >= limits.Operations.Fraction * all
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"services.{edge.Caller}.calls.{edge.Callee}",
                   Message = $"'{edge.Caller}' uses {used.Length} of the {all} operations of '{edge.Callee}' that anybody uses.",
                   Mend = $"Move what '{edge.Caller}' does with them into '{edge.Callee}' behind one operation that says what is wanted, or the data to where the work is.",
                   Measure = new Measure(Math.Round(100.0 * used.Length / all, 1), limits.Operations.Percent, "%"),
                   Evidence = [.. used.Order(StringComparer.Ordinal).Take(Finding.EvidenceMax).Select(o => new Evidence($"{edge.Caller} -> {edge.Callee} {o}"))],
               };
    }
}
