using Conway.Model;

namespace Conway.Scaffolding.Making;

/// <summary>A rule as it was asked for in one word: <c>tag=web:context=billing</c>.</summary>
internal sealed class AskedRule
{
    private IReadOnlyList<Condition>? _from;
    private IReadOnlyList<Condition>? _to;
    private string? _like;
    private string[] _layers = [];

    /// <summary>The key of the model: <c>forbid</c>, <c>require</c>, <c>only</c>, <c>layers</c>, <c>named</c>.</summary>
    public required string Key { get; init; }

    /// <param name="problem">What to write instead, when it is not understood.</param>
    public static AskedRule? Of(string key, string value, out string? problem)
    {
        var parts = value.Split(':');
        var rule = key switch
        {
            "layers" => value.Split(',', StringSplitOptions.TrimEntries) is var tags && tags.Length > 1 && tags.All(tag => tag.Length > 0) && tags.Distinct().Count() == tags.Length
                ? new AskedRule { Key = key, _layers = tags } : null,
            "named" => parts is [var like] && IsPattern(like) ? new AskedRule { Key = key, _like = like }
                : parts is [var who, var named] && Chosen(who) is { } some && IsPattern(named) ? new AskedRule { Key = key, _from = some, _like = named } : null,
            _ => parts is [var from, var to] && Chosen(from) is { } ones && Chosen(to) is { } others ? new AskedRule { Key = key, _from = ones, _to = others } : null,
        };
        problem = rule is not null ? null : $"'--{key} {Short(value)}' is not understood. " + key switch
        {
            "layers" => "Write the tags of the layers, uppermost first: web,domain,data.",
            "named" => "Write what names are like, or of which services: '*-gateway', 'tag=gateway:*-gateway'.",
            _ => "Write which services and on which they depend, each by name, context=, team= or tag=: 'tag=web:context=billing'.",
        };
        return rule;
    }

    /// <summary>As the model has it.</summary>
    /// <param name="by">What counts as depending; null for the model's default.</param>
    public string Yaml(string? by) => Key switch
    {
        "layers" => $"[{string.Join(", ", _layers.Select(YamlWord.Of))}]",
        "named" => $"{{ {(_from is null ? "" : $"services: {Yaml(_from)}, ")}like: {YamlWord.Of(_like!)} }}",
        _ => $"{{ from: {Yaml(_from!)}, to: {Yaml(_to!)}{(by is null ? "" : $", by: {by}")} }}",
    };

    /// <summary>As an expression over <c>Services</c>. Layers have none.</summary>
    /// <param name="by">What counts as depending; null for calls.</param>
    public string Code(string? by) => Key == "named"
        ? $"{Code(_from ?? [])}.MustBeNamed({CSharpText.Of(_like!)})"
        : $"{Code(_from!)}.{Key switch { "forbid" => "MustNotDependOn", "only" => "MayDependOnlyOn", _ => "MustDependOn" }}({Code(_to!)}{(by is null ? "" : $", DependencyKind.{CodeName.Pascal(by)}")})";

    private static string Yaml(IReadOnlyList<Condition> chosen) => chosen is [{ Key: "" } name] ? YamlWord.Of(name.Value)
        : $"{{ {string.Join(", ", chosen.Select(one => $"{one.Key}: {YamlWord.Of(one.Value)}"))} }}";

    private static string Code(IReadOnlyList<Condition> chosen) => "Services" + string.Concat(chosen.Select(one =>
        $".{one.Key switch { "context" => "InContext", "team" => "OfTeam", "tag" => "Tagged", _ => "Named" }}({CSharpText.Of(one.Value)})"));

    /// <summary><c>web</c>, <c>tag=web</c>, <c>context=shop,tag=web</c>; null when it is not understood.</summary>
    private static IReadOnlyList<Condition>? Chosen(string text)
    {
        var conditions = text.Split(',', StringSplitOptions.TrimEntries).Select(one => one.Split('=', 2)).ToArray();
        if (conditions is [[var name]])
        {
            return IsPattern(name) ? [new Condition("", name)] : null;
        }

        var isSound = conditions.All(one => one is [var key, { Length: > 0 } value] && (key is "tag" ? !value.Any(char.IsControl) : key is "name" ? IsPattern(value) : key is "context" or "team" && Names.IsName(value)))
            && conditions.DistinctBy(one => one[0]).Count() == conditions.Length;
        return isSound ? [.. conditions.Select(one => new Condition(one[0], one[1]))] : null;
    }

    private static bool IsPattern(string text) => text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '*');

    private static string Short(string text) => string.Concat((text.Length > 80 ? text[..80] + "…" : text).Select(c => char.IsControl(c) ? ' ' : c));

    /// <param name="Key">Empty for a bare name.</param>
    private sealed record Condition(string Key, string Value);
}
