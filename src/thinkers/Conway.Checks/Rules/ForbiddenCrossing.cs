using Conway.Checks.Observed;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW7104: traffic between contexts that were to go separate ways.</summary>
/// <remarks>What the model itself declares against its context map is CW3303; this is about what happens.</remarks>
public sealed class ForbiddenCrossing : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW7104", Severity.Error, "Traffic over a forbidden border",
        "Somebody decided that the two contexts have nothing to do with each other; what happens makes each change of the one a risk for the other.");

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Traces;

    public string? Lacks(CheckSubject subject) => SeenTraffic.Lack(subject);

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var map = subject.Contexts;
        return from edge in subject.Edges
               where edge.Caller != ObservedEdge.Gateway
               let here = map.ContextOf(edge.Caller)
               let there = map.ContextOf(edge.Callee)
               where here is not null && there is not null && here != there
               let relation = map.Between(here, there).FirstOrDefault(r => r.As == ContextPattern.SeparateWays)
               where relation is not null
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = relation.ModelPath,
                   Between = new ServicePair(edge.Caller, edge.Callee),
                   Subject = $"{edge.Caller} calls {edge.Callee}",
                   Message = $"'{edge.Caller}' ({here}) {(edge.IsMessage ? "sends to" : "calls")} '{edge.Callee}' ({there}) {Spoken.Times(edge.Count)}, and the two contexts go separate ways.",
                   Mend = $"Remove the call, or give up the separation: name on the context map how '{here}' depends on '{there}'.",
                   Evidence = SeenTraffic.Evidence(edge),
               };
    }
}
