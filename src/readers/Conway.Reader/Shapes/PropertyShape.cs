using System.Reflection;
using System.Text.RegularExpressions;
using Conway.Model;

namespace Conway.Reader.Shapes;

/// <summary>One key of a record.</summary>
internal sealed class PropertyShape
{
    private readonly Lazy<Shape> _shape;

    public PropertyShape(PropertyInfo info, object defaults)
    {
        Info = info;
        Key = info.GetCustomAttribute<KeyAttribute>()?.Name ?? KebabCase.Of(info.Name);
        About = info.GetCustomAttribute<AboutAttribute>() ?? throw new NotSupportedException($"{info.DeclaringType}.{info.Name} does not say what it is about.");
        Must = info.IsDefined(typeof(MustAttribute));
        ListOfNames = info.IsDefined(typeof(ListOfNamesAttribute));
        Refers = info.GetCustomAttribute<RefersAttribute>()?.Kind;
        Declares = info.GetCustomAttribute<DeclaresAttribute>();
        NotHonoured = info.GetCustomAttribute<NotHonouredYetAttribute>()?.Consequence;
        AnyOf = info.GetCustomAttribute<AnyOfAttribute>()?.Values ?? [];
        Matches = info.GetCustomAttribute<MatchesAttribute>();
        Expression = Matches is { } matches ? new Regex(matches.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
        Exists = info.GetCustomAttribute<ExistsAttribute>();
        Default = info.GetValue(defaults);
        _shape = new Lazy<Shape>(() => Shape.Of(info.PropertyType));
    }

    public PropertyInfo Info { get; }

    /// <summary>As written in the model.</summary>
    public string Key { get; }

    public AboutAttribute About { get; }

    public bool Must { get; }

    public bool ListOfNames { get; }

    /// <summary>The kind of thing that the value (or each key of the map) names.</summary>
    public string? Refers { get; }

    public DeclaresAttribute? Declares { get; }

    /// <summary>What happens instead, when <c>run</c> does not act on the key yet.</summary>
    public string? NotHonoured { get; }

    public IReadOnlyList<string> AnyOf { get; }

    public MatchesAttribute? Matches { get; }

    /// <summary>Compiled <see cref="Matches"/>; linear in the length of the text.</summary>
    public Regex? Expression { get; }

    public ExistsAttribute? Exists { get; }

    /// <summary>What the record holds when the key is not written.</summary>
    public object? Default { get; }

    public Shape Shape => _shape.Value;
}
