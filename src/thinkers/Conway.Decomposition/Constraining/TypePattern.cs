using System.IO.Enumeration;

namespace Conway.Decomposition.Constraining;

/// <summary>A name that stands for types: <c>Order</c>, <c>Billing.Order</c>, <c>Common.*</c>.</summary>
/// <remarks>Compared with the last parts of a type's full name, without type parameters; <c>*</c> stands for any characters within a part, <c>?</c> for one.
/// Upper and lower case differ, as in C#.</remarks>
public sealed class TypePattern : IEquatable<TypePattern>
{
    private readonly string[] _parts;

    /// <param name="text">As written; not empty.</param>
    public TypePattern(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Text = text;

        // A backslash would take the meaning from the sign after it; no name of a type has one, nor a slash.
        _parts = text.Replace('\\', '/').Split('.');
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Whether a full name ends in this: <c>Shop.Billing.Order</c>, <c>Shop.Repository`1</c>, <c>Shop.Order.Line</c>.</summary>
    public bool Fits(ReadOnlySpan<char> fullName)
    {
        for (var part = _parts.Length - 1; part >= 0; part--)
        {
            if (fullName.IsEmpty)
            {
                return false;
            }

            var dot = fullName.LastIndexOf('.');
            var last = fullName[(dot + 1)..];
            var arity = last.IndexOf('`');
            if (!FileSystemName.MatchesSimpleExpression(_parts[part], arity < 0 ? last : last[..arity], ignoreCase: false))
            {
                return false;
            }

            fullName = dot < 0 ? [] : fullName[..dot];
        }

        return true;
    }

    public bool Equals(TypePattern? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as TypePattern);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
