namespace Conway.Model;

/// <summary>What a key means, for the JSON Schema, <c>conway explain</c> and findings. One sentence.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Field)]
public sealed class AboutAttribute(string text) : Attribute
{
    public string Text { get; } = text;

    /// <summary>A value as one would write it in YAML.</summary>
    public string? Example { get; init; }

    /// <summary>What happens when the key is not written, where the default value alone does not say it.</summary>
    public string? Unset { get; init; }

    /// <summary>Smallest and largest value, as written in YAML; inclusive.</summary>
    public string? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public string? Max { get; init; }
}

/// <summary>The key as written, where kebab-case of the property's name is not it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KeyAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>The value names a thing of this kind that must exist: <c>service</c>, <c>team</c>, <c>context</c>, <c>capability</c>, <c>event</c>.</summary>
/// <remarks>On a map it is about the map's keys. The kind <c>operation</c> is a service's name, a dot, and an operation of it.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RefersAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;
}

/// <summary>The map declares names of this kind; its keys follow the rules for names.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeclaresAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;

    /// <summary>True for PascalCase (events), false for <c>[a-z][a-z0-9-]{0,62}</c>.</summary>
    public bool Pascal { get; init; }
}

/// <summary>A bare scalar in place of the map sets this property.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShortFormAttribute(string property) : Attribute
{
    public string Property { get; } = property;
}

/// <summary>The map may also be written as a list of names, each with all defaults.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListOfNamesAttribute : Attribute;

/// <summary>The key is required.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MustAttribute : Attribute;

/// <summary>Read and checked, but <c>conway run</c> does not act on it yet: an info finding says so.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotHonouredYetAttribute(string consequence) : Attribute
{
    /// <summary>What happens instead, as the second half of a sentence.</summary>
    public string Consequence { get; } = consequence;
}

/// <summary>Of these properties exactly one must be written.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExactlyOneAttribute(params string[] properties) : Attribute
{
    public IReadOnlyList<string> Properties { get; } = properties;
}

/// <summary>The text must be one of these.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AnyOfAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>The text must match this regular expression; on a list, each item; on a map, each key.</summary>
/// <remarks>The expression must mean the same in .NET and in ECMAScript, because it goes into the JSON Schema.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MatchesAttribute(string pattern, string says) : Attribute
{
    public string Pattern { get; } = pattern;

    /// <summary>What the text must be, as the end of the sentence "it must be …".</summary>
    public string Says { get; } = says;
}

/// <summary>The text is a path below the system's folder, and there must be something there.</summary>
/// <param name="needed">True: nothing works without it (an error). False: it may come later (a warning).</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExistsAttribute(bool needed) : Attribute
{
    public bool Needed { get; } = needed;
}
