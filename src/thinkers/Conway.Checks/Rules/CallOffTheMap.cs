using Conway.Checks.Contexts;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3302: a dependency between contexts that the context map does not show.</summary>
/// <remarks>Only where a map is kept at all: a model without any relation between contexts has none to contradict.</remarks>
public sealed class CallOffTheMap : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3302", Severity.Warning, "Dependency that is not on the context map",
        "Nobody has said whose model counts there, so both sides believe it is theirs.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        if (subject.Contexts.Links.Count == 0)
        {
            return [];
        }

        var told = new HashSet<(string, string)>();
        return (from crossing in ContextCrossing.Of(subject)
                where !subject.Contexts.Between(crossing.From, crossing.To).Any()
                where told.Add((crossing.From, crossing.To))
                select new Finding
                {
                    Rule = Rule,
                    ModelPath = crossing.ModelPath,
                    Between = new ServicePair(crossing.Depends, crossing.On),
                    Subject = $"{crossing.From} depends on {crossing.To}",
                    Message = $"{crossing.Says}, so the context '{crossing.From}' depends on '{crossing.To}', and the context map does not show it.",
                    Mend = $"Say how they relate: upstream: [{{ context: {crossing.To}, as: customer-supplier }}] in '{crossing.From}', or another pattern.",
                    Patch = new ModelPatch(PatchChange.Append, $"contexts.{crossing.From}.upstream", $"{{ context: {crossing.To}, as: customer-supplier }}"),
                }).Take(CheckSubject.FindingsPerRuleMax);
    }
}
