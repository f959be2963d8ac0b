namespace Conway.AddressFacts;

/// <summary>Takes the comments out of a source, so that what is said about an address is not taken for its use.</summary>
/// <remarks>Knows two families of languages: those that comment with <c>//</c> and <c>/* */</c>, and those that do with <c>#</c>. Texts are kept. What is written
/// oddly (an expression with a quote in it, a raw text over lines) may end a line early or late, never the whole.</remarks>
internal static class Comments
{
    private static readonly HashSet<string> Hash = new([".py", ".rb", ".ex", ".exs", ".pl", ".sh", ".r", ".jl"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The same text, of the same length and lines, with blanks where comments were.</summary>
    public static string Blanked(string file, string text)
    {
        var isHash = Hash.Contains(Path.GetExtension(file));
        var signs = text.ToCharArray();
        for (var i = 0; i < signs.Length;)
        {
            i = signs[i] switch
            {
                '"' or '\'' or '`' => EndOfText(text, i),
                '#' when isHash => Blank(signs, i, EndOfLine(text, i)),
                '/' when !isHash && i + 1 < text.Length && text[i + 1] == '/' && (i == 0 || text[i - 1] != ':') => Blank(signs, i, EndOfLine(text, i)),
                '/' when !isHash && i + 1 < text.Length && text[i + 1] == '*' => Blank(signs, i, EndOfBlock(text, i)),
                _ => i + 1,
            };
        }

        return new string(signs);
    }

    // A text ends with its line: only those in backticks go on, and those of a raw text begin anew on each.
    private static int EndOfText(string text, int from)
    {
        for (var i = from + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[from] || (text[i] == '\n' && text[from] != '`'))
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static int EndOfLine(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end;
    }

    private static int EndOfBlock(string text, int from)
    {
        var end = text.IndexOf("*/", from + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 2;
    }

    private static int Blank(char[] signs, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            if (signs[i] is not ('\n' or '\r'))
            {
                signs[i] = ' ';
            }
        }

        return end;
    }
}
