using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW3306: something the business can do that no context realises, or that contexts of several teams do.</summary>
public sealed class CapabilityOwnership : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3306", Severity.Warning, "Capability of nobody or of several teams",
        "What nobody realises is missing or hidden somewhere; what two teams realise is built twice or falls between them.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var contexts = subject.Model.Contexts.Where(c => c.Value.Capability is not null).ToLookup(c => c.Value.Capability!, StringComparer.Ordinal);

        // A first list of capabilities says nothing about contexts yet.
        if (contexts.Count == 0)
        {
            yield break;
        }

        foreach (var name in subject.Model.Capabilities.Keys)
        {
            var teams = contexts[name].Select(c => c.Value.Team).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
            if (!contexts[name].Any())
            {
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = $"capabilities.{name}",
                    Message = $"No context realises the capability '{name}'.",
                    Mend = $"Write capability: {name} in the context that does it, or remove the capability.",
                };
            }
            else if (teams.Length > 1)
            {
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = $"capabilities.{name}",
                    Message = $"The capability '{name}' is realised by {Spoken.Names(contexts[name].Select(c => c.Key))} of the teams {Spoken.Names(teams)}.",
                    Mend = $"Name the parts of '{name}' as capabilities of their own, one for each team, or give it to one of them.",
                    Measure = new Measure(teams.Length, 1, "teams"),
                };
            }
        }
    }
}
