using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Own;

/// <summary>The rules that teams have made for their own system (<c>rules:</c>), as findings of their own codes.</summary>
internal static class OwnRules
{
    /// <summary>Each rule as a finding's rule, in order of declaration.</summary>
    public static IReadOnlyList<FindingRule> Of(SystemModel model) => [.. model.Rules.Select(r => RuleOf(r.Key, r.Value)).DistinctBy(r => r.Code)];

    /// <summary>Everything that breaks one of them.</summary>
    public static IEnumerable<Finding> Check(CheckSubject subject)
    {
        var dependencies = subject.Model.Rules.Count == 0 ? [] : Dependency.Of(subject);
        return subject.Model.Rules.SelectMany(r => Check(subject, r.Key, r.Value, dependencies));
    }

    private static IEnumerable<Finding> Check(CheckSubject subject, string name, OwnRule rule, IReadOnlyList<Dependency> dependencies) =>
        rule switch
        {
            { Forbid: { } forbid } => Forbidden(subject, name, rule, forbid, dependencies),
            { Require: { } require } => Required(subject, name, rule, require, dependencies),
            { Only: { } only } => Only(subject, name, rule, only, dependencies),
            { Named: { } named } => Named(subject, name, rule, named),
            { Layers.Count: > 0 } => Layers(subject, name, rule, dependencies),
            _ => [],
        };

    private static IEnumerable<Finding> Forbidden(CheckSubject subject, string name, OwnRule rule, DependencyRule forbid, IReadOnlyList<Dependency> dependencies)
    {
        var (from, to) = (Selection.Of(subject, forbid.From), Selection.Of(subject, forbid.To));
        return dependencies.Where(d => d.Is(forbid.By) && from.Contains(d.From) && to.Contains(d.To)).Select(d => Told(
            name, rule, d.ModelPath, $"{d.From} on {d.To}", $"{d.Says}, which the rule '{name}' forbids.",
            $"Remove the dependency; what '{d.From}' needs must come from somewhere that is no {Selection.Words(forbid.To)}."));
    }

    private static IEnumerable<Finding> Only(CheckSubject subject, string name, OwnRule rule, DependencyRule only, IReadOnlyList<Dependency> dependencies)
    {
        var (from, to) = (Selection.Of(subject, only.From), Selection.Of(subject, only.To));
        return dependencies.Where(d => d.Is(only.By) && from.Contains(d.From) && !to.Contains(d.To) && !from.Contains(d.To)).Select(d => Told(
            name, rule, d.ModelPath, $"{d.From} on {d.To}", $"{d.Says}, and by the rule '{name}' it may depend on {Selection.Words(only.To)} only.",
            to.Count == 0 ? "Remove the dependency." : $"Go through {Spoken.Names(to.Take(5))}."));
    }

    private static IEnumerable<Finding> Required(CheckSubject subject, string name, OwnRule rule, DependencyRule require, IReadOnlyList<Dependency> dependencies)
    {
        var to = Selection.Of(subject, require.To);
        return Selection.Of(subject, require.From)
            .Where(s => !to.Contains(s) && !dependencies.Any(d => d.Is(require.By) && d.From == s && to.Contains(d.To)))
            .Select(s => Told(
                name, rule, $"services.{s}", s, $"'{s}' depends on no {Selection.Words(require.To)}, as the rule '{name}' requires.",
                to.Count == 0 ? "Add such a service first." : $"Declare it: calls: {{ {to[0]}: 1s }}{(to.Count > 1 ? ", or another of them" : "")}."));
    }

    private static IEnumerable<Finding> Named(CheckSubject subject, string name, OwnRule rule, NamingRule named) =>
        Selection.Of(subject, named.Services).Where(s => !Selection.IsLike(s, named.Like)).Select(s => Told(
            name, rule, $"services.{s}", s, $"'{s}' is not called like {named.Like}, as the rule '{name}' wants of {Selection.Words(named.Services)}.",
            $"Give it a name like {named.Like}, or do not count it among them."));

    private static IEnumerable<Finding> Layers(CheckSubject subject, string name, OwnRule rule, IReadOnlyList<Dependency> dependencies)
    {
        int LayerOf(string service) => rule.Layers.Index().Where(l => subject.Model.Services[service].Tags.Contains(l.Item)).Select(l => l.Index).DefaultIfEmpty(-1).First();
        return from dependency in dependencies
               where dependency.Kind == DependencyKind.Calls
               let lower = LayerOf(dependency.From)
               let upper = LayerOf(dependency.To)
               where lower > upper && upper >= 0
               select Told(
                   name, rule, dependency.ModelPath, $"{dependency.From} on {dependency.To}",
                   $"{dependency.Says}: from layer '{rule.Layers[lower]}' up to '{rule.Layers[upper]}', which the rule '{name}' forbids.",
                   $"Let '{dependency.From}' publish an event that '{dependency.To}' handles, or move what is needed down.");
    }

    private static Finding Told(string name, OwnRule rule, string path, string about, string message, string mend) => new()
    {
        Rule = RuleOf(name, rule),
        ModelPath = path,
        Subject = $"{name}: {about}",
        Message = message,
        Mend = mend,
    };

    private static FindingRule RuleOf(string name, OwnRule rule) => new(
        rule.Code,
        rule.Weight switch { RuleWeight.Error => Severity.Error, RuleWeight.Info => Severity.Info, _ => Severity.Warning },
        $"Rule '{name}'",
        rule.Because.Length == 0 ? "" : char.ToUpperInvariant(rule.Because[0]) + rule.Because[1..].TrimEnd('.') + ".");
}
