using System.Text;
using Conway.Findings;

namespace Conway.Reader;

/// <summary>What is known about one place in a model.</summary>
/// <param name="Path">As it was asked for.</param>
/// <param name="About">What it means, with what happens when it is not written.</param>
/// <param name="Type">What may stand there.</param>
public sealed record Explanation(string Path, string About, string Type)
{
    /// <summary>Whether it must be written.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The value when nothing is written. Unset: there is none.</summary>
    public string? Default { get; init; }

    /// <summary><c>1ms to 5m</c>. Unset: there are none.</summary>
    public string? Bounds { get; init; }

    /// <summary>As one would write it. Unset: there is none.</summary>
    public string? Example { get; init; }

    /// <summary>The value in the model that was read, written or default. Unset: there is none, or no model was given.</summary>
    public string? Value { get; init; }

    /// <summary>Where it was written. Unset: it was not, so <see cref="Value"/> is the default.</summary>
    public SourceSpan? Place { get; init; }

    /// <summary>The keys below it, or the values it may have, each with its meaning.</summary>
    public IReadOnlyList<(string Name, string About)> Parts { get; init; } = [];

    /// <summary>As text, one fact a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Path).Append("\n  ").Append(About).Append('\n');
        Line(text, "type", Type + (IsRequired ? ", required" : ""));
        Line(text, "default", Default);
        Line(text, "bounds", Bounds);
        Line(text, "example", Example);
        Line(text, "here", Value is null ? null : Value + (Place is { } place ? $"   ({place})" : "   (default)"));
        var width = Parts.Count == 0 ? 0 : Parts.Max(p => p.Name.Length);
        foreach (var (name, about) in Parts)
        {
            text.Append("    ").Append(name.PadRight(width)).Append("  ").Append(about).Append('\n');
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append("  ").Append(label.PadRight(9)).Append(value).Append('\n');
        }
    }
}
