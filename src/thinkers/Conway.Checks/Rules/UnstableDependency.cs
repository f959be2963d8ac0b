using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3202: a service that many rely on and that itself relies on one that changes for many reasons.</summary>
/// <remarks>Instability is Ce / (Ca + Ce): the services that one calls, over these and those that call it (Martin, "OO Design Quality Metrics", 1994). The
/// gateway counts as a caller. What nobody calls may depend on anything.</remarks>
public sealed class UnstableDependency : ICheck
{
    // One call more or less decides otherwise.
    private const int NeighboursMin = 3;

    public FindingRule Rule { get; } = new(
        "CW3202", Severity.Info, "Dependency on a less stable service",
        "Changes flow from what changes often to what should not, and reach everybody who relies on it.");

    public string? Limits => "checks.instability";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var gap = subject.Limits.Instability.Gap;
        var entries = subject.Model.Gateway.Routes.SelectMany(r => r.Answering()).ToHashSet(StringComparer.Ordinal);
        int Afferent(string service) => subject.Calls.To(service).Count(e => e.Caller != service) + (entries.Contains(service) ? 1 : 0);
        int Efferent(string service) => subject.Calls.From(service).Count(e => e.Callee != service);
        double Instability(string service) => (double)Efferent(service) / Math.Max(1, Afferent(service) + Efferent(service));
        return from edge in subject.Calls.Edges
               where edge.Caller != edge.Callee && subject.Calls.IsForward(edge)
               where Afferent(edge.Caller) > 0 && Afferent(edge.Caller) + Efferent(edge.Caller) >= NeighboursMin && Afferent(edge.Callee) + Efferent(edge.Callee) >= NeighboursMin
               let difference = Instability(edge.Callee) - Instability(edge.Caller)
               where difference > gap.Fraction + 1e-9
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = edge.ModelPath,
                   Message = $"'{edge.Caller}' ({Afferent(edge.Caller)} callers, {Efferent(edge.Caller)} callees) depends on '{edge.Callee}' ({Afferent(edge.Callee)} callers, {Efferent(edge.Callee)} callees), which is less stable: {Spoken.Percent(Math.Round(Instability(edge.Callee), 2))} against {Spoken.Percent(Math.Round(Instability(edge.Caller), 2))}.",
                   Mend = $"Turn the arrow: let '{edge.Callee}' call or listen to '{edge.Caller}'; or move what is needed of it into a stable part.",
                   Measure = new Measure(Math.Round(difference * 100, 1), gap.Percent, "%"),
               };
    }
}
