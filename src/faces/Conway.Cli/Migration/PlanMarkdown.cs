using System.Globalization;
using System.Text;
using Conway.Migration.Plans;

namespace Conway.Cli;

/// <summary>A plan as a page: the summary first, then one chapter a phase. Pure.</summary>
internal sealed class PlanMarkdown
{
    /// <summary>Its name in a folder.</summary>
    public const string Name = "plan.md";

    private const int PlacesMax = 5;

    private readonly StringBuilder _text = new();

    public static string Of(MigrationPlan plan)
    {
        var page = new PlanMarkdown();
        page.Summary(plan);
        foreach (var phase in plan.Phases)
        {
            page.PhaseOf(phase);
        }

        return page._text.ToString();
    }

    private void Summary(MigrationPlan plan)
    {
        var slices = plan.Phases.Where(p => p.Slice is not null).ToArray();
        Line($"# Migration of {Safe(plan.System)}\n");
        Line($"{CutText.Count(slices.Length, "service")} out of a monolith, one at a time, by the cut `{plan.Cut}`. Every step has a way back; steps after a **point of no return** have none but forward.\n");
        Table("phase", "service", "score", "value", "risk", "routes", "tables", "calls in", "readers", "keys", "joins", "sagas");
        foreach (var p in slices)
        {
            var (c, o) = (p.Slice!.Counts, p.Order!);
            Row(p.Number, p.Id, o.Score, o.Value, o.Risk, c.Routes, c.Tables, c.CallsIn, c.Readers, c.Keys, c.Joins, c.Transactions);
        }

        Line("");
        List("Why not by score alone", slices.SelectMany(p => p.Order!.Because.Select(b => $"{p.Id}: {b}")));
        List("Not known, and so not counted for any of them", plan.NotKnown);
        List("No services but libraries of those who use them: nothing comes in there from outside, and nothing is stored", plan.Libraries.Select(l => $"{l.Name}, {CutText.Count(l.CodeLines, "line")}{(l.UsedBy.Count == 0 ? "" : $", used by {string.Join(", ", l.UsedBy)}")}"));
        if (plan.SharedTables.Count > 0)
        {
            List("Tables that no service owns alone", plan.SharedTables.Select(t => $"`{t.Table}`: {Word(t.Decision)}{(t.UsedBy.Count == 0 ? "" : $", used by {string.Join(", ", t.UsedBy)}")}"));
        }

        List("Gone: steps that somebody had touched and the plan no longer has", plan.Gone.Select(g => $"`{g.Id}` {g.State}{(g.Note is null ? "" : $": {Safe(g.Note)}")}"));
    }

    private void PhaseOf(Phase phase)
    {
        Line($"## Phase {phase.Number}: {Safe(phase.Title)}\n");
        if (phase.Order is { } order)
        {
            var parts = order.Parts.Select(p => $"{p.Part} {(p.Points is { } points ? $"{points} ({p.Count})" : "not known")}");
            Line($"Score {order.Score} = 1000 × {order.Value} / {order.Risk}; points and counts: {string.Join(", ", parts)}.\n");
        }

        List("Before it begins", phase.Entry);
        if (phase.Slice is { } slice)
        {
            SliceOf(slice);
        }

        Line("**Steps**\n");
        foreach (var step in phase.Steps)
        {
            var mark = step.State is StepState.Done ? "x" : " ";
            Line($"- [{mark}] `{step.Id}` {Safe(step.Do)}{(step.PointOfNoReturn ? " **Point of no return: needs a signature.**" : "")} Back: {Safe(step.RollBack)}; lost: {Safe(step.Loss)}.{(step.Note is null ? "" : $" Note: {Safe(step.Note)}")}");
            foreach (var at in step.At.Take(PlacesMax))
            {
                Line($"  - {Safe(at)}");
            }
        }

        Line("");
        List("It is done when", phase.Exit);
        Line($"**Stop here and you have:** {Safe(phase.StopPoint)}{(PlanReport.CostOf(phase.CostSoFar) is { Length: > 0 } cost ? $" So far: {cost}." : "")}\n");
    }

    private void SliceOf(Slice slice)
    {
        List($"Routes ({slice.Routes.Count})", slice.Routes.Select(r => $"`{r.Method} {r.Path}`{(r.Writes ? ", writes" : "")}: {Safe(r.Handler)} {r.At}"));
        List("Jobs, consumers and other entries", slice.Background.Select(b => $"{Safe(b.Name)}{(b.Schedule is null ? "" : $" ({Safe(b.Schedule)})")} {b.At}"));
        if (slice.Interface is { } seam)
        {
            List($"Seam `{seam.Name}`: calls in ({slice.CallsIn.Count})", slice.CallsIn.Select(Call));
        }

        List($"Calls out ({slice.CallsOut.Count})", slice.CallsOut.Select(Call));
        List($"Others that use its tables ({slice.Readers.Count})", slice.Readers.Select(r => $"{r.By}: {Safe(r.Type)} {r.Mode}s `{r.Table}` → {r.Instead} {Places(r.At)}"));
        List("Contracts", slice.Contracts.Select(c => $"`{c.File}`: {c.Holds}"));
        List("Anti-corruption layers", slice.Acl.Select(a => $"{a.From} → {a.To}, {a.Lives}. Ends {a.Ends}{(a.EndsOn is { } day ? $", by {day.ToString("O", CultureInfo.InvariantCulture)}" : "")}."));
        List("Data", slice.Data.Select(d => $"`{d.Table}`: {Word(d.Decision)}, owner {d.Owner}{(d.Because is null ? "" : $"; {d.Because}")}{(d.UsedBy.Count == 0 ? "" : $"; used by {string.Join(", ", d.UsedBy)}")}"));
        List($"Keys that are cut ({slice.Keys.Count})", slice.Keys.Select(k => $"{Safe(k.From)} → {Safe(k.To)} ({k.With}): {Safe(k.Instead)}; {Safe(k.Check)} {k.At}"));
        List($"Joins that are cut ({slice.Joins.Count})", slice.Joins.Select(j => $"{Safe(j.In)} over {string.Join(" and ", j.Tables.Select(t => $"`{t}`"))} ({j.With}): {j.Instead} {j.At}"));
        foreach (var t in slice.Transactions)
        {
            List($"Transaction `{t.Id}` of {Safe(t.UseCase)} {t.At}: {Word(t.Handling)}{(t.Saves >= t.Steps.Count ? $", unless its {CutText.Count(t.Steps.Count, "step")} need no undo today either: it saves {CutText.Count(t.Saves, "time")}" : "")}{(t.OrTogether is null ? "" : $", or constrain the cut by `{t.OrTogether}`")}",
                t.Steps.Select(s => $"{s.Service}{(s.Does is null ? "" : $".{Safe(s.Does)}")} writes {string.Join(", ", s.Tables)}{(s.Pivot ? "; pivot" : $"; undo: {(s.Undo is null ? "to be written by its owners" : Safe(s.Undo))}")}"));
        }

        List("Gates", slice.Gates.Select(g => $"{g.Measures}: at most {g.AtMost} {g.Unit}"));
        if (slice.CutOver.Count > 0)
        {
            Line($"**Shares** of requests that read/write, in percent, each for at least {slice.CutOver[0].RequestsMin} requests and a cycle of the business: {string.Join(" → ", slice.CutOver.Select(c => $"{c.Reads}/{c.Writes}"))}\n");
        }
    }

    private static string Call(SliceCall call) => $"{call.With}: {Safe(call.What)}{(call.InLoop ? " **in a loop**" : "")} → {call.Becomes} {Places(call.At)}";

    private static string Places(IReadOnlyList<string> at) => string.Join(", ", at.Take(PlacesMax)) + (at.Count > PlacesMax ? $" and {at.Count - PlacesMax} more" : "");

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private void List(string title, IEnumerable<string> items)
    {
        var all = items.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        Line($"**{title}**\n");
        foreach (var item in all)
        {
            Line($"- {item}");
        }

        Line("");
    }

    private void Table(params string[] heads) => Line($"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}");

    private void Row(params object[] cells) => Line($"| {string.Join(" | ", cells.Select(c => Convert.ToString(c, CultureInfo.InvariantCulture)))} |");

    private void Line(FormattableString text) => Line(text.ToString(CultureInfo.InvariantCulture));

    private void Line(string text) => _text.Append(text).Append('\n');

    /// <summary>Text of the code as text of the page.</summary>
    private static string Safe(string text) => SafeText.OneLine(text).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
