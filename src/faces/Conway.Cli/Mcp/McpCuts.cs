using System.Globalization;
using Conway.Decomposition;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Proposals;
using Conway.Decomposition.Units;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>Answers about cuts of a codebase. The code that was read last is kept while its files are as they were, since an assistant asks many questions of one codebase.</summary>
/// <remarks>One question at a time. Nothing is written: constraints that a person keeps beside the code are honoured, and never made.</remarks>
internal sealed class McpCuts : IDisposable
{
    private const int TypesMax = 20;
    private const int ReasonsMax = 12;
    private const int ItemsMax = 12;

    private readonly SemaphoreSlim _one = new(1, 1);
    private (string Folder, bool Git, SourceState State, Workbench Bench, IReadOnlyList<Finding> Others)? _read;

    public Task<ExitCode> ProposeAsync(McpArguments given, Terminal terminal, CancellationToken cancellationToken) => WithCutAsync(given, terminal, (read, proposal, shown) =>
    {
        CutReport.Write(proposal, shown, CutView.FindingsOf(proposal, read.Others), terminal);
        return ExitCode.Ok;
    }, cancellationToken);

    public Task<ExitCode> ExplainAsync(McpArguments given, Terminal terminal, CancellationToken cancellationToken) => WithCutAsync(given, terminal, (read, proposal, shown) =>
    {
        var name = given.Text("type")!;
        var pattern = new TypePattern(name);
        var units = proposal.Units.All.Where(unit => pattern.Fits(unit.FullName)).ToArray();
        if (units.Length == 0)
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no type '{name}'. {UsageProblem.Hint(name, proposal.Units.All.Select(unit => unit.Name), "Names are as in the source; * stands for any text.")}");
        }

        foreach (var unit in units.Take(TypesMax))
        {
            Explain(new CutView(proposal, shown), unit, terminal.Output, read.Bench);
        }

        if (units.Length > TypesMax)
        {
            terminal.Output.WriteLine($"and {CutText.Count(units.Length - TypesMax, "other type")} of that name");
        }

        return ExitCode.Ok;
    }, cancellationToken);

    public Task<ExitCode> BoundaryAsync(McpArguments given, Terminal terminal, CancellationToken cancellationToken)
    {
        var (service, types) = (given.Text("service")!, given.Texts("types"));
        var wish = $"pin {string.Join(' ', types)} -> {service}";
        var lines = ConstraintFile.Parse(wish, "types").Lines;
        if (types.Count == 0 || lines.Length != 1 || lines[0].Constraint is null)
        {
            return Task.FromResult(terminal.Refuse(ExitCode.Usage, "'types' is a list of names of types and 'service' a name without blanks, as in { \"service\": \"pricing\", \"types\": [\"Coupon\", \"Promotion*\"] }."));
        }

        return WithCutAsync(given, terminal, (read, _, before) =>
        {
            var asked = ConstraintFile.Parse($"{read.Constraints.File.ToString().TrimEnd('\n')}\n{wish}\n", read.Constraints.Shown);
            var with = read.Bench.Propose(asked, read.Constraints.Shown, cancellationToken);
            var after = with.Find(before.Id) ?? with.Find(with.Recommended);
            if (after is null || with.Findings.Any(finding => finding.Severity == Severity.Error))
            {
                CutReport.WriteFindings([.. with.Findings.Where(finding => finding.Severity == Severity.Error)], ItemsMax, terminal, terminal.Output);
                return ExitCode.Findings;
            }

            Compare(with, before, after, service, terminal.Output);
            return ExitCode.Ok;
        }, cancellationToken);
    }

    public void Dispose() => _one.Dispose();

    private static void Explain(CutView view, CodeUnit unit, TextWriter output, Workbench bench)
    {
        var placement = view.Alternative.Placements[unit.Id];
        output.WriteLine($"{unit.FullName}  {view.KindOf(unit)}, {CutWords.Key(view.Proposal.Roles[unit.Id])}  {view.Code.At(unit.Place)}");
        output.WriteLine(placement.Shared is { } shared ? $"  shared: {CutWords.Key(shared)}"
            : view.NameOf(placement.Service) is { } service ? $"  in {service}, margin {CutText.Percent(placement.Margin)}{(placement.ConstraintLine > 0 ? string.Create(CultureInfo.InvariantCulture, $", held by line {placement.ConstraintLine} of the constraints") : "")}"
            : "  in no service: nothing ties it to one");
        foreach (var pull in placement.Pulls)
        {
            output.WriteLine($"  pulled by {view.NameOf(pull.Service) ?? "what is shared"}: {CutText.Percent(pull.Share)} ({string.Join(", ", pull.Parts.Select(part => $"{CutWords.Key(part.Kind)} {CutText.Percent(part.Share)}"))})");
        }

        foreach (var reason in placement.Reasons.Take(ReasonsMax))
        {
            output.WriteLine($"  because {reason.Text}{(reason.Place is { } place ? $"  {view.Code.At(place)}" : "")}");
        }

        if (view.RivalOf(unit.Id) is { } rival && placement.Service != Partition.None)
        {
            var price = bench.PriceOf(view.Alternative, unit.Id, rival.Service);
            output.WriteLine($"  in {view.NameOf(rival.Service)} the cut would cost {CutText.Figure(price.TotalAfter)} instead of {CutText.Figure(price.TotalBefore)}");
        }
    }

    private static void Compare(Proposal with, Alternative before, Alternative after, string service, TextWriter output)
    {
        output.WriteLine($"{before.Id} without the wish: {CutText.Count(before.Services.Length, "service")}, price {CutText.Figure(before.Total)}");
        output.WriteLine($"{after.Id} with it: {CutText.Count(after.Services.Length, "service")}, price {CutText.Figure(after.Total)}");
        foreach (var (was, now) in CutWords.Parts(before.Price, with.Weights).Zip(CutWords.Parts(after.Price, with.Weights)))
        {
            if (was.Share != now.Share)
            {
                output.WriteLine($"  {now.Name}: {CutText.Percent(was.Share)} -> {CutText.Percent(now.Share)} of {now.Means}");
            }
        }

        var view = new CutView(with, after);
        if (after.Services.FirstOrDefault(one => one.Name == service) is not { } made)
        {
            output.WriteLine($"there is no service '{service}' in it: its types are shared, or all of them are with others.");
            return;
        }

        output.WriteLine($"{service}: {CutText.Count(made.Units.Length, "type")}, {CutText.Count(made.Tables.Length, "table")}, {CutText.Count(made.EntryPoints.Length, "entry point")}, cohesion {CutText.Percent(made.Cohesion)}");
        foreach (var boundary in view.Boundaries.Where(one => one.A == made.Id || one.B == made.Id))
        {
            output.WriteLine($"  with {view.NameOf(boundary.A == made.Id ? boundary.B : boundary.A)}: {string.Join(", ", boundary.Counts.Select((count, kind) => (count, kind: (Decomposition.Costs.CostKind)kind)).Where(one => one.count > 0).Select(one => CutWords.Count(one.kind, one.count)))}");
            foreach (var item in boundary.Items.Take(ItemsMax))
            {
                output.WriteLine($"    {view.NameOf(item.From)} -> {view.NameOf(item.To)}: {SafeText.OneLine(item.What)}{(item.Places.Length > 0 ? $" ({view.Code.At(item.Places[0])})" : "")}; instead: {SafeText.OneLine(item.Instead)}");
            }
        }
    }

    /// <summary>Reads the code when it has changed, cuts it as the constraints beside it want, and looks at the cut that was asked for.</summary>
    private async Task<ExitCode> WithCutAsync(McpArguments given, Terminal terminal, Func<Code, Proposal, Alternative, ExitCode> look, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await ReadAsync(given, terminal, cancellationToken) is not { } read)
            {
                return ExitCode.Usage;
            }

            var proposal = read.Bench.Propose(read.Constraints.File, read.Constraints.Shown, cancellationToken);
            return Shown(proposal, given, terminal) is { } shown ? look(read, proposal, shown) : ExitCode.Usage;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Code?> ReadAsync(McpArguments given, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = given.Text("path") ?? ".";
        var (folder, solution) = CutWork.Place(Path.GetFullPath(path, terminal.CurrentFolder), null);
        if (CutWork.Problem(path, folder, solution) is { } problem)
        {
            terminal.Refuse(ExitCode.Usage, problem);
            return null;
        }

        var target = Path.Combine(new ModelLocation(folder, ModelLocation.DefaultFile).StateFolder, "decompose");
        if (CutConstraints.Read(null, target, terminal.CurrentFolder, out problem) is not { } constraints)
        {
            terminal.Refuse(ExitCode.Usage, problem);
            return null;
        }

        var (git, state) = (given.Flag("git"), SourceState.Of(folder));
        if (_read is not { } read || read.Folder != folder || read.Git != git || read.State != state)
        {
            // Two benches of a large codebase at once would be too much.
            _read = null;
            var (made, unusable) = await CutWork.WithBenchAsync(folder, solution, new ProposalOptions(), null, git, (bench, _, others) => Tuple.Create(bench, others), terminal, cancellationToken);
            if (made is null)
            {
                terminal.Refuse(ExitCode.Usage, unusable ?? "nothing could be read.");
                return null;
            }

            _read = read = (folder, git, state, made.Item1, made.Item2);
        }

        return new Code(read.Bench, read.Others, constraints);
    }

    private static Alternative? Shown(Proposal proposal, McpArguments given, Terminal terminal)
    {
        var id = given.Text("alternative") ?? proposal.Recommended;
        if ((proposal.Find(id) ?? (given.Text("alternative") is null ? proposal.Alternatives.FirstOrDefault() : null)) is { } shown)
        {
            return shown;
        }

        CutReport.WriteFindings(CutView.FindingsOf(proposal, []), ItemsMax, terminal, terminal.Error);
        terminal.Refuse(ExitCode.Usage, proposal.Alternatives.IsEmpty ? "there is nothing to cut here." : $"there is no cut '{id}'. There are {string.Join(", ", proposal.Alternatives.Select(one => one.Id))}.");
        return null;
    }

    /// <summary>Code that was read.</summary>
    /// <param name="Bench">On which it lies.</param>
    /// <param name="Others">What reading its history has found.</param>
    /// <param name="Constraints">What lies beside it.</param>
    private sealed record Code(Workbench Bench, IReadOnlyList<Finding> Others, CutConstraints Constraints);
}
