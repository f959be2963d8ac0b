using System.Globalization;
using System.Text;

namespace Conway.Findings;

/// <summary>How findings are written for people.</summary>
public sealed record FindingTextOptions
{
    /// <summary>Whether to use ANSI colours. Default: no.</summary>
    public bool Color { get; init; }

    /// <summary>Columns of the terminal, to which long lines are wrapped; 0 (the default) wraps nothing. Less than 40 counts as 40.</summary>
    public int Width { get; init; }

    /// <summary>Whether to write what is the same for every finding of a rule: <c>why</c>, <c>but</c> and <c>more</c>. Default: yes.</summary>
    public bool WithRule { get; init; } = true;

    /// <summary>Whether to write <c>mend</c>. Default: yes.</summary>
    public bool WithMend { get; init; } = true;
}

/// <summary>Writes findings for people.</summary>
/// <remarks>
/// <code>
/// conway.yaml:41:27  error CW2104  'checkout' waits up to 2 s for 'pricing', but its own budget is 800 ms.
///    41 |       pricing: { timeout: 2s }
///       |                           ^^
///     why   Callers of 'checkout' will have given up before 'pricing' is allowed to answer.
///     seen  what was seen, when there is more than the line
///     mend  Lower the timeout of checkout -> pricing below 800 ms, or raise the budget of 'checkout'.
///     edit  set services.checkout.calls.pricing.timeout: 800ms, when an edit would mend it
///     but   not if …: what would show that it does not hold here, when anything could
///     more  conway explain CW2104
/// </code>
/// The state is in the word as well as in the colour. Control characters from a file never reach the terminal.</remarks>
public static class FindingText
{
    private const int WidthMin = 40;
    private const int LabelWidth = 10;
    private const int EvidenceShown = 5;

    /// <summary>One finding as a block, each line ended by a line feed.</summary>
    public static string Of(Finding finding, FindingTextOptions options)
    {
        var text = new StringBuilder();
        var width = options.Width <= 0 ? int.MaxValue : Math.Max(options.Width, WidthMin);
        Head(text, finding, options, width);
        Source(text, finding, options, width);
        if (options.WithRule)
        {
            Label(text, "why", finding.Rule.Why, options, width);
        }

        Seen(text, finding, options, width);
        if (options.WithMend)
        {
            Label(text, "mend", finding.Mend, options, width);
        }

        if (finding.Patch is { } patch)
        {
            Label(text, "edit", patch.ToString(), options, width);
        }

        if (options.WithRule && finding.Rule.Unless is { } unless)
        {
            Label(text, "but", $"not if {unless}.", options, width);
        }

        if (options.WithRule)
        {
            Label(text, "more", $"conway explain {finding.Code}", options, width);
        }

        return text.ToString();
    }

    /// <summary>Findings as blocks with an empty line between them.</summary>
    public static string Of(IEnumerable<Finding> findings, FindingTextOptions options) => string.Join('\n', findings.Select(f => Of(f, options)));

    /// <summary>How many of each weight: <c>2 errors, 1 warning</c>; <c>no findings</c> when there is none.</summary>
    public static string Count(IEnumerable<Finding> findings)
    {
        var counts = findings.GroupBy(f => f.Severity).OrderByDescending(g => g.Key)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {Word(g.Key)}{(g.Key == Severity.Info || g.Count() == 1 ? "" : "s")}"));
        return string.Join(", ", counts) is { Length: > 0 } text ? text : "no findings";
    }

    /// <summary><c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public static string Word(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" };

    private static void Head(StringBuilder text, Finding finding, FindingTextOptions options, int width)
    {
        var place = finding.Place is { } at ? Clean(at.ToString()) + "  " : "";
        var word = Word(finding.Severity);
        text.Append(place).Append(Colored(options, Color(finding.Severity), $"{word} {finding.Code}")).Append("  ");
        var used = place.Length + word.Length + finding.Code.Length + 3;

        // A long message begins on a line of its own rather than being squeezed behind a long file name.
        var message = Clean(finding.Message);
        if (used + message.Length > width)
        {
            text.Length -= 2;
            foreach (var line in Wrapped(message, width - 4))
            {
                text.Append("\n    ").Append(Colored(options, "1", line));
            }

            text.Append('\n');
            return;
        }

        text.Append(Colored(options, "1", message)).Append('\n');
    }

    private static void Source(StringBuilder text, Finding finding, FindingTextOptions options, int width)
    {
        if (finding.Place is not { } place || finding.SourceLine is not { } source || place.Column - 1 > source.Length)
        {
            return;
        }

        var number = place.Line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        var line = Clean(source);
        var (start, length) = (place.Column - 1, Math.Max(1, Math.Min(place.Length, source.Length - place.Column + 1)));
        var room = width == int.MaxValue ? int.MaxValue : width - number.Length - 3;
        if (line.Length > room)
        {
            // The part with the caret in it, a third of the room before it.
            var cut = Math.Clamp(start - (room / 3), 0, Math.Max(0, line.Length - room));
            line = (cut > 0 ? "…" : "") + line[(cut + (cut > 0 ? 1 : 0))..Math.Min(line.Length, cut + room - 1)] + (cut + room - 1 < line.Length ? "…" : "");
            start -= cut;
            length = Math.Clamp(length, 1, Math.Max(1, line.Length - start));
        }

        start = Math.Min(start, line.Length);
        text.Append(Colored(options, "2", $"{number} |")).Append(' ').Append(line.TrimEnd()).Append('\n');
        text.Append(Colored(options, "2", $"{new string(' ', number.Length)} |")).Append(' ');

        // Tabs stay tabs, and what is shown as one sign counts as one, so that the caret stands below its text.
        text.Append(string.Concat(Elements(line[..start]).Select(e => e == "\t" ? "\t" : " ")));
        var carets = Math.Max(1, Elements(line[start..Math.Min(line.Length, start + length)]).Count());
        text.Append(Colored(options, Color(finding.Severity), new string('^', carets))).Append('\n');
    }

    private static void Seen(StringBuilder text, Finding finding, FindingTextOptions options, int width)
    {
        var evidence = finding.Evidence;
        foreach (var (index, seen) in evidence.Take(evidence.Count > EvidenceShown ? EvidenceShown - 1 : EvidenceShown).Index())
        {
            Label(text, index == 0 ? "seen" : "", seen.Place is { } place ? $"{place}  {seen.Text}" : seen.Text, options, width);
        }

        if (evidence.Count > EvidenceShown)
        {
            Label(text, "", string.Create(CultureInfo.InvariantCulture, $"and {evidence.Count - EvidenceShown + 1} more (-o json)"), options, width);
        }
    }

    private static void Label(StringBuilder text, string label, string content, FindingTextOptions options, int width)
    {
        var first = true;
        foreach (var line in Wrapped(Clean(content), width == int.MaxValue ? width : width - LabelWidth))
        {
            text.Append("    ").Append(Colored(options, "2", (first ? label : "").PadRight(LabelWidth - 4))).Append(line).Append('\n');
            first = false;
        }
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private static IEnumerable<string> Elements(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            yield return elements.GetTextElement();
        }
    }

    /// <summary>A name in a file may hold an escape sequence, which would otherwise act on the terminal.</summary>
    private static string Clean(string text) =>
        text.All(c => !char.IsControl(c)) ? text : string.Concat(text.Select(c => c == '\t' ? c : char.IsControl(c) ? '\uFFFD' : c));

    private static string Color(Severity severity) => severity switch { Severity.Error => "31", Severity.Warning => "33", _ => "36" };

    private static string Colored(FindingTextOptions options, string color, string text) => options.Color && text.Length > 0 ? $"\e[{color}m{text}\e[0m" : text;
}
