using System.Globalization;
using Conway.Migration.Plans;

namespace Conway.Cli;

/// <summary>A plan for people in a terminal: what is taken out in which order, why, and what each phase takes. Details are in the file.</summary>
internal static class PlanReport
{
    private const int WidthMax = 100;

    public static void Write(MigrationPlan plan, Terminal terminal)
    {
        var (output, ink) = (terminal.Output, terminal.Ink);
        var slices = plan.Phases.Where(p => p.Slice is not null).ToArray();
        output.Write($"{ink.Strong(SafeText.OneLine(plan.System))}  {CutText.Count(slices.Length, "service")} out of a monolith (cut {plan.Cut}), one at a time\n\n");
        output.Write($"{ink.Strong("Order")}  by value over risk; at most two under way at once\n");
        var table = new TextTable("PHASE", "SERVICE", "SCORE", "VALUE", "RISK", "ROUTES", "TABLES", "CALLS IN", "READERS", "KEYS", "JOINS", "SAGAS");
        foreach (var phase in slices)
        {
            var (counts, figures) = (phase.Slice!.Counts, phase.Order!);
            table.Add(Text(phase.Number), phase.Id, Text(figures.Score), Text(figures.Value), Text(figures.Risk), Text(counts.Routes), Text(counts.Tables), Text(counts.CallsIn), Text(counts.Readers), Text(counts.Keys), Text(counts.Joins), Text(counts.Transactions));
        }

        output.Write(table.Render(terminal.Width(), ink));
        foreach (var phase in slices)
        {
            foreach (var reason in phase.Order!.Because)
            {
                Wrapped(terminal, $"{phase.Id}: ", reason);
            }
        }

        foreach (var lacking in plan.NotKnown)
        {
            Wrapped(terminal, "not known: ", lacking);
        }

        if (plan.Libraries.Count > 0)
        {
            Wrapped(terminal, "no service: ", $"{string.Join(", ", plan.Libraries.Select(l => l.Name))}; nothing comes in there and nothing is stored, so they become libraries");
        }

        output.Write($"\n{ink.Strong("Phases")}  every step has a way back, every phase is a point to stop at\n");
        foreach (var phase in plan.Phases.Where(p => p.Slice is null).Concat(slices.Take(1)).Concat(slices.Skip(1).TakeLast(1)))
        {
            var done = phase.Steps.Count(s => s.State is StepState.Done or StepState.Skipped);
            output.Write($"{Text(phase.Number)}  {SafeText.OneLine(phase.Title)}  {ink.Dim($"{(done > 0 ? $"{done} of " : "")}{CutText.Count(phase.Steps.Count, "step")}")}\n");
            Wrapped(terminal, "   stop here: ", phase.StopPoint);
            if (CostOf(phase.CostSoFar) is { Length: > 0 } cost)
            {
                Wrapped(terminal, "   so far: ", cost);
            }
        }

        if (slices.Length > 2)
        {
            output.Write($"{ink.Dim("one phase for each service between them; -o markdown shows all, --out keeps them")}\n");
        }

        if (plan.Gone.Count > 0)
        {
            output.Write($"\n{ink.Strong("Gone")}  steps that somebody had touched and the plan no longer has\n");
            foreach (var gone in plan.Gone)
            {
                output.Write($"{gone.Id}  {gone.State}{(gone.Note is null ? "" : $"  {SafeText.OneLine(gone.Note)}")}\n");
            }
        }
    }

    /// <summary><c>12 call sites, 3 tables</c>; empty when nothing was done that the code shows.</summary>
    public static string CostOf(WorkDone done)
    {
        (int Count, string One, string Many)[] parts =
        [
            (done.CodeLines, "line moved", "lines moved"), (done.CallSites, "call site", "call sites"), (done.Tables, "table", "tables"), (done.Accesses, "access redirected", "accesses redirected"),
            (done.Keys, "key", "keys"), (done.Joins, "join", "joins"), (done.Transactions, "transaction", "transactions"), (done.Routes, "route", "routes"),
        ];
        return string.Join(", ", parts.Where(p => p.Count > 0).Select(p => CutText.Count(p.Count, p.One, p.Many)));
    }

    private static void Wrapped(Terminal terminal, string lead, string sentence)
    {
        var columns = Math.Min(terminal.Width() ?? 80, WidthMax);
        foreach (var (line, i) in PageText.Wrapped(SafeText.OneLine(lead + sentence).TrimStart(), columns - 3).Select((l, i) => (l, i)))
        {
            terminal.Output.Write($"{(i > 0 || lead[0] == ' ' ? "   " : "")}{line}\n");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
