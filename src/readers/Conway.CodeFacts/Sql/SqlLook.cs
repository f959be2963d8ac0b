namespace Conway.CodeFacts.Sql;

/// <summary>Tells SQL from sentences: <c>Select an item from the list</c> is none.</summary>
internal static class SqlLook
{
    private static readonly string[] First =
        ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "TRUNCATE", "EXEC", "EXECUTE", "CALL", "REPLACE", "IF", "DECLARE", "BEGIN", "SET", "CREATE", "ALTER", "USE"];

    /// <summary>What a statement holds and a sentence does not.</summary>
    private static readonly char[] Strong = ['*', '=', '@', '(', '[', ',', ';', '`', '"', '#', '_', '{'];

    /// <summary>Whether a text can be SQL, by its first word and what else is in it.</summary>
    public static bool MayBe(string text)
    {
        var start = Start(text);
        if (start < 0)
        {
            return false;
        }

        var word = WordAt(text, start);
        if (!First.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        var isUpper = word.All(char.IsUpper);
        var isLower = word.All(char.IsLower);
        var rest = text.AsSpan(start + word.Length);
        return isUpper || ((isLower || rest.Contains('\n')) && rest.IndexOfAny(Strong) >= 0)
            ? HasSecond(rest)
            : rest.IndexOfAny(Strong) >= 0 && HasUpperSecond(rest, text);
    }

    /// <summary>Behind blanks, comments and opening parentheses.</summary>
    private static int Start(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || text[i] is '(' or ';')
            {
                i++;
            }
            else if (string.CompareOrdinal(text, i, "--", 0, 2) == 0)
            {
                i = text.IndexOf('\n', i);
                if (i < 0)
                {
                    return -1;
                }
            }
            else if (string.CompareOrdinal(text, i, "/*", 0, 2) == 0)
            {
                i = text.IndexOf("*/", i, StringComparison.Ordinal) + 2;
                if (i < 2)
                {
                    return -1;
                }
            }
            else
            {
                return char.IsLetter(text[i]) ? i : -1;
            }
        }

        return -1;
    }

    private static string WordAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        // "Selected", "updates", "Insert-mode" are words of a language.
        return end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('*' or '(' or '[' or '"' or '`' or '@' or '{' or ';') ? "" : text[at..end];
    }

    private static bool HasSecond(ReadOnlySpan<char> rest) => !rest.IsWhiteSpace();

    /// <summary>Select … From …, capitalised throughout, as some write it: every word that follows must be there too.</summary>
    private static bool HasUpperSecond(ReadOnlySpan<char> rest, string text) =>
        text.TrimStart().StartsWith("Select", StringComparison.Ordinal) ? rest.Contains(" From ", StringComparison.Ordinal)
        : text.TrimStart().StartsWith("Insert", StringComparison.Ordinal) ? rest.Contains(" Into ", StringComparison.Ordinal)
        : text.TrimStart().StartsWith("Delete", StringComparison.Ordinal) ? rest.Contains(" From ", StringComparison.Ordinal) && rest.Contains(" Where ", StringComparison.Ordinal)
        : text.TrimStart().StartsWith("Update", StringComparison.Ordinal) && rest.Contains(" Set ", StringComparison.Ordinal);
}
