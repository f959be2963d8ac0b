using Conway.Findings;
using Conway.Review;

namespace Conway.Cli;

/// <summary>A review as a comment for a pull request: the verdict, who decides what, a table of what needs a yes, the rest folded away.</summary>
/// <remarks>GitHub takes 65,536 characters for a comment, so at most <see cref="FindingsMarkdown.FindingsMax"/> changes are shown, the gravest first.</remarks>
internal static class ReviewMarkdown
{
    public static void Write(ReviewOutcome outcome, TextWriter output)
    {
        output.Write($"### conway review{(outcome.System.Length == 0 ? "" : $": {Text(outcome.System)}")}\n\n");
        var verdict = outcome.IsInvalid || outcome.Fails ? "Needs a decision" : outcome.Changes.Count == 0 ? "No change" : "Passed";
        output.Write($"**{verdict}**: {Counts(outcome)}, {Text(outcome.Base.Label)} → {Text(outcome.Head.Label)}.\n");
        if (outcome.Deciding.Count > 0)
        {
            output.Write("\n| who decides | errors | warnings |\n|---|---:|---:|\n");
            foreach (var (decider, changes) in outcome.Deciding)
            {
                output.Write($"| {Text(decider.ToString())} | {changes.Count(c => c.Severity == Severity.Error)} | {changes.Count(c => c.Severity == Severity.Warning)} |\n");
            }
        }

        var told = outcome.Changes.Where(c => c.Severity > Severity.Info).ToArray();
        if (told.Length > 0)
        {
            output.Write("\n| weighs | change | where | what | decide |\n|---|---|---|---|---|\n");
            foreach (var change in told.Take(FindingsMarkdown.FindingsMax))
            {
                output.Write($"| {FindingText.Word(change.Severity)} | {change.Class.Id} | {Where(change)} | {Text(Said(change))} | {Text(string.Join(", ", change.Deciders))} |\n");
            }

            More(output, told.Length);
            output.Write("\n<details><summary>Numbers, reasons and questions</summary>\n\n");
            foreach (var kind in told.Take(FindingsMarkdown.FindingsMax).GroupBy(c => c.Class.Id, StringComparer.Ordinal))
            {
                output.Write($"**{Text(kind.First().Class.Title)}.** {Text(kind.First().Class.Why)} *{Text(kind.First().Class.Ask)}*\n\n");
                foreach (var figure in kind.SelectMany(c => c.Figures).Distinct())
                {
                    output.Write($"- {Text(figure.Name)}: {Text(figure.TextBefore)} → {Text(figure.TextAfter)}\n");
                }

                output.Write('\n');
            }

            output.Write("</details>\n");
        }

        var notes = outcome.Changes.Where(c => c.Severity == Severity.Info).ToArray();
        List(output, $"{notes.Length} note{(notes.Length == 1 ? "" : "s")}", notes.Select(n => $"{n.Class.Id}: {Text(Said(n))} ({Where(n)})"));
        List(output, $"check finds {outcome.NewFindings.Count} more", outcome.NewFindings.Select(f => $"{FindingText.Word(f.Severity)} {f.Code} {Text(f.Message)}"));
        List(output, $"check finds {outcome.Mended.Count} less", outcome.Mended.Select(m => $"{m.Code} {Text(m.Message)}"));
    }

    private static string Counts(ReviewOutcome outcome) =>
        outcome.Changes.Count == 0 ? "the architecture is the same"
        : $"{outcome.CountOf(Severity.Error)} errors, {outcome.CountOf(Severity.Warning)} warnings, {outcome.CountOf(Severity.Info)} notes";

    private static void List(TextWriter output, string title, IEnumerable<string> items)
    {
        var all = items.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        output.Write($"\n<details><summary>{title}</summary>\n\n");
        foreach (var item in all.Take(FindingsMarkdown.FindingsMax))
        {
            output.Write($"- {item}\n");
        }

        More(output, all.Length);
        output.Write("\n</details>\n");
    }

    private static void More(TextWriter output, int count)
    {
        if (count > FindingsMarkdown.FindingsMax)
        {
            output.Write($"\n…and {count - FindingsMarkdown.FindingsMax} more.\n");
        }
    }

    private static string Said(ArchitectureChange change) => change.Environment is { } environment ? $"In '{environment}': {change.Message}" : change.Message;

    private static string Where(ArchitectureChange change) =>
        FindingsMarkdown.Code(change.Place is { } place ? $"{place.File}:{place.Line}" : change.PathAfter ?? change.PathBefore ?? "model") + (change.IsPlacedBefore ? " (was)" : "");

    private static string Text(string text) => FindingsMarkdown.Text(text);
}
