using System.Reflection;
using Conway.Model;

namespace Conway.Reader.Shapes;

/// <summary>The kinds of single value that a model holds.</summary>
internal enum ScalarKind
{
    Text,
    Integer,
    Boolean,
    Duration,
    Size,
    Rate,
    Percentage,
    Date,
    Choice,
}

/// <summary>A single value.</summary>
internal sealed class ScalarShape : Shape
{
    private ScalarShape(Type type, ScalarKind kind)
        : base(type)
    {
        Kind = kind;
        Choices = kind == ScalarKind.Choice ? ChoicesOf(type) : [];
    }

    public ScalarKind Kind { get; }

    /// <summary>The values of an enum as written, what they mean, and what they are.</summary>
    public IReadOnlyList<(string Name, string About, object Value)> Choices { get; }

    public static ScalarShape? TryOf(Type type) =>
        type == typeof(string) ? new(type, ScalarKind.Text)
        : type == typeof(int) ? new(type, ScalarKind.Integer)
        : type == typeof(bool) ? new(type, ScalarKind.Boolean)
        : type == typeof(TimeSpan) ? new(type, ScalarKind.Duration)
        : type == typeof(ByteSize) ? new(type, ScalarKind.Size)
        : type == typeof(Rate) ? new(type, ScalarKind.Rate)
        : type == typeof(Percentage) ? new(type, ScalarKind.Percentage)
        : type == typeof(DateOnly) ? new(type, ScalarKind.Date)
        : type.IsEnum ? new(type, ScalarKind.Choice)
        : null;

    private static List<(string, string, object)> ChoicesOf(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(f => f.MetadataToken)
            .Select(f => (f.GetCustomAttribute<KeyAttribute>()?.Name ?? KebabCase.Of(f.Name), f.GetCustomAttribute<AboutAttribute>()?.Text ?? "", f.GetValue(null)!))];
}
