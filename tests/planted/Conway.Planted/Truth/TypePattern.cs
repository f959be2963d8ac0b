namespace Conway.Planted.Truth;

/// <summary>A name in a truth file: <c>Order</c>, <c>Entities.Order</c>, <c>Payment*</c>, <c>Shop.Jobs.*</c> or <c>PlaceOrder.Line</c>.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Line">Where; 0 when it was not read from a text.</param>
public sealed record TypePattern(string Text, int Line = 0)
{
    private readonly string[] _parts = Text.Split('.');

    /// <summary>Whether it can stand for several types.</summary>
    public bool IsGlob { get; } = Text.AsSpan().ContainsAny('*', '?');

    /// <summary>A name beats a glob, and among both the one with more parts beats the one with fewer.</summary>
    public int Weight => _parts.Length + (IsGlob ? 0 : 1000);

    /// <summary>Its parts, compared with the last parts of the type's full name. A nested type is meant only when its outer type is named, too.</summary>
    /// <param name="type">As in metadata, without arity: <c>Shop.Dtos.PlaceOrder+Line</c>.</param>
    public bool Matches(string type)
    {
        var names = type.Split('.', '+');
        if (_parts.Length > names.Length || _parts.Length <= type.Count(c => c == '+'))
            return false;
        for (var i = 1; i <= _parts.Length; i++)
        {
            if (!MatchesPart(_parts[^i], names[^i]))
                return false;
        }

        return true;
    }

    public override string ToString() => Text;

    // The last star is remembered, and takes one character more each time that what follows it does not fit: no recursion, no blow-up.
    private static bool MatchesPart(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, taken = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, taken, p) = (p, n, p + 1);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
                (p, n) = (p + 1, n + 1);
            else if (star >= 0)
                (p, n) = (star + 1, ++taken);
            else
                return false;
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
