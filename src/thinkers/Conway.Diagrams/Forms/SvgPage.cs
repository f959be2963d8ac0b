using System.Globalization;
using System.Text;
using Conway.Diagrams.Layout;

namespace Conway.Diagrams.Forms;

/// <summary>An SVG document under way.</summary>
internal sealed class SvgPage
{
    public const double Margin = 24;
    public const double TitleHeight = 40;

    // In both themes text has a contrast of at least 4.5 : 1 to what is behind it, and lines of at least 3 : 1 to the page (WCAG 2.2, 1.4.3 and 1.4.11).
    internal const string Style = """
        .page { fill: #ffffff } text { font-family: system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1c2430 } .title { font-size: 18px; font-weight: 600 }
        .name { font-size: 14px; font-weight: 600 } .says { font-size: 11px; fill: #556070 } .line { font-size: 11px; fill: #38424f } .label { font-size: 11px; fill: #38424f } .plate { fill: #fafbfc; fill-opacity: .9 }
        .head { font-size: 12px; font-weight: 600; fill: #414c5a } .frame { fill: #7a8699; fill-opacity: .07; stroke: #818c9c; stroke-dasharray: 6 4 }
        .box { stroke-width: 1.5px; fill: #eef3fb; stroke: #3d6fb6 } .Store { fill: #eef7f0; stroke: #3c8455 } .Person { fill: #f5f0fb; stroke: #7a56ab } .External { fill: #f4f4f4; stroke: #6b7480; stroke-dasharray: 5 3 } .Gateway { fill: #fdf3e7; stroke: #b06f1c }
        .Part { fill: #f7f9fc } .Context { fill: #fbf6ea; stroke: #957417 } .System { fill: #dbe7f8 }
        .arrow { fill: none; stroke: #5b6778; stroke-width: 1.4px } .Sends { stroke-dasharray: 6 4 } .Keeps { stroke: #3c8455 } .tip { fill: #5b6778 } .life { stroke: #818c9c; stroke-dasharray: 4 4 } .note { fill: #fff8e1; stroke: #9a7c1f }
        @media (prefers-color-scheme: dark) {
        .page { fill: #14181f } text { fill: #e7ecf3 } .says { fill: #a3afbf } .line { fill: #c5cedb } .label { fill: #c5cedb } .plate { fill: #171c24 } .head { fill: #b4bfcd } .frame { fill: #8fa0b8; fill-opacity: .07; stroke: #5d6b7e }
        .box { fill: #1d2a3f; stroke: #6f9fe4 } .Store { fill: #1b2f24; stroke: #67b685 } .Person { fill: #2a2138; stroke: #b294e0 } .External { fill: #23282f; stroke: #97a2b0 } .Gateway { fill: #35281a; stroke: #dfa256 }
        .Part { fill: #1a212c } .Context { fill: #2f2818; stroke: #cfa93e } .System { fill: #23395c }
        .arrow { stroke: #98a5b7 } .Keeps { stroke: #67b685 } .tip { fill: #98a5b7 } .life { stroke: #5d6b7e } .note { fill: #3a3113; stroke: #b7952e } }
        """;

    private readonly StringBuilder _text = new();

    /// <param name="title">Heading, read aloud first.</param>
    /// <param name="content">Of all that stands below the heading, without margins.</param>
    public SvgPage(string title, Size content)
    {
        var width = Math.Max(content.Width, TextSize.Width(title, 18, bold: true)) + Margin * 2;
        var height = content.Height + TitleHeight + Margin * 2;
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(width)}\" height=\"{Number(height)}\" viewBox=\"0 0 {Number(width)} {Number(height)}\" role=\"img\" aria-labelledby=\"title\">");
        Add($"<!-- {DiagramForms.Mark} -->");
        Add($"<title id=\"title\">{Escaped(title)}</title>");
        Add($"<style>\n{Style}\n</style>");
        Add("<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"tip\" d=\"M0 0 10 5 0 10z\"/></marker></defs>");
        Add("<rect class=\"page\" width=\"100%\" height=\"100%\"/>");
        Text("title", title, Margin, Margin + 18);
        Add($"<g transform=\"translate({Number(Margin)} {Number(Margin + TitleHeight)})\">");
    }

    public void Add(string line) => _text.Append(line).Append('\n');

    public void Text(string kind, string text, double x, double y, string anchor = "start") =>
        Add($"<text class=\"{kind}\" x=\"{Number(x)}\" y=\"{Number(y)}\"{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}>{Escaped(text)}</text>");

    public string End() => _text.Append("</g>\n</svg>\n").ToString();

    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Text of XML 1.0, which knows no control characters.</summary>
    public static string Escaped(string text)
    {
        var written = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                written.Append(letter).Append(text[++at]);
                continue;
            }

            _ = letter switch
            {
                '&' => written.Append("&amp;"),
                '<' => written.Append("&lt;"),
                '>' => written.Append("&gt;"),
                '"' => written.Append("&quot;"),
                '\uFFFE' or '\uFFFF' => written.Append('\uFFFD'),
                _ => char.IsControl(letter) ? written.Append(' ') : char.IsSurrogate(letter) ? written.Append('\uFFFD') : written.Append(letter),
            };
        }

        return written.ToString();
    }
}
