using System.Text;

namespace Conway.Cli;

/// <summary>A page of Markdown for a terminal: headings strong, code set in, paragraphs wrapped. Only what our own pages use.</summary>
internal static class PageText
{
    private const int WidthMax = 100;

    public static string Render(string page, int? width, Ink ink)
    {
        var text = new StringBuilder();
        var columns = Math.Min(width ?? WidthMax, WidthMax);
        var paragraph = new StringBuilder();
        var indent = "";
        var (inBlock, inCode) = (false, false);
        foreach (var line in page.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                Flush();
                inBlock = !inBlock;
                inCode = inBlock && line != "```finding";
                indent = inBlock && !inCode ? "    " : "";
                paragraph.Append(indent);
            }
            else if (inCode)
            {
                text.Append("    ").Append(ink.Accent(line)).Append('\n');
            }
            else if (line.StartsWith('#'))
            {
                Flush();
                text.Append(ink.Strong(line.TrimStart('#', ' '))).Append('\n');
            }
            else if (line.Length == 0)
            {
                Flush();
                text.Append('\n');
            }
            else
            {
                if (ItemIndent(line) is { } itemIndent)
                {
                    Flush();
                    indent = itemIndent;
                }

                paragraph.Append(paragraph.Length > 0 ? " " : "").Append(line.Trim());
            }
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            var lead = "";
            foreach (var line in Wrapped(Plain(paragraph.ToString()), columns - indent.Length))
            {
                text.Append(lead).Append(line).Append('\n');
                lead = indent;
            }

            paragraph.Clear();
            indent = "";
        }
    }

    /// <summary>How far the lines of a list item after the first stand in; null when the line begins none.</summary>
    private static string? ItemIndent(string line)
    {
        if (line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal))
        {
            return "  ";
        }

        var dot = line.IndexOf(". ", StringComparison.Ordinal);
        return dot is > 0 and <= 3 && line[..dot].All(char.IsAsciiDigit) ? new string(' ', dot + 2) : null;
    }

    private static string Plain(string text) => text.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    internal static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }
}
