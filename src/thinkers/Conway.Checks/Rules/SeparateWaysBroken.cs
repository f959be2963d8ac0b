using Conway.Checks.Contexts;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW3303: a declared dependency between contexts that were to go separate ways.</summary>
public sealed class SeparateWaysBroken : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3303", Severity.Error, "Separate ways that meet",
        "Somebody decided that the two have nothing to do with each other; one of the two statements is wrong.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        from crossing in ContextCrossing.Of(subject)
        let relation = subject.Contexts.Between(crossing.From, crossing.To).FirstOrDefault(r => r.As == ContextPattern.SeparateWays)
        where relation is not null
        select new Finding
        {
            Rule = Rule,
            ModelPath = crossing.ModelPath,
            Between = new ServicePair(crossing.Depends, crossing.On),
            Message = $"{crossing.Says}, and their contexts '{crossing.From}' and '{crossing.To}' go separate ways.",
            Mend = $"Remove the dependency of '{crossing.Depends}' on '{crossing.On}', or change the relation in '{relation.Downstream}' to what it is.",
            Evidence = [new Evidence($"{relation.ModelPath}: {relation.Downstream} and {relation.Upstream} go separate ways")],
        };
}
