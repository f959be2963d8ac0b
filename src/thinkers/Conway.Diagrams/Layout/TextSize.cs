namespace Conway.Diagrams.Layout;

/// <summary>How wide text gets in a sans-serif font, without a font: widths of classes of letters, rounded up, so that boxes are never too narrow.</summary>
internal static class TextSize
{
    /// <summary>Line height over font size.</summary>
    public const double LineHeight = 1.35;

    /// <summary>In the unit of <paramref name="size"/>.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        var width = 0.0;
        foreach (var letter in text)
        {
            width += letter switch
            {
                'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => .32,
                'f' or 't' or 'r' or 'I' or ' ' or '(' or ')' or '[' or ']' or '/' or '-' => .42,
                'm' or 'w' or 'M' or 'W' or '@' or '%' => .92,
                >= 'A' and <= 'Z' => .72,
                < '\u0250' => .6,
                _ => 1.0,
            };
        }

        return width * size * (bold ? 1.08 : 1);
    }

    /// <summary>Words in lines no wider than <paramref name="widthMax"/>, except for a word that is; what exceeds <paramref name="linesMax"/> ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double widthMax, int linesMax)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Width(longer, size) > widthMax)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        if (lines.Count > linesMax)
        {
            lines.RemoveRange(linesMax, lines.Count - linesMax);
            lines[^1] += "…";
        }

        return lines;
    }
}
