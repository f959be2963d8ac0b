namespace Conway.CodeFacts.Sql;

/// <summary>Text to tokens of SQL, of whatever dialect: comments and strings dropped, quoted names without their quotes.</summary>
internal static class SqlLexer
{
    /// <summary>What stands where the program puts a value in.</summary>
    public const string Hole = "{}";

    public static List<SqlToken> Read(string text)
    {
        var tokens = new List<SqlToken>();
        for (var i = 0; i < text.Length;)
        {
            var sign = text[i];
            if (char.IsWhiteSpace(sign))
            {
                i++;
            }
            else if (Starts(text, i, "--"))
            {
                i = EndOf(text, i, "\n");
            }
            else if (Starts(text, i, "/*"))
            {
                i = EndOf(text, i + 2, "*/");
            }
            else if (Starts(text, i, Hole))
            {
                i += AddWord(text, i, tokens);
            }
            else if (sign == '\'')
            {
                var end = EndOfQuoted(text, i, '\'');
                tokens.Add(new(SqlTokenKind.Text, ""));
                i = end;
            }
            else if (sign is '"' or '`' || (sign == '[' && IsBracketName(text, i)))
            {
                var end = EndOfQuoted(text, i, sign == '[' ? ']' : sign);
                tokens.Add(new(SqlTokenKind.Quoted, text[(i + 1)..Math.Max(i + 1, end - 1)]));
                i = end;
            }
            else if (IsWord(sign) || sign is '@' or '#' or ':' && i + 1 < text.Length && IsWord(text[i + 1]))
            {
                i += AddWord(text, i, tokens);
            }
            else
            {
                tokens.Add(new(SqlTokenKind.Sign, sign.ToString()));
                i++;
            }
        }

        return tokens;
    }

    /// <summary>A word, with holes in it: <c>tenant_{}_orders</c>.</summary>
    private static int AddWord(string text, int from, List<SqlToken> tokens)
    {
        var i = from;
        while (i < text.Length && (IsWord(text[i]) || text[i] is '@' or '#' or '$' || (text[i] == ':' && i == from) || Starts(text, i, Hole)))
        {
            i += Starts(text, i, Hole) ? Hole.Length : 1;
        }

        var word = text[from..i];
        tokens.Add(new(char.IsDigit(word[0]) ? SqlTokenKind.Number : SqlTokenKind.Word, word));
        return i - from;
    }

    private static bool IsWord(char sign) => char.IsLetterOrDigit(sign) || sign == '_';

    private static bool Starts(string text, int at, string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;

    /// <summary>A bracket opens a name where something follows that can be one; <c>a[1]</c> and <c>[a-z]</c> are no names.</summary>
    private static bool IsBracketName(string text, int at)
    {
        var close = text.IndexOf(']', at);
        return close > at + 1 && text.AsSpan(at + 1, close - at - 1).IndexOfAny("\n[%^") < 0 && !char.IsDigit(text[at + 1]) && text.AsSpan(at + 1, close - at - 1) is not "a-z";
    }

    private static int EndOf(string text, int from, string mark) =>
        from < text.Length && text.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var at ? at + mark.Length : text.Length;

    /// <summary>Just behind the closing quote; a doubled one stands for itself.</summary>
    private static int EndOfQuoted(string text, int from, char close)
    {
        for (var i = from + 1; i < text.Length; i++)
        {
            if (text[i] == close)
            {
                if (i + 1 >= text.Length || text[i + 1] != close || close == ']')
                {
                    return i + 1;
                }

                i++;
            }
        }

        return text.Length;
    }
}

/// <summary>A token of SQL.</summary>
/// <param name="Text">The word or sign as written; a quoted name without its quotes.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text)
{
    public bool Is(string word) => Kind == SqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(char sign) => Kind == SqlTokenKind.Sign && Text[0] == sign;
}

internal enum SqlTokenKind
{
    Word,
    Quoted,
    Number,
    Text,
    Sign,
}
