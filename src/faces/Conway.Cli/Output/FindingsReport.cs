using Conway.Findings;

namespace Conway.Cli;

/// <summary>Findings for people: each with its line, a caret, why and what to do; the count at the end.</summary>
internal static class FindingsReport
{
    public static void Write(CheckOutcome outcome, bool boundaries, Terminal terminal)
    {
        var (output, ink) = (terminal.Output, terminal.Ink);
        var findings = outcome.New.Select(f => f.Finding).ToArray();
        foreach (var line in Lines(findings, terminal))
        {
            output.Write(line);
            output.Write('\n');
        }

        if (findings.Length > 0 && findings[^1].Severity == Severity.Info)
        {
            output.Write('\n');
        }

        if (boundaries)
        {
            BoundaryTable.Write(outcome.Boundaries, terminal);
        }

        foreach (var line in About(outcome).SelectMany(l => Fitted(l, terminal.Width())))
        {
            output.WriteLine(ink.Dim(line));
        }

        var (errors, warnings) = (outcome.CountOf(Severity.Error), outcome.CountOf(Severity.Warning));
        var counts = $"{Count(errors, "error")}, {Count(warnings, "warning")}, {Count(findings.Length - errors - warnings, "note")} in {Count(outcome.Files.Count, "file")}.";
        output.WriteLine(errors > 0 ? ink.Bad(counts) : warnings > 0 ? ink.Odd(counts) : counts);
    }

    /// <summary>Findings as lines; those that need something done are followed by an empty one. What is the same for all of a rule stands at the first.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<Finding> findings, Terminal terminal)
    {
        var ink = terminal.Ink;
        var options = new FindingTextOptions { Color = ink.IsOn, Width = terminal.Width() ?? 0 };

        // What needs nothing done is told in short, and the same of many places once: many explained notes would hide the one error.
        var all = findings.ToArray();
        var same = all.Where(f => f.Severity == Severity.Info).GroupBy(f => (f.Code, f.Message)).ToDictionary(g => g.Key, g => g.ToArray());
        var (rules, mends) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<(string, string)>());
        return [.. all.SelectMany(f =>
            f.Severity != Severity.Info ? FindingText.Of(f, options with { WithRule = rules.Add(f.Code), WithMend = mends.Add((f.Code, f.Mend)) }).Split('\n')
            : same[(f.Code, f.Message)] is var notes && ReferenceEquals(notes[0], f) ? [Short(f, ink) + Elsewhere(notes.Length - 1)]
            : [])];
    }

    private static string Elsewhere(int places) => places == 0 ? "" : $" (and at {Count(places, "other place")}; -o json lists them)";

    // The next line of the same begins further in.
    private static IEnumerable<string> Fitted(string line, int? width) =>
        width is not { } columns || line.Length <= columns ? [line] : PageText.Wrapped(line, Math.Max(columns, 40) - 2).Select((l, i) => i == 0 ? l : "  " + l);

    /// <summary>What was not told, and why: silence must not look like health.</summary>
    private static IEnumerable<string> About(CheckOutcome outcome)
    {
        if (outcome.Traffic is { } traffic)
        {
            yield return $"observed: {TrafficWords.Of(traffic)}";
        }

        foreach (var line in MissingInputs.Lines(outcome))
        {
            yield return $"not evaluated: {line}";
        }

        if (outcome.Unread.Count > 0)
        {
            var more = outcome.Unread.Count > 1 ? $", and {outcome.Unread.Count - 1} more (-o json lists them)" : "";
            yield return $"not read: {SafeText.OneLine(outcome.Unread[0].File)}, {outcome.Unread[0].Why}{more}";
        }

        if (outcome.InPart.Count > 0)
        {
            yield return $"in part: {Count(outcome.InPart.Count, "rule")} would see more with {string.Join(", ", MissingInputs.Options(outcome.InPart))} (-o json lists them)";
        }

        if (outcome.Suppressed.Count > 0)
        {
            yield return $"suppressed: {Count(outcome.Suppressed.Count, "finding")} {outcome.SuppressedBy} (-o json lists them)";
        }

        if (outcome.Baseline is { } baseline)
        {
            var gone = baseline.Gone.Count == 0 ? "" : $"; {baseline.Gone.Count} of the baseline {(baseline.Gone.Count == 1 ? "is" : "are")} gone, write it anew with --write-baseline";
            yield return $"known: {Count(outcome.KnownCount, "finding")} of the baseline{gone}";
        }
    }

    private static string Short(Finding finding, Ink ink) =>
        $"{SafeText.OneLine(finding.Place?.ToString() ?? "model")}  {ink.Dim($"info {finding.Code}")}  {SafeText.OneLine(finding.Message)}";

    internal static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
