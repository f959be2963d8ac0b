using System.Text;
using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>The lines of one instruction as one text, which still knows where each of its signs stood.</summary>
/// <param name="starts">Where in the text each line begins, in order, and its number in the file.</param>
internal sealed class JoinedText(string text, IReadOnlyList<(int Start, int Line)> starts, string file)
{
    public string Text => text;

    public SourceSpan Place(int at, int length)
    {
        var (low, high) = (0, starts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = starts[middle].Start <= at ? (middle, high) : (low, middle - 1);
        }

        var end = low + 1 < starts.Count ? starts[low + 1].Start : text.Length;
        return new SourceSpan(file, starts[low].Line, 1 + at - starts[low].Start, Math.Clamp(length, 1, Math.Max(1, end - at)));
    }

    /// <summary>Words between white space; quotes hold several together and are left out.</summary>
    public IReadOnlyList<(int At, Word Word)> Words(int from, char escape)
    {
        var (words, word, begin, quote) = (new List<(int, Word)>(), new StringBuilder(), -1, '\0');
        for (var i = from; i <= text.Length; i++)
        {
            var sign = i < text.Length ? text[i] : '\0';
            if (i == text.Length || (quote == '\0' && char.IsWhiteSpace(sign)))
            {
                if (begin >= 0)
                {
                    words.Add((begin, new Word(word.ToString(), Place(begin, i - begin))));
                    word.Clear();
                    begin = -1;
                }

                continue;
            }

            begin = begin < 0 ? i : begin;
            if (quote != '\0' && sign == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && sign is '"' or '\'' && quote == '\0')
            {
                quote = sign;
            }
            else if (sign == escape && quote != '\'' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
            }
            else
            {
                word.Append(sign);
            }
        }

        return words;
    }

    /// <summary>Texts that begin behind this instruction: <c>&lt;&lt;EOF</c>, <c>&lt;&lt;-'EOF'</c>, not within quotes.</summary>
    public IEnumerable<(string Name, bool IsIndented, int At)> Heres(int from)
    {
        var quote = '\0';
        for (var i = from; i < text.Length; i++)
        {
            if (quote != '\0' || text[i] is '"' or '\'')
            {
                quote = quote == '\0' ? text[i] : text[i] == quote ? '\0' : quote;
            }
            else if (text[i] == '<' && i + 2 < text.Length && text[i + 1] == '<' && (i == 0 || char.IsWhiteSpace(text[i - 1]) || char.IsAsciiDigit(text[i - 1])))
            {
                var isIndented = text[i + 2] == '-';
                var begin = i + (isIndented ? 3 : 2);
                var end = begin;
                while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or ';' or '|' or '&' or ')'))
                {
                    end++;
                }

                if (text[begin..end].Trim('"', '\'') is { Length: > 0 } name)
                {
                    yield return (name, isIndented, i);
                }

                i = Math.Max(i + 1, end - 1);
            }
        }
    }
}
