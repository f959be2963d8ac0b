namespace Conway.Reader.Yaml;

/// <summary>Hides the characters of an unquoted <c>${…}</c> between brackets from the parser, one for one, so that the rest of the line can still be read.</summary>
internal sealed class ReferenceMask
{
    // Private-use characters; text that already holds one is never masked.
    private const string Plain = "${},";
    private const string Masked = "\uE000\uE001\uE002\uE003";

    /// <summary>Unquoted references from one index to another.</summary>
    public static List<(int Start, int End)> Find(string text, int from, int to)
    {
        var found = new List<(int, int)>();
        for (var i = from; i < to && i < text.Length; i++)
        {
            if (text[i] is '"' or '\'')
            {
                i = SkipQuoted(text, i);
            }
            else if (text[i] == '#' && i > 0 && char.IsWhiteSpace(text[i - 1]))
            {
                var end = text.IndexOf('\n', i);
                i = end < 0 ? text.Length : end;
            }
            else if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{')
            {
                var close = text.AsSpan(i).IndexOfAny('}', '\n');
                if (close > 0 && text[i + close] == '}')
                {
                    found.Add((i, i + close + 1));
                    i += close;
                }
            }
        }

        return found;
    }

    public static void Hide(char[] text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var at = Plain.IndexOf(text[i], StringComparison.Ordinal);
            text[i] = at < 0 ? text[i] : Masked[at];
        }
    }

    /// <summary>What was written.</summary>
    public string Unmask(string text) =>
        text.AsSpan().IndexOfAny(Masked) < 0 ? text : string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var at = Masked.IndexOf(source[i], StringComparison.Ordinal);
                span[i] = at < 0 ? source[i] : Plain[at];
            }
        });

    private static int SkipQuoted(string text, int at)
    {
        // A quote within a plain word (it's) does not open anything.
        if (at > 0 && !char.IsWhiteSpace(text[at - 1]) && text[at - 1] is not ('{' or '[' or ',' or ':'))
        {
            return at;
        }

        var quote = text[at];
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '"')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return i;
            }
        }

        return at;
    }
}
