using System.CommandLine;
using Conway.Findings;

namespace Conway.Cli.Verbs;

/// <summary><c>conway check</c></summary>
internal sealed class CheckVerb : ModelVerb
{
    private readonly Option<string> _output = CommonOptions.Output("text", "json", "sarif", "junit", "markdown");
    private readonly Option<string> _failOn = CommonOptions.OneOf(
        new Option<string>("--fail-on") { HelpName = "error|warning|info|none", Description = "From which weight on a new finding makes the exit code 1; error by default", DefaultValueFactory = _ => "error" },
        "error", "warning", "info", "none");
    private readonly Option<bool> _strict = CommonOptions.Flag("--strict", "The same as --fail-on warning");
    private readonly Option<bool> _observed = CommonOptions.Flag("--observed", "Compare with what the running system, or else the last run, really did");
    private readonly Option<string?> _run = new("--run") { HelpName = "RUN", Description = "Compare with this run" };
    private readonly Option<string?> _isolated = IsolatedRuns.Option("Compare with what the isolated run of this name did");
    private readonly Option<string?> _with = new("--with") { HelpName = "code,git,manifests|all", Description = "Look at the source, its history, Compose and Kubernetes files, too" };
    private readonly Option<bool> _boundaries = CommonOptions.Flag("--boundaries", "Show the figures of every service's boundary");
    private readonly Option<string?> _baseline = new("--baseline") { HelpName = "FILE", Description = "Only findings that this baseline does not have count" };
    private readonly Option<string?> _writeBaseline = new("--write-baseline") { HelpName = "FILE", Description = "Write all present findings as a baseline, and succeed" };

    public override IEnumerable<Symbol> Symbols => [Path, Environment, _output, _failOn, _strict, _observed, _run, _isolated, _with, _boundaries, _baseline, _writeBaseline];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway check", "the model found from here upward"),
        new("conway check samples/shop -e production", "with the overlay of production"),
        new("conway check --strict -o sarif > findings.sarif", "in a pipeline"),
        new("conway check --with code,git,manifests", "and at the source, its history, and how it is deployed"),
        new("conway check --observed", "and what the services really did"),
        new("conway check --isolated review", "and what they did in the run of this name"),
        new("conway check --write-baseline baseline.json", "live with what is there today"),
        new("conway check --baseline baseline.json", "and hear only of what is new"),
    ];

    protected override async Task<ExitCode> LookAsync(LoadedModel model, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var failOn = line.GetValue(_failOn)!;
        if (line.GetValue(_strict))
        {
            if (line.GetResult(_failOn) is { Implicit: false } && failOn != "warning")
            {
                return terminal.Refuse(ExitCode.Usage, $"--strict means --fail-on warning, and --fail-on {failOn} is given too. Leave one of them out.");
            }

            failOn = "warning";
        }

        SchemaFile.Refresh(model.Location, terminal);
        var with = (line.GetValue(_with) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (with.FirstOrDefault(w => !SystemInputs.Words.Contains(w)) is { } unknown)
        {
            return terminal.Refuse(ExitCode.Usage, $"--with cannot be '{unknown}'. {UsageProblem.Hint(unknown, SystemInputs.Words, $"It is some of: {string.Join(", ", SystemInputs.Words)}.")}");
        }

        var isolated = line.GetValue(_isolated);
        var (run, missing) = line.GetValue(_observed) || line.GetValue(_run) is not null || isolated is not null
            ? await SystemInputs.ObservedAsync(model.Location with { Isolated = isolated }, line.GetValue(_run), terminal, cancellationToken) : (null, null);
        if (missing is not null)
        {
            return terminal.Refuse(ExitCode.Usage, missing);
        }

        var inputs = await SystemInputs.ReadAsync(model.Location, with, run, cancellationToken);
        var report = model.Judge(inputs.Subject(model, LoadedModel.Today(terminal)), inputs.Findings);
        BaselineComparison? comparison = null;
        if (line.GetValue(_baseline) is { } baselinePath)
        {
            if (BaselineFile.Read(baselinePath, terminal, out var problem) is not { } baseline)
            {
                return terminal.Refuse(ExitCode.Usage, problem);
            }

            comparison = baseline.Compare(report.Findings);
        }

        var outcome = new CheckOutcome
        {
            System = model.Model.System,
            Findings = report.Findings,
            Suppressed = report.Suppressed,
            Evaluated = report.Evaluated,
            NotEvaluated = report.NotEvaluated,
            InPart = report.InPart,
            Traffic = report.Traffic,
            Boundaries = report.Boundaries,
            Unread = inputs.Manifests?.Unread ?? [],
            Files = [.. model.Read.Map.Texts.Keys.Order(StringComparer.Ordinal)],
            Baseline = comparison,
            IsInvalid = model.Read.HasErrors,
            FailOn = failOn switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => null },
        };
        Write(outcome, model, line, terminal);
        if (line.GetValue(_writeBaseline) is { } written)
        {
            return model.Read.HasErrors
                ? terminal.Refuse(ExitCode.ModelInvalid, "no baseline was written, because the model has errors in what it says: what is left of it would be judged wrongly later. Mend them first.")
                : BaselineFile.Write(written, Baseline.Of(report.Findings), terminal);
        }

        return model.Read.HasErrors ? ExitCode.ModelInvalid : outcome.Fails ? ExitCode.Findings : ExitCode.Ok;
    }

    private void Write(CheckOutcome outcome, LoadedModel model, ParseResult line, Terminal terminal)
    {
        switch (line.GetValue(_output))
        {
            case "json": FindingsJson.Write(outcome, terminal.Output); break;
            case "sarif": FindingsSarif.Write(outcome, RepositoryRoot.WayFrom(model.Location.Folder), terminal.Output); break;
            case "junit": FindingsJUnit.Write(outcome, terminal.Output); break;
            case "markdown": FindingsMarkdown.Write(outcome, terminal.Output); break;
            default: FindingsReport.Write(outcome, line.GetValue(_boundaries), terminal); break;
        }
    }
}
