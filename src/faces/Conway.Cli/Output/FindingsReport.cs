using Conway.Findings;

namespace Conway.Cli;

/// <summary>Findings for people: each with its line, a caret, why and what to do; the count at the end.</summary>
internal static class FindingsReport
{
    public static void Write(IReadOnlyList<Finding> findings, int files, Terminal terminal)
    {
        var (output, ink) = (terminal.Output, terminal.Ink);
        foreach (var line in Lines(findings, terminal))
        {
            output.Write(line);
            output.Write('\n');
        }

        if (findings.Count > 0 && findings[^1].Severity == Severity.Info)
        {
            output.Write('\n');
        }

        var errors = findings.Count(f => f.Severity == Severity.Error);
        var warnings = findings.Count(f => f.Severity == Severity.Warning);
        var infos = findings.Count - errors - warnings;
        var counts = $"{Count(errors, "error")}, {Count(warnings, "warning")}, {Count(infos, "note")} in {Count(files, "file")}.";
        output.WriteLine(errors > 0 ? ink.Bad(counts) : warnings > 0 ? ink.Odd(counts) : counts);
    }

    /// <summary>Findings as lines; those that need something done are followed by an empty one.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<Finding> findings, Terminal terminal)
    {
        var ink = terminal.Ink;
        var options = new FindingTextOptions { Color = ink.IsOn, Width = terminal.Width() ?? 0 };

        // What needs nothing done is told in short: many explained notes would hide the one error.
        return [.. findings.SelectMany(f => f.Severity == Severity.Info ? [Short(f, ink)] : FindingText.Of(f, options).Split('\n'))];
    }

    private static string Short(Finding finding, Ink ink) =>
        $"{SafeText.OneLine(finding.Place?.ToString() ?? "model")}  {ink.Dim($"info {finding.Code}")}  {SafeText.OneLine(finding.Message)}";

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
