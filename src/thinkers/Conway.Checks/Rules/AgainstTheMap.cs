using Conway.Checks.Contexts;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW3305: an upstream context that depends on its downstream.</summary>
/// <remarks>Told for calls: that upstream hears events of downstream does not make it follow. Relations that go both ways are left out, and pairs where both
/// sides call themselves downstream, since that is a circle (CW3301).</remarks>
public sealed class AgainstTheMap : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3305", Severity.Warning, "Call against the context map",
        "Upstream was to be free of downstream; now it waits for it, and the relation on the map is not the one that is lived.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from crossing in ContextCrossing.Of(subject)
        where crossing.IsCall
        let relations = subject.Contexts.Between(crossing.From, crossing.To).ToArray()
        where relations.Length > 0 && relations.All(r => r is { IsMutual: false, As: not ContextPattern.SeparateWays } && r.Downstream == crossing.To)
        select new Finding
        {
            Rule = Rule,
            ModelPath = crossing.ModelPath,
            Between = new ServicePair(crossing.Depends, crossing.On),
            Message = $"{crossing.Says}, but '{crossing.From}' is upstream of '{crossing.To}' on the context map.",
            Mend = $"Let '{crossing.On}' call or tell '{crossing.Depends}' by an event, or turn the relation round if '{crossing.From}' really follows.",
            Evidence = [new Evidence($"{relations[0].ModelPath}: {relations[0].Upstream} is upstream of {relations[0].Downstream}")],
        };
}
