using System.Text;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>Findings as a comment for a pull request: the verdict first, a table, the reasons folded away.</summary>
/// <remarks>GitHub takes 65,536 characters for a comment, so at most <see cref="FindingsMax"/> findings are shown, the gravest first.</remarks>
internal static class FindingsMarkdown
{
    public const int FindingsMax = 100;

    public static void Write(CheckOutcome outcome, TextWriter output)
    {
        var found = outcome.New.Select(f => f.Finding).OrderByDescending(f => f.Severity).ToArray();
        output.Write($"### {outcome.Title}{(outcome.System.Length == 0 ? "" : $": {Text(outcome.System)}")}\n\n");
        output.Write($"**{(outcome.Fails ? "Failed" : "Passed")}**: {FindingText.Count(found)}{(outcome.Baseline is null ? "" : $" that the baseline does not know ({outcome.KnownCount} it does)")}.\n");
        if (outcome.Traffic is { } traffic)
        {
            output.Write($"\nObserved: {Text(TrafficWords.Of(traffic))}\n");
        }

        if (found.Length > 0)
        {
            WriteTable(found, output);
            WriteReasons(found, output);
        }

        WriteList(output, $"{outcome.NotEvaluated.Count} rules were not evaluated", MissingInputs.Lines(outcome).Select(Text));
        WriteList(output, $"{outcome.Suppressed.Count} suppressed {outcome.SuppressedBy}", outcome.Suppressed.Select(s =>
            $"{s.Finding.Code} {Text(s.Finding.Message)} Because: {Text(s.Reason)}{(s.Until is { } until ? $" (until {until:yyyy-MM-dd})" : "")}"));
        WriteList(output, $"{outcome.Baseline?.Gone.Count ?? 0} known findings are gone; write the baseline anew", outcome.Baseline?.Gone.Select(g => $"{g.Code} {Text(g.Message)}") ?? []);
    }

    private static void WriteTable(Finding[] found, TextWriter output)
    {
        output.Write("\n| weighs | finding | where | what |\n|---|---|---|---|\n");
        foreach (var finding in found.Take(FindingsMax))
        {
            output.Write($"| {FindingText.Word(finding.Severity)} | {finding.Code} | {Code(finding.Place is { } place ? $"{place.File}:{place.Line}" : finding.ModelPath ?? "model")} | {Text(finding.Message)} |\n");
        }

        if (found.Length > FindingsMax)
        {
            output.Write($"\n…and {found.Length - FindingsMax} more.\n");
        }
    }

    private static void WriteReasons(Finding[] found, TextWriter output)
    {
        output.Write("\n<details><summary>Why it matters, and how to mend it</summary>\n\n");
        foreach (var rule in found.Take(FindingsMax).GroupBy(f => f.Code, StringComparer.Ordinal))
        {
            output.Write($"**{rule.Key} {Text(rule.First().Rule.Title)}.** {Text(rule.First().Rule.Why)}\n\n");
            foreach (var mend in rule.Select(f => f.Mend).Distinct(StringComparer.Ordinal))
            {
                output.Write($"- {Text(mend)}\n");
            }

            output.Write('\n');
        }

        output.Write("</details>\n");
    }

    private static void WriteList(TextWriter output, string title, IEnumerable<string> items)
    {
        var all = items.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        output.Write($"\n<details><summary>{title}</summary>\n\n");
        foreach (var item in all.Take(FindingsMax))
        {
            output.Write($"- {item}\n");
        }

        output.Write("\n</details>\n");
    }

    /// <summary>Text that means itself in a table of GitHub's Markdown: no markup, no mention of a person, no HTML.</summary>
    internal static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in SafeText.OneLine(text))
        {
            safe.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "&#64;",
                '#' => "&#35;",
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '~' or '$' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return safe.ToString();
    }

    // A code span cannot be escaped: a longer fence than any run inside it, as CommonMark has it (6.1).
    internal static string Code(string text)
    {
        var line = SafeText.OneLine(text).Replace("|", "\\|", StringComparison.Ordinal);
        return line.Contains('`', StringComparison.Ordinal) ? Text(text) : $"`{line}`";
    }
}
