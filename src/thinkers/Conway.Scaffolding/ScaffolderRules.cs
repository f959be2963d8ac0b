using System.Globalization;
using Conway.Model;
using Conway.Scaffolding.Making;

namespace Conway.Scaffolding;

public static partial class Scaffolder
{
    private const int OwnCodeMin = 9100;
    private const int OwnCodeMax = 9999;
    private const int SentenceMax = 500;

    /// <summary>A rule of the team's own, under the next code that is free.</summary>
    /// <param name="name">Of the rule.</param>
    /// <param name="because">What goes wrong if nobody keeps it; null when nobody said.</param>
    /// <param name="weight">Of a breach: <c>info</c>, <c>warning</c>, <c>error</c>.</param>
    /// <param name="by">What counts as depending: <c>calls</c>, <c>events</c>, <c>any</c>; null for the model's default.</param>
    /// <param name="says">What was asked for, by the key of the model: exactly one is a rule. <c>forbid</c>, <c>require</c>, <c>only</c>: <c>tag=web:context=billing</c>; <c>layers</c>: <c>web,domain</c>; <c>named</c>: <c>tag=web:*-web</c>.</param>
    public static ScaffoldPlan Check(ScaffoldFacts facts, string name, string? because, string weight, string? by, IReadOnlyList<(string Key, string Value)> says)
    {
        var problem = CodeName.Plain("a rule", name)
            ?? (string.IsNullOrWhiteSpace(because) ? "a rule has a reason: --because 'card data must not reach the storefront'." : null)
            ?? (because!.Length > SentenceMax || because.Any(char.IsControl) ? $"a reason is one sentence on one line, of at most {SentenceMax} characters." : null)
            ?? (says.Count != 1 ? $"a rule says exactly one of --forbid, --require, --only, --layers and --named{(says.Count == 0 ? "" : $", not {string.Join(" and ", says.Select(one => "--" + one.Key))}")}." : null)
            ?? (by is not null && says[0].Key is "layers" or "named" ? $"--by says what counts as depending, and --{says[0].Key} is not about that." : null);
        if (problem is not null || Said(says[0].Key, says[0].Value, by, out problem) is not { } said)
        {
            return ScaffoldPlan.No(problem!);
        }

        return FreeCode(facts.Model) is not { } code ? ScaffoldPlan.No($"every code from CW{OwnCodeMin} to CW{OwnCodeMax} is in use. Remove a rule first.") : new ScaffoldPlan
        {
            Model = [new ModelEdit($"rules.{name}", $"code: CW{code}\nbecause: {YamlWord.Of(because!.Trim())}\nweight: {weight}\n{says[0].Key}: {said}")],
        };
    }

    /// <summary>Above every code that is or was in use, since baselines and suppressions know a rule by it.</summary>
    private static int? FreeCode(SystemModel model)
    {
        var used = model.Rules.Values.Select(rule => rule.Code).Concat(model.Suppress.Select(one => one.Finding))
            .Select(code => code.Length == 6 && int.TryParse(code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= OwnCodeMin ? number : OwnCodeMin - 1).ToHashSet();
        var next = used.Append(OwnCodeMin - 1).Max() + 1;
        return next <= OwnCodeMax ? next : Enumerable.Range(OwnCodeMin, OwnCodeMax - OwnCodeMin + 1).Where(code => !used.Contains(code)).Select(code => (int?)code).FirstOrDefault();
    }

    /// <summary>What a rule says, in YAML; null when it is not understood.</summary>
    private static string? Said(string key, string value, string? by, out string? problem)
    {
        var parts = value.Split(':');
        var text = key switch
        {
            "layers" => value.Split(',', StringSplitOptions.TrimEntries) is var tags && tags.Length > 1 && tags.All(tag => tag.Length > 0) && tags.Distinct().Count() == tags.Length
                ? $"[{string.Join(", ", tags.Select(YamlWord.Of))}]" : null,
            "named" => parts is [var like] && IsPattern(like) ? $"{{ like: {YamlWord.Of(like)} }}"
                : parts is [var who, var named] && Chosen(who) is { } some && IsPattern(named) ? $"{{ services: {some}, like: {YamlWord.Of(named)} }}" : null,
            _ => parts is [var from, var to] && Chosen(from) is { } ones && Chosen(to) is { } others
                ? $"{{ from: {ones}, to: {others}{(by is null ? "" : $", by: {by}")} }}" : null,
        };
        problem = text is not null ? null : $"'--{key} {Short(value)}' is not understood. " + key switch
        {
            "layers" => "Write the tags of the layers, uppermost first: web,domain,data.",
            "named" => "Write what names are like, or of which services: '*-gateway', 'tag=gateway:*-gateway'.",
            _ => "Write which services and on which they depend, each by name, context=, team= or tag=: 'tag=web:context=billing'.",
        };
        return text;
    }

    /// <summary><c>web</c>, <c>tag=web</c>, <c>context=shop,tag=web</c>: as the model has it; null when it is not understood.</summary>
    private static string? Chosen(string text)
    {
        var conditions = text.Split(',', StringSplitOptions.TrimEntries).Select(one => one.Split('=', 2)).ToArray();
        if (conditions is [[var name]])
        {
            return IsPattern(name) ? YamlWord.Of(name) : null;
        }

        var isSound = conditions.All(one => one is [var key, { Length: > 0 } value] && (key is "tag" ? !value.Any(char.IsControl) : key is "name" ? IsPattern(value) : key is "context" or "team" && Names.IsName(value)))
            && conditions.DistinctBy(one => one[0]).Count() == conditions.Length;
        return isSound ? $"{{ {string.Join(", ", conditions.Select(one => $"{one[0]}: {YamlWord.Of(one[1])}"))} }}" : null;
    }

    private static bool IsPattern(string text) => text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '*');

    private static string Short(string text) => string.Concat((text.Length > 80 ? text[..80] + "…" : text).Select(c => char.IsControl(c) ? ' ' : c));
}
