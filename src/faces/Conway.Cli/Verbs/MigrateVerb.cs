using System.CommandLine;
using Conway.Decomposition.Proposals;
using Conway.Findings;
using Conway.GitFacts;
using Conway.Migration;
using Conway.Migration.Linting;
using Conway.Migration.Pieces;
using Conway.Migration.Plans;

namespace Conway.Cli.Verbs;

/// <summary><c>conway migrate plan</c> and <c>conway migrate lint</c></summary>
internal sealed class MigrateVerb : Verb
{
    private const string Plan = "plan";
    private const string Lint = "lint";

    private readonly Argument<string?> _what = new("WHAT") { Arity = ArgumentArity.ZeroOrOne, Description = "plan: make or renew a plan; lint: check one" };
    private readonly Argument<string?> _path = new("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "A folder with C# source, or a solution; for lint a plan" };
    private readonly Option<string?> _constraints = new("--constraints", "-c") { HelpName = "FILE", Description = "What the cut must honour, as of decompose" };
    private readonly Option<string?> _cut = new("--cut") { HelpName = "ID", Description = "Which cut to lead to; the recommended one by default" };
    private readonly Option<string?> _traces = new("--traces") { HelpName = "FILE", Description = "Weigh by what really runs: traces in OTLP's JSON" };
    private readonly Option<bool> _git = CommonOptions.Flag("--git", "Weigh by what is changed often, too");
    private readonly Option<string?> _solution = new("--solution") { HelpName = "FILE", Description = "The solution whose projects are read, seen from PATH" };
    private readonly Option<string?> _out = new("--out") { HelpName = "PLACE", Description = "Keep it: a folder, or the plan's file by its .yaml" };
    private readonly Option<bool> _force = CommonOptions.Flag("--force", "Write over what was edited by hand, too");
    private readonly Option<string> _output = CommonOptions.Output("text", "json", "markdown");

    public MigrateVerb() => _what.CompletionSources.Add(Plan, Lint);

    public override IEnumerable<Symbol> Symbols => [_what, _path, _constraints, _cut, _traces, _git, _solution, _out, _force, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway migrate plan", "how the code in this folder becomes services"),
        new("conway migrate plan ../shop --git --out migration", "keep the plan, and renew it later"),
        new("conway migrate lint migration", "look for what a plan must not lack"),
        new("conway migrate plan --cut coarse -o markdown", "another cut, as a page to read"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => line.GetValue(_what) switch
    {
        Plan => PlanAsync(line, terminal, cancellationToken),
        Lint => Task.FromResult(Misplaced(line) is { } option ? terminal.Refuse(ExitCode.Usage, $"{option} is for 'migrate plan'; lint only reads a plan. Leave it out.") : PlanLint.Run(line.GetValue(_path), line.GetValue(_output)!, terminal)),
        null => Task.FromResult(terminal.Refuse(ExitCode.Usage, "say what to do: 'conway migrate plan' or 'conway migrate lint'.")),
        var other => Task.FromResult(terminal.Refuse(ExitCode.Usage, $"'{other}' is nothing that migrate does. {UsageProblem.Hint(other, [Plan, Lint], "It is one of: plan, lint.")}")),
    };

    /// <summary>An option that lint does not have; null when none is given.</summary>
    private string? Misplaced(ParseResult line) =>
        line.GetValue(_output) == "markdown" ? "-o markdown"
        : Symbols.OfType<Option>().FirstOrDefault(o => o != _output && line.GetResult(o) is { Implicit: false })?.Name;

    private async Task<ExitCode> PlanAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var given = line.GetValue(_path) ?? ".";
        var (folder, solution) = CutWork.Place(Path.GetFullPath(given, terminal.CurrentFolder), line.GetValue(_solution));
        if (CutWork.Problem(given, folder, solution) is { } problem)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var beside = Path.Combine(new ModelLocation(folder, ModelLocation.DefaultFile).StateFolder, "decompose");
        if (CutConstraints.Read(line.GetValue(_constraints), beside, terminal.CurrentFolder, out var unreadable) is not { } constraints)
        {
            return terminal.Refuse(ExitCode.Usage, unreadable);
        }

        var tracesGiven = line.GetValue(_traces);
        using var traces = tracesGiven is null ? null : CutTraces.Open(tracesGiven, terminal.CurrentFolder, out unreadable);
        if (tracesGiven is not null && traces is null)
        {
            return terminal.Refuse(ExitCode.Usage, unreadable);
        }

        // Before the long work, not after it.
        var place = line.GetValue(_out) is { } named ? PlanPlace.Of(Path.GetFullPath(named, terminal.CurrentFolder), named) : null;
        if (!TryEarlier(place, line.GetValue(_force), terminal, out var earlier, out var refused))
        {
            return refused;
        }

        var options = new ProposalOptions { Constraints = constraints.File, ConstraintsPath = constraints.Shown };
        var wanted = line.GetValue(_cut);
        var (made, unusable) = await CutWork.WithBenchAsync<Made>(
            folder, solution, options, traces, line.GetValue(_git), (bench, history, others) => Make(bench, history, others, wanted, constraints, earlier, cancellationToken), terminal, cancellationToken);
        return unusable is not null ? terminal.Refuse(ExitCode.Usage, unusable)
            : made!.Plan is not { } plan ? Nothing(made, terminal)
            : Tell(plan, made.Findings, made.Pieces, earlier, place, line, terminal);
    }

    /// <summary>What came of the work: a plan, or why there is none.</summary>
    private sealed record Made(MigrationPlan? Plan, IReadOnlyList<Finding> Findings, IReadOnlyList<Piece> Pieces, string Problem = "", ExitCode Code = ExitCode.Findings);

    private static Made Make(Workbench bench, GitHistory? history, IReadOnlyList<Finding> others, string? wanted, CutConstraints constraints, MigrationPlan? earlier, CancellationToken cancellation)
    {
        var proposal = bench.Propose(cancellation);
        var findings = CutView.FindingsOf(proposal, others);
        if (findings.Any(f => f.Severity == Severity.Error))
        {
            return new Made(null, findings, [], "no plan is made until the constraints can hold; no file was written.", ExitCode.ModelInvalid);
        }

        if (proposal.Alternatives.IsEmpty)
        {
            return new Made(null, findings, [], "there is nothing to cut here, so there is nothing to plan; no file was written.");
        }

        var cuts = proposal.Alternatives.Where(a => a.Services.Length > 1).ToArray();
        var id = wanted ?? proposal.Recommended;
        if (wanted is not null && proposal.Find(wanted) is null)
        {
            return new Made(null, [], [], $"there is no cut '{wanted}'. {UsageProblem.Hint(wanted, cuts.Select(c => c.Id), $"There are {string.Join(", ", cuts.Select(c => c.Id))}.")}", ExitCode.Usage);
        }

        var shown = proposal.Find(id) ?? proposal.Alternatives[0];
        if (shown.Services.Length < 2)
        {
            var instead = cuts.Length == 0 ? "No cut has more than one." : $"Name another with --cut: {string.Join(", ", cuts.Select(c => c.Id))}.";
            return new Made(null, [], [], $"the cut '{shown.Id}' has one service, so nothing is taken out. {instead}");
        }

        var plan = Planner.Make(PlanSubject.Of(proposal, shown, constraints.File, history), earlier?.Weights ?? new OrderWeights(), cancellation);
        plan = earlier is null ? plan : OwnersPart.Keep(plan, earlier);
        return new Made(plan, findings, PlanPieces.Of(plan, proposal.Code));
    }

    private static ExitCode Nothing(Made made, Terminal terminal)
    {
        CutReport.WriteFindings(made.Findings, int.MaxValue, terminal, terminal.Error);
        return terminal.Refuse(made.Code, made.Problem);
    }

    private ExitCode Tell(MigrationPlan plan, IReadOnlyList<Finding> findings, IReadOnlyList<Piece> pieces, MigrationPlan? earlier, PlanPlace? place, ParseResult line, Terminal terminal)
    {
        switch (line.GetValue(_output))
        {
            case "json": terminal.Output.Write(PlanJson.Of(plan)); break;
            case "markdown": terminal.Output.Write(PlanMarkdown.Of(plan)); break;
            default:
                PlanReport.Write(plan, terminal);
                CutReport.WriteFindings(findings, 8, terminal, terminal.Output);
                break;
        }

        if (place is null)
        {
            terminal.Note("nothing was written; --out keeps the plan, and how far each step is.");
            return ExitCode.Ok;
        }

        try
        {
            if (!line.GetValue(_force) && place.Edited(pieces) is { Count: > 0 } edited)
            {
                return terminal.Refuse(ExitCode.WouldOverwrite, $"{string.Join(", ", edited.Take(5).Select(e => $"'{e}'"))}{(edited.Count > 5 ? $" and {edited.Count - 5} more" : "")} in '{place.Shown}' {(edited.Count == 1 ? "was" : "were")} edited by hand, so nothing was written. --force writes over {(edited.Count == 1 ? "it" : "them")}.");
            }

            place.Write(plan, pieces);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unwritable(place, e, terminal);
        }

        if (earlier is not null && OwnersPart.Removed(plan, earlier) is { Count: > 0 } removed)
        {
            terminal.Note($"{CutText.Count(removed.Count, "step")} of the earlier plan {(removed.Count == 1 ? "is" : "are")} gone: {string.Join(", ", removed.Take(10))}{(removed.Count > 10 ? ", …" : "")}");
        }

        if (PlanLints.Of(plan) is { Count: > 0 } lints)
        {
            terminal.Note($"{CutText.Count(lints.Count, "mistake")} in the plan: conway migrate lint {place.Shown}");
        }

        terminal.Note($"written: {string.Join(", ", place.Written.Select(f => GeneratedFiles.Shown(f, terminal.CurrentFolder)))}{(place.Folder is null || pieces.Count == 0 ? "" : $", and {CutText.Count(pieces.Count, "file")} of SQL, routes and C# to begin with")}");
        return ExitCode.Ok;
    }

    /// <summary>The plan that is there already; false when it stands in the way.</summary>
    private static bool TryEarlier(PlanPlace? place, bool force, Terminal terminal, out MigrationPlan? earlier, out ExitCode refused)
    {
        (earlier, refused) = (null, ExitCode.Ok);
        if (place is null)
        {
            return true;
        }

        try
        {
            if (place.Foreign() is { } foreign)
            {
                refused = terminal.Refuse(ExitCode.WouldOverwrite, $"'{GeneratedFiles.Shown(foreign, terminal.CurrentFolder)}' is there already and was not written by migrate, so nothing was written. Give another place with --out.");
                return false;
            }

            if (!File.Exists(place.Plan))
            {
                return true;
            }

            var read = PlanFile.Read(GeneratedFiles.Shown(place.Plan, terminal.CurrentFolder), File.ReadAllBytes(place.Plan));
            if (read.Findings.Any(f => f.Severity == Severity.Error))
            {
                CutReport.WriteFindings(read.Findings, int.MaxValue, terminal, terminal.Error);
                refused = terminal.Refuse(ExitCode.ModelInvalid, "the plan that is there cannot be read, so it was left as it is: what people wrote in it would be lost.");
                return false;
            }

            if (!force && PlanFile.IsEdited(read.Value))
            {
                refused = terminal.Refuse(ExitCode.WouldOverwrite, $"'{GeneratedFiles.Shown(place.Plan, terminal.CurrentFolder)}' was edited where the next run writes anew, so it was left as it is. What is yours in it is told at its head; --force gives up the rest.");
                return false;
            }

            earlier = read.Value;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refused = Unwritable(place, e, terminal);
            return false;
        }
    }

    private static ExitCode Unwritable(PlanPlace place, Exception e, Terminal terminal) =>
        terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{place.Shown}' could not be written: {e.Message.TrimEnd('.')}. Give another place with --out.");
}
