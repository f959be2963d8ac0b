using System.CommandLine;
using Conway.Console.FromCode;
using Conway.Decomposition.Proposals;
using Conway.Findings;

namespace Conway.Cli.Verbs;

/// <summary><c>conway decompose</c></summary>
internal sealed class DecomposeVerb : Verb
{
    private readonly Argument<string?> _path = new("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "A folder with C# source, or a solution; this folder by default" };
    private readonly Option<string?> _constraints = new("--constraints", "-c") { HelpName = "FILE", Description = "What must hold; constraints.txt beside the report by default" };
    private readonly Option<string?> _alternative = new("--alternative", "-a") { HelpName = "ID", Description = "Show this cut instead of the recommended one" };
    private readonly Option<string?> _traces = new("--traces") { HelpName = "FILE", Description = "Count use cases by how often they run: traces in OTLP's JSON" };
    private readonly Option<bool> _git = CommonOptions.Flag("--git", "Look at what changed together, too");
    private readonly Option<bool> _blind = CommonOptions.Flag("--blind", "Hide namespaces, folders and projects, to compare a cut with them");
    private readonly Option<string?> _solution = new("--solution") { HelpName = "FILE", Description = "The solution whose projects are read, seen from PATH" };
    private readonly Option<string?> _out = new("--out") { HelpName = "DIR", Description = "Where files go; PATH/.conway/decompose by default" };
    private readonly Option<bool> _open = CommonOptions.Flag("--open", "Show it in a browser, where types can be moved");
    private readonly Option<int?> _consolePort = CommonOptions.Number("--console-port", "Console port of --open; 8090 by default", 1, 65535);
    private readonly Option<string> _output = CommonOptions.Output("text", "json", "html");

    public override IEnumerable<Symbol> Symbols => [_path, _constraints, _alternative, _traces, _git, _blind, _solution, _out, _output, _open, _consolePort];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway decompose", "propose how to cut the code in this folder"),
        new("conway decompose ../shop --git", "that in another, and look at its history"),
        new("conway decompose --traces traces.json", "price cuts by what really runs"),
        new("conway decompose --alternative fine", "show more and smaller services"),
        new("conway decompose --open", "move types on a board, and see what each move costs"),
        new("conway decompose --blind -o json > cut.json", "each type with its service, for programs"),
        new("conway decompose -c wishes.txt", "with what must hold in a file beside the code"),
    ];

    public override async Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var given = line.GetValue(_path) ?? ".";
        var (folder, solution) = CutWork.Place(Path.GetFullPath(given, terminal.CurrentFolder), line.GetValue(_solution));
        if (Problem(given, folder, solution, line) is { } problem)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var isText = line.GetValue(_output) == "text";
        var target = line.GetValue(_out) is { } named ? Path.GetFullPath(named, terminal.CurrentFolder) : Path.Combine(new ModelLocation(folder, ModelLocation.DefaultFile).StateFolder, "decompose");
        if (CutConstraints.Read(line.GetValue(_constraints), target, terminal.CurrentFolder, out var unreadable) is not { } constraints)
        {
            return terminal.Refuse(ExitCode.Usage, unreadable);
        }

        var options = new ProposalOptions { Constraints = constraints.File, ConstraintsPath = constraints.Shown, IsBlind = line.GetValue(_blind) };
        var tracesGiven = line.GetValue(_traces);
        using var traces = tracesGiven is null ? null : CutTraces.Open(tracesGiven, terminal.CurrentFolder, out unreadable);
        if (tracesGiven is not null && traces is null)
        {
            return terminal.Refuse(ExitCode.Usage, unreadable);
        }

        if (line.GetValue(_open))
        {
            return await OpenAsync(folder, solution, options, constraints, traces, line, terminal, cancellationToken);
        }

        // Before the long work, not after it.
        if (isText && Foreign(target, terminal) is { } foreign)
        {
            return foreign;
        }

        var (weighed, unusable) = await CutWork.WithBenchAsync<(Proposal, IReadOnlyList<Finding>)>(
            folder, solution, options, traces, line.GetValue(_git), (bench, _, others) =>
            {
                var made = bench.Propose(cancellationToken);
                return (made, CutView.FindingsOf(made, others));
            },
            terminal, cancellationToken);
        if (unusable is not null)
        {
            return terminal.Refuse(ExitCode.Usage, unusable);
        }

        var (proposal, findings) = weighed;
        if (findings.Any(f => f.Severity == Severity.Error) || proposal.Alternatives.IsEmpty)
        {
            return Nothing(proposal, findings, line.GetValue(_output)!, terminal);
        }

        var id = line.GetValue(_alternative) ?? proposal.Recommended;
        if ((proposal.Find(id) ?? (line.GetValue(_alternative) is null ? proposal.Alternatives[0] : null)) is not { } shown)
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no alternative '{id}'. {Missing(id, proposal)}");
        }

        switch (line.GetValue(_output))
        {
            case "json": CutJson.Write(proposal, shown, findings, terminal.Output); return ExitCode.Ok;
            case "html": terminal.Output.Write(CutPage.Of(proposal, shown, findings)); return ExitCode.Ok;
            default:
                CutReport.Write(proposal, shown, findings, terminal);
                return Write(proposal, shown, findings, constraints, folder, target, terminal);
        }
    }

    private string? Problem(string given, string folder, string? solution, ParseResult line) =>
        CutWork.Problem(given, folder, solution) is { } place ? place
        : line.GetValue(_open) && line.GetValue(_output) != "text" ? $"--open is for people, and -o {line.GetValue(_output)} for programs. Leave one of them out."
        : line.GetValue(_consolePort) is not null && !line.GetValue(_open) ? "--console-port is for --open. Add --open, or leave it out."
        : line.GetValue(_out) is not null && line.GetValue(_output) != "text" ? $"--out is for files, and -o {line.GetValue(_output)} writes none. Leave one of them out."
        : null;

    /// <summary>The console on the cut, until a signal comes.</summary>
    private async Task<ExitCode> OpenAsync(
        string folder, string? solution, ProposalOptions options, CutConstraints constraints, CutTraces? traces, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            CutFiles.Prepare(folder, constraints);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unwritable(constraints.Path, e, terminal);
        }

        var (started, unusable) = await CutWork.WithBenchAsync(
            folder, solution, options, traces, line.GetValue(_git), (bench, _, others) => DecompositionSession.Start(bench, constraints.Path, constraints.Shown, others), terminal, cancellationToken);
        if (unusable is not null)
        {
            return terminal.Refuse(ExitCode.Usage, unusable);
        }

        using var session = started!;
        var alternatives = (await session.OverviewAsync(cancellationToken)).Alternatives;
        return alternatives.Count == 0 ? terminal.Refuse(ExitCode.Findings, "there is nothing to cut here.")
            : line.GetValue(_alternative) is { } id && alternatives.All(a => a.Id != id) ? terminal.Refuse(ExitCode.Usage, $"there is no alternative '{id}'. {UsageProblem.Hint(id, alternatives.Select(a => a.Id), $"There are {string.Join(", ", alternatives.Select(a => a.Id))}.")}")
            : await CutConsole.RunAsync(session, line.GetValue(_alternative), line.GetValue(_consolePort), terminal, cancellationToken);
    }

    /// <summary>There is no cut to show: constraints contradict each other, or there is nothing to cut.</summary>
    private static ExitCode Nothing(Proposal proposal, IReadOnlyList<Finding> findings, string output, Terminal terminal)
    {
        if (output == "json")
        {
            CutJson.Write(proposal, null, findings, terminal.Output);
        }
        else
        {
            CutReport.WriteFindings(findings, int.MaxValue, terminal, output == "text" ? terminal.Output : terminal.Error);
        }

        return findings.Any(f => f.Severity == Severity.Error)
            ? terminal.Refuse(ExitCode.ModelInvalid, "no cut is proposed until the constraints can hold; no file was written.")
            : terminal.Refuse(ExitCode.Findings, "there is nothing to cut here; no file was written.");
    }

    private static string Missing(string id, Proposal proposal) =>
        proposal.NotTried.FirstOrDefault(n => n.Id == id) is { } left
            ? $"It was not tried, because it needs {left.Needs}."
            : UsageProblem.Hint(id, proposal.Alternatives.Select(a => a.Id), $"There are {string.Join(", ", proposal.Alternatives.Select(a => a.Id))}.");

    private static ExitCode? Foreign(string target, Terminal terminal)
    {
        try
        {
            return CutFiles.Foreign(target) is { } name
                ? terminal.Refuse(ExitCode.WouldOverwrite, $"'{GeneratedFiles.Shown(Path.Combine(target, name), terminal.CurrentFolder)}' is there already and was not written by decompose, so nothing was written. Give another folder with --out.")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unwritable(target, e, terminal);
        }
    }

    private static ExitCode Write(Proposal proposal, Alternative shown, IReadOnlyList<Finding> findings, CutConstraints constraints, string folder, string target, Terminal terminal)
    {
        using var document = new StringWriter();
        CutJson.Write(proposal, shown, findings, document);
        var texts = new Dictionary<string, string>
        {
            [CutFiles.Page] = CutPage.Of(proposal, shown, findings),
            [CutFiles.Document] = document.ToString(),
            [CutFiles.Model] = CutModel.Of(proposal, shown, constraints.File),
        };
        try
        {
            var location = new ModelLocation(folder, ModelLocation.DefaultFile);
            if (target.StartsWith(location.StateFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                StateFolder.Create(location);
            }

            if (Foreign(target, terminal) is { } foreign)
            {
                return foreign;
            }

            GeneratedFiles.Write(target, texts);
            if (constraints.IsMissing)
            {
                GeneratedFiles.WriteNew(constraints.Path, CutConstraints.Examples);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unwritable(target, e, terminal);
        }

        CutReport.WriteFiles(target, constraints, terminal);
        return ExitCode.Ok;
    }

    private static ExitCode Unwritable(string target, Exception e, Terminal terminal) =>
        terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{GeneratedFiles.Shown(target, terminal.CurrentFolder)}' could not be written: {e.Message.TrimEnd('.')}. Give another folder with --out.");
}
