using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Diagrams.Forms;

namespace Conway.Diagrams.Tests;

/// <summary>What can be read on a page of either theme, by the formula of WCAG 2.2.</summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Boxes = [".box", ".Store", ".Person", ".External", ".Gateway", ".Part", ".Context", ".System", ".note"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_can_be_read_on_every_box_and_lines_be_seen_on_the_page(bool dark)
    {
        var at = SvgPage.Style.IndexOf("@media", StringComparison.Ordinal);
        var colours = Rules(SvgPage.Style[..at]);
        if (dark)
        {
            foreach (var (key, colour) in Rules(SvgPage.Style[SvgPage.Style.IndexOf('{', at)..][1..]))
            {
                colours[key] = colour;
            }
        }

        var page = colours[(".page", "fill")];
        Assert.All(from text in new[] { "text", ".says", ".line" } from box in Boxes where colours.ContainsKey((box, "fill")) select (text, box), pair =>
            Assert.InRange(Contrast(colours[(pair.text, "fill")], colours[(pair.box, "fill")]), 4.5, 21));
        Assert.All(new[] { "text", ".label", ".head" }, text => Assert.InRange(Contrast(colours[(text, "fill")], page), 4.5, 21));
        Assert.All(Boxes.Concat([".arrow", ".Keeps", ".frame", ".life"]).Where(line => colours.ContainsKey((line, "stroke"))), line => Assert.InRange(Contrast(colours[(line, "stroke")], page), 3, 21));
    }

    private static Dictionary<(string Of, string Key), string> Rules(string style) =>
        Rule().Matches(style).SelectMany(rule => Colour().Matches(rule.Groups[2].Value).Select(colour => (Of: (rule.Groups[1].Value, colour.Groups[1].Value), Value: colour.Groups[2].Value)))
            .GroupBy(one => one.Of).ToDictionary(one => one.Key, one => one.Last().Value);

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);
    }

    private static double Luminance(string colour)
    {
        var parts = Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= .04045 ? part / 12.92 : Math.Pow((part + .055) / 1.055, 2.4)).ToArray();
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
    }

    [GeneratedRegex(@"([.\w]+)\s*\{([^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex("(fill|stroke): (#[0-9a-f]{6})")]
    private static partial Regex Colour();
}
