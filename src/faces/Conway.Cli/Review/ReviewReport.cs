using Conway.Findings;
using Conway.Review;

namespace Conway.Cli;

/// <summary>A review for people: what needs a yes first, each with its place, its numbers and who decides; notes in a line each; the count at the end.</summary>
internal sealed class ReviewReport
{
    private const int LabelWidth = 9;

    private readonly TextWriter _output;
    private readonly Ink _ink;
    private readonly int? _width;

    private ReviewReport(Terminal terminal) => (_output, _ink, _width) = (terminal.Output, terminal.Ink, terminal.Width());

    public static void Write(ReviewOutcome outcome, Terminal terminal)
    {
        var report = new ReviewReport(terminal);
        report.Line($"{report._ink.Strong(SafeText.OneLine(outcome.System))}  {SafeText.OneLine(outcome.Base.Label)} -> {SafeText.OneLine(outcome.Head.Label)}", 2);
        report.Line("", 0);
        foreach (var change in outcome.Changes.Where(c => c.Severity > Severity.Info))
        {
            report.Explain(change);
        }

        var notes = outcome.Changes.Where(c => c.Severity == Severity.Info).ToArray();
        foreach (var note in notes)
        {
            report.Line($"{PlaceOf(note)}  {report._ink.Dim($"info {note.Class.Id}")}  {Said(note)}", 4);
        }

        if (notes.Length > 0)
        {
            report.Line("", 0);
        }

        report.Findings(outcome, terminal);
        report.Deciders(outcome);
        var (errors, warnings, infos) = (outcome.CountOf(Severity.Error), outcome.CountOf(Severity.Warning), outcome.CountOf(Severity.Info));
        var counts = outcome.Changes.Count == 0 ? "No change of the architecture" : $"{Count(outcome.Changes.Count, "change")}: {Count(errors, "error")}, {Count(warnings, "warning")}, {Count(infos, "note")}";
        var checks = outcome.NewFindings.Count + outcome.Mended.Count == 0 ? "" : $"; check finds {outcome.NewFindings.Count} more and {outcome.Mended.Count} less";
        report.Line(Paint(report._ink, errors > 0 ? Severity.Error : warnings > 0 ? Severity.Warning : Severity.Info, $"{counts}{checks}."), 2);
    }

    private void Explain(ArchitectureChange change)
    {
        var head = $"{PlaceOf(change)}  {Paint(_ink, change.Severity, FindingText.Word(change.Severity))} {_ink.Strong(change.Class.Id)}";
        if (_width is { } width && TextColumns.Of($"{head}  {Said(change)}") > width)
        {
            Line(head, 4);
            Line("    " + _ink.Strong(Said(change)), 4);
        }
        else
        {
            Line($"{head}  {Said(change)}", 4);
        }

        foreach (var figure in change.Figures)
        {
            Labelled("number", SafeText.OneLine($"{figure.Name}: was {figure.TextBefore}, now {figure.TextAfter}"));
        }

        Labelled("why", change.Class.Why);
        Labelled("decide", SafeText.OneLine(string.Join(", ", change.Deciders)));
        Labelled("ask", change.Class.Ask);
        Line("", 0);
    }

    private void Findings(ReviewOutcome outcome, Terminal terminal)
    {
        if (outcome.NewFindings.Count > 0)
        {
            Line(_ink.Strong("check finds what it did not find before"), 2);
            foreach (var line in FindingsReport.Lines(outcome.NewFindings, terminal))
            {
                _output.Write(line + "\n");
            }

            if (outcome.NewFindings[^1].Severity == Severity.Info)
            {
                Line("", 0);
            }
        }

        if (outcome.Mended.Count > 0)
        {
            Line(_ink.Strong("check no longer finds"), 2);
            foreach (var gone in outcome.Mended)
            {
                Line($"  {gone.Code}  {SafeText.OneLine(gone.Message)}", 10);
            }

            Line("", 0);
        }
    }

    private void Deciders(ReviewOutcome outcome)
    {
        if (outcome.Deciding.Count == 0)
        {
            return;
        }

        Line(_ink.Strong("who decides"), 2);
        var width = outcome.Deciding.Max(d => TextColumns.Of(SafeText.OneLine(d.Decider.ToString())));
        foreach (var (decider, changes) in outcome.Deciding)
        {
            var kinds = changes.GroupBy(c => c.Class.Id).Select(g => g.Count() == 1 ? g.Key : $"{g.Key} x {g.Count()}");
            Line($"  {TextColumns.Pad(SafeText.OneLine(decider.ToString()), width)}  {string.Join(", ", kinds)}", width + 4);
        }

        Line("", 0);
    }

    private void Labelled(string label, string text) => Line($"    {_ink.Dim(label.PadRight(LabelWidth - 2))} {text}", 4 + LabelWidth - 1);

    private void Line(string text, int hanging)
    {
        foreach (var line in _width is { } width ? TextColumns.Wrapped(text, width, hanging) : [text.TrimEnd()])
        {
            _output.Write(line + "\n");
        }
    }

    private static string Said(ArchitectureChange change) =>
        SafeText.OneLine(change.Environment is { } environment ? $"In '{environment}': {change.Message}" : change.Message);

    /// <summary><c>services/orders.yaml:12:5</c>, and of what is gone where it was.</summary>
    private static string PlaceOf(ArchitectureChange change) =>
        SafeText.OneLine(change.Place is { } place ? $"{(change.IsPlacedBefore ? "was " : "")}{place}" : "model");

    private static string Paint(Ink ink, Severity severity, string text) =>
        severity switch { Severity.Error => ink.Bad(text), Severity.Warning => ink.Odd(text), _ => text };

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
