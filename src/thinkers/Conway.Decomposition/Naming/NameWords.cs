namespace Conway.Decomposition.Naming;

/// <summary>The words of a name: <c>IOrderLineRepository</c> says order, line, repository.</summary>
public static class NameWords
{
    /// <summary>Words in small letters, in their order; plurals brought to the singular where that is plain; single letters left out.</summary>
    public static IEnumerable<string> Of(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && i > start && Joins(name, i))
            {
                continue;
            }

            if (i > start && char.IsLetter(name[start]))
            {
                var word = Singular(name[start..i].ToLowerInvariant());
                if (word.Length > 1)
                {
                    yield return word;
                }
            }

            start = i;
        }
    }

    /// <summary>Whether a letter goes on the word before it.</summary>
    private static bool Joins(string name, int i)
    {
        var (before, at) = (name[i - 1], name[i]);
        if (!char.IsLetter(at) || !char.IsLetter(before))
        {
            return false;
        }

        // An abbreviation ends before the last capital that a small letter follows: XMLFile is xml, file.
        return !char.IsUpper(at) || (char.IsUpper(before) && !(i + 1 < name.Length && char.IsLower(name[i + 1])));
    }

    /// <summary><c>categories</c> → <c>category</c>, <c>boxes</c> → <c>box</c>, <c>orders</c> → <c>order</c>; <c>status</c>, <c>address</c>, <c>bus</c> stay.</summary>
    public static string Singular(string word)
    {
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word[..^3] + "y";
        }

        if (word.Length > 4 && (word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal)))
        {
            return word[..^2];
        }

        if (word == "ids")
        {
            return "id";
        }

        return word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
    }
}
