using Conway.Decomposition;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Proposals;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>A proposal for people, at 80 columns: what is proposed, what it costs, what is unsure, and what else there is.</summary>
internal sealed class CutReport
{
    private const int BoundariesMax = 4;
    private const int ItemsMax = 3;

    // Sagas of ten steps are read in the report.
    private const int ItemColumns = 110;
    private const int ContestedMax = 8;
    private const int FindingsMax = 8;
    private const int UseCasesMax = 8;
    private const int WidthMax = 100;

    private readonly Proposal _proposal;
    private readonly CutView _view;
    private readonly Terminal _terminal;
    private readonly int _columns;

    private CutReport(Proposal proposal, Alternative shown, Terminal terminal)
    {
        (_proposal, _view, _terminal) = (proposal, new CutView(proposal, shown), terminal);
        _columns = Math.Min(terminal.Width() ?? 80, WidthMax);
    }

    private Ink Ink => _terminal.Ink;

    public static void Write(Proposal proposal, Alternative shown, IReadOnlyList<Finding> findings, Terminal terminal)
    {
        var report = new CutReport(proposal, shown, terminal);
        report.Head();
        report.Traffic();
        report.Services();
        report.Price();
        report.Boundaries();
        report.Contested();
        report.Owners();
        report.Alternatives();
        report.NotTried();
        WriteFindings(findings, FindingsMax, terminal, terminal.Output);
    }

    /// <summary>What was written where, and what to do next.</summary>
    public static void WriteFiles(string folder, CutConstraints constraints, Terminal terminal)
    {
        string Shown(string name) => GeneratedFiles.Shown(Path.Combine(folder, name), terminal.CurrentFolder);
        terminal.Output.Write($"\n{terminal.Ink.Strong("Written")}\n");
        terminal.Output.Write($"{Shown(CutFiles.Page)}  open it in a browser: the map, every type, every boundary\n");
        terminal.Output.Write($"{Shown(CutFiles.Document)}  the same for programs\n");
        terminal.Output.Write($"{Shown(CutFiles.Model)}  a first model of this cut, for conway check\n");
        terminal.Output.Write($"Next: say what must hold in {constraints.Shown}, and run it again.\n");
    }

    /// <summary>Errors and warnings as elsewhere; of notes one line for each kind.</summary>
    public static void WriteFindings(IReadOnlyList<Finding> findings, int findingsMax, Terminal terminal, TextWriter output)
    {
        if (findings.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(terminal.Ink.Strong("What was found while reading"));
        var heavy = findings.Where(f => f.Severity != Severity.Info).OrderByDescending(f => f.Severity == Severity.Error).ToArray();
        foreach (var line in FindingsReport.Lines(heavy.Take(findingsMax), terminal))
        {
            output.Write(line);
            output.Write('\n');
        }

        if (heavy.Length > findingsMax)
        {
            output.WriteLine($"and {CutText.Count(heavy.Length - findingsMax, "other warning")} (-o json lists them)");
        }

        foreach (var kind in findings.Where(f => f.Severity == Severity.Info).GroupBy(f => f.Code).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine(terminal.Ink.Dim($"{kind.Key}  {CutText.Count(kind.Count(), "time")}  {kind.First().Rule.Title}"));
        }
    }

    private void Head()
    {
        var code = _proposal.Code;
        Line($"{Ink.Strong(SafeText.OneLine(code.Name))}  {CutText.Count(code.Types.Length, "type")}, {CutText.Count(code.Tables.Length, "table")}, {CutText.Count(code.EntryPoints.Length, "entry point")}, {CutText.Count(code.Coverage.Lines, "line")}");
        Line(Ink.Dim($"understood: {CutText.Percent(code.Coverage.NamesShare)} of names and {CutText.Percent(code.Coverage.CallsShare)} of calls were bound{(_proposal.IsBlind ? "; namespaces, folders and projects were hidden" : "")}"));
        Line("");
        var cut = _view.Alternative;
        var isRecommended = cut.Id == _proposal.Recommended;
        Line($"{Ink.Strong($"{(isRecommended ? "Recommended" : "Shown")}: {cut.Id}")}  {CutText.Count(cut.Services.Length, "service")}, price {CutText.Figure(cut.Total)}{(isRecommended || _proposal.Recommended.Length == 0 ? "" : $"; recommended is {_proposal.Recommended}")}");
        Wrapped("  ", cut.How);
    }

    private void Traffic()
    {
        if (_proposal.Traffic is not { } seen)
        {
            return;
        }

        Heading("What runs", "from traces");
        foreach (var sentence in CutTraffic.Sentences(seen, _proposal.Code))
        {
            Wrapped("", sentence);
        }

        if (seen.UseCases.Length == 0)
        {
            return;
        }

        var table = new TextTable("USE CASE", "REQUESTS", "P50", "P95", "CALLS P50", "P95");
        foreach (var (useCase, entry) in CutTraffic.Busiest(seen, _proposal.Code).Take(UseCasesMax))
        {
            table.Add(SafeText.OneLine(entry.Name), CutText.Number(useCase.Requests), CutTraffic.Duration(useCase.DurationP50Ms), CutTraffic.Duration(useCase.DurationP95Ms), CutText.Number(useCase.CallsP50), CutText.Number(useCase.CallsP95));
        }

        _terminal.Output.Write(table.Render(_terminal.Width() ?? 80, Ink));
    }

    private void Services()
    {
        Line("");
        var table = new TextTable("SERVICE", "TYPES", "LINES", "TABLES", "ENTRIES", "COHESION", "NAMED FROM");
        foreach (var service in _view.Alternative.Services)
        {
            table.Add(service.Name, Number(service.Units.Length), CutText.Number(service.CodeLines), Number(service.Tables.Length), Number(service.EntryPoints.Length), CutText.Percent(service.Cohesion), string.Join(' ', service.Words.Take(3)));
        }

        _terminal.Output.Write(table.Render(_terminal.Width() ?? 80, Ink));
        var placements = _view.Alternative.Placements;
        var shared = placements.Where(p => p.Shared is not null).GroupBy(p => p.Shared!.Value).OrderBy(g => g.Key).Select(g => $"{Number(g.Count())} {SharedWords(g.Key)}").ToList();
        if (placements.Count(p => p.Shared is null && p.Service == Partition.None) is > 0 and var none)
        {
            shared.Add($"{Number(none)} that nothing ties to a service");
        }

        if (shared.Count > 0)
        {
            Wrapped("", $"shared: {string.Join(", ", shared)}");
        }
    }

    private static string SharedWords(SharedAs shared) => shared switch
    {
        SharedAs.Library => "for a library",
        SharedAs.Kernel => "for a shared kernel",
        SharedAs.Platform => "for the platform",
        _ => "that each service copies",
    };

    private void Price()
    {
        Heading("What it costs", "shares; 0 is the least");
        var table = new TextTable("PART", "SHARE", "WEIGHT", "ADDS", "OF WHAT");
        foreach (var part in CutWords.Parts(_view.Alternative.Price, _proposal.Weights))
        {
            table.Add(part.Name, CutText.Percent(part.Share), CutText.Figure(Math.Abs(part.Weight)), CutText.Figure(part.Cost), part.Means);
        }

        _terminal.Output.Write(table.Render(_terminal.Width() ?? 80, Ink));
    }

    private void Boundaries()
    {
        if (_view.Boundaries.Length == 0)
        {
            return;
        }

        Heading("Dearest boundaries", $"{Math.Min(BoundariesMax, _view.Boundaries.Length)} of {_view.Boundaries.Length}");
        foreach (var boundary in _view.Boundaries.Take(BoundariesMax))
        {
            Line($"{Ink.Strong($"{_view.NameOf(boundary.A)} | {_view.NameOf(boundary.B)}")}");
            Wrapped("  ", string.Join(", ", boundary.Counts.Select((count, kind) => (count, kind: (CostKind)kind)).Where(c => c.count > 0).Select(c => CutWords.Count(c.kind, c.count))));
            foreach (var item in boundary.Items.DistinctBy(i => i.Kind).Take(ItemsMax))
            {
                Wrapped("    ", $"{_view.NameOf(item.From)} -> {_view.NameOf(item.To)}: {SafeText.Cut(item.What, ItemColumns)}{(item.Places.Length > 0 ? $" ({_view.Code.At(item.Places[0])})" : "")}");
                Wrapped("      ", $"instead: {SafeText.Cut(item.Instead, ItemColumns)}", Ink.Dim);
            }
        }
    }

    private void Contested()
    {
        var contested = _view.Alternative.Contested;
        if (contested.Length == 0)
        {
            return;
        }

        Heading("Contested types", $"{Math.Min(ContestedMax, contested.Length)} of {contested.Length}; another service claims them almost as strongly");
        var table = new TextTable("TYPE", "IN", "MARGIN", "CLAIMED BY", "BECAUSE");
        foreach (var unit in contested.Take(ContestedMax))
        {
            var placement = _view.Alternative.Placements[unit];
            table.Add(_proposal.Units.All[unit].Name, _view.NameOf(placement.Service) ?? "-", CutText.Percent(placement.Margin), _view.RivalOf(unit) is { } rival ? _view.NameOf(rival.Service)! : "-", placement.Reasons.Length > 0 ? placement.Reasons[0].Text : "");
        }

        _terminal.Output.Write(table.Render(_terminal.Width() ?? 80, Ink));
    }

    private void Owners()
    {
        var elsewhere = _view.WrittenElsewhere.ToArray();
        if (elsewhere.Length == 0)
        {
            return;
        }

        Heading("Tables written from elsewhere", $"{Math.Min(ContestedMax, elsewhere.Length)} of {elsewhere.Length}; most use cases that write them begin in another service");
        var table = new TextTable("TABLE", "IN", "WRITTEN FROM", "USE CASES", "ELSEWHERE");
        foreach (var owner in elsewhere.Take(ContestedMax))
        {
            table.Add(SafeText.OneLine(_proposal.Code.Tables[owner.Table].ToString()), _view.NameOf(owner.Service)!, _view.NameOf(owner.Owner)!, Number(owner.Writing), Number(owner.Elsewhere));
        }

        _terminal.Output.Write(table.Render(_terminal.Width() ?? 80, Ink));
    }

    private void Alternatives()
    {
        Heading("Alternatives", "* recommended; + no other is better in one part and worse in none");
        var table = new TextTable("ID", "SERVICES", "PRICE", "TRANS.", "TABLES", "CALLS", "KEYS", "JOINS", "SIZE", "HELD");
        foreach (var alternative in _proposal.Alternatives)
        {
            var price = alternative.Price;
            table.Add(
                $"{(alternative.Id == _proposal.Recommended ? "*" : " ")}{(alternative.IsPareto ? "+" : " ")} {alternative.Id}",
                Number(alternative.Services.Length), CutText.Figure(alternative.Total), CutText.Percent(price.DistributedTransactions), CutText.Percent(price.SharedTables),
                CutText.Percent(price.SynchronousCalls), CutText.Percent(price.ForeignKeys), CutText.Percent(price.Joins), CutText.Percent(price.Size), CutText.Percent(price.Modularity));
        }

        _terminal.Output.Write(table.Render(_terminal.Width() ?? 80, Ink));
        if (CutWords.OfWhole(_proposal) is { } whole)
        {
            Wrapped("", whole, Ink.Dim);
        }
    }

    private void NotTried()
    {
        foreach (var left in _proposal.NotTried)
        {
            Wrapped("", $"not tried: {left.Id} needs {(left.Needs.StartsWith("needs ", StringComparison.Ordinal) ? left.Needs[6..] : left.Needs)}", Ink.Dim);
        }
    }

    private void Heading(string text, string about)
    {
        Line("");
        Line($"{Ink.Strong(text)}  {Ink.Dim(about)}");
    }

    private void Wrapped(string indent, string text, Func<string, string>? paint = null)
    {
        foreach (var line in TextColumns.Wrapped(indent + SafeText.OneLine(text), _columns, indent.Length))
        {
            Line(paint is null ? line : paint(line));
        }
    }

    private void Line(string text) => _terminal.Output.Write(text + "\n");

    private static string Number(int number) => CutText.Number(number);
}
