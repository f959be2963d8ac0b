using Conway.Checks.Own;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW9001: a team's own rule that can never be broken, because it is about no service.</summary>
public sealed class RuleOfNothing : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW9001", Severity.Error, "Rule that is about nothing",
        "It is never broken whatever happens, and everybody believes that it is kept.");

    public IEnumerable<Finding> Check(CheckSubject subject) =>
        subject.Model.Rules.SelectMany(r => Selections(r.Key, r.Value).Where(s => Selection.Of(subject, s.Selection).Count == 0).Select(s => Told(subject, r.Key, s)))
            .Concat(subject.Model.Rules.SelectMany(r => Layers(subject, r.Key, r.Value)));

    private static IEnumerable<(ServiceSelection Selection, string Path)> Selections(string name, OwnRule rule)
    {
        foreach (var (dependency, key) in new[] { (rule.Forbid, "forbid"), (rule.Require, "require"), (rule.Only, "only") })
        {
            if (dependency is not null)
            {
                yield return (dependency.From, $"rules.{name}.{key}.from");
                yield return (dependency.To, $"rules.{name}.{key}.to");
            }
        }

        if (rule.Named is { } named)
        {
            yield return (named.Services, $"rules.{name}.named.services");
        }
    }

    private Finding Told(CheckSubject subject, string name, (ServiceSelection Selection, string Path) at) => new()
    {
        Rule = Rule,
        ModelPath = at.Path,
        Message = $"No service has {Selection.Words(at.Selection)}, so the rule '{name}' is about nothing.",
        Mend = Hint(subject, at.Selection) ?? $"Name what exists, or remove the rule; the services are {Spoken.Names(subject.Model.Services.Keys.Take(8))}.",
    };

    private IEnumerable<Finding> Layers(CheckSubject subject, string name, OwnRule rule)
    {
        var tags = Tags(subject);
        return from layer in rule.Layers.Index()
               where !tags.Contains(layer.Item)
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = $"rules.{name}.layers[{layer.Index}]",
                   Subject = $"{name}: layer {layer.Item}",
                   Message = $"No service has the tag '{layer.Item}', so the layer of the rule '{name}' is empty.",
                   Mend = DidYouMean.Closest(layer.Item, tags) is { } meant ? $"Write '{meant}'." : $"Tag its services, tags: [{layer.Item}], or remove the layer.",
               };
    }

    private static string? Hint(CheckSubject subject, ServiceSelection selection) =>
        selection.Tag is { } tag && !Tags(subject).Contains(tag) && DidYouMean.Closest(tag, Tags(subject)) is { } meantTag ? $"Write tag: {meantTag}."
        : selection.Name is { } name && !name.Contains('*', StringComparison.Ordinal) && DidYouMean.Closest(name, subject.Model.Services.Keys) is { } meantName ? $"Write name: {meantName}."
        : null;

    private static HashSet<string> Tags(CheckSubject subject) => subject.Model.Services.Values.SelectMany(s => s.Tags).ToHashSet(StringComparer.Ordinal);
}
