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
        _parts = text.Split('.');
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
            if (!FitsPart(_parts[part], arity < 0 ? last : last[..arity]))
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

    /// <summary>With one star to come back to, so that no pattern takes longer than its length times the name's.</summary>
    private static bool FitsPart(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n, star, from) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, from) = (p++, n);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                (p, n) = (p + 1, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
