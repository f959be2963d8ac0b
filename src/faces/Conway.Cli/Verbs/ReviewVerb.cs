using System.CommandLine;
using Conway.Findings;

namespace Conway.Cli.Verbs;

/// <summary><c>conway review</c></summary>
internal sealed class ReviewVerb : Verb
{
    private readonly Argument<string[]> _operands = new("BASE..HEAD [PATH]")
    {
        Arity = new ArgumentArity(0, 2),
        Description = "Revisions of git, or BASE alone to compare with the folder; then a path",
    };

    private readonly Option<string?> _baseFile = new("--base-file") { HelpName = "PATH", Description = "Compare this folder or conway.yaml, without git" };
    private readonly Option<string?> _headFile = new("--head-file") { HelpName = "PATH", Description = "With this one" };
    private readonly Option<string?> _environment = CommonOptions.Environment();
    private readonly Option<string> _output = CommonOptions.Output("text", "markdown", "json", "sarif");
    private readonly Option<string> _failOn = CommonOptions.OneOf(
        new Option<string>("--fail-on") { HelpName = "error|warning|info|none", Description = "From which weight on a change makes the exit code 1 or 8; error by default", DefaultValueFactory = _ => "error" },
        "error", "warning", "info", "none");

    public override IEnumerable<Symbol> Symbols => [_operands, _baseFile, _headFile, _environment, _output, _failOn];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway review main...HEAD", "what this branch does to the architecture"),
        new("conway review HEAD", "what is not committed yet"),
        new("conway review v1.4..v1.5 samples/shop", "between two releases"),
        new("conway review origin/main... -o markdown > comment.md", "for a pull request"),
        new("conway review main... --fail-on warning -o sarif > review.sarif", "in a pipeline"),
        new("conway review --base-file old --head-file new", "two folders, without git"),
    ];

    public override async Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var operands = line.GetValue(_operands) ?? [];
        var (baseFile, headFile) = (line.GetValue(_baseFile), line.GetValue(_headFile));
        if ((baseFile is null) != (headFile is null))
        {
            return terminal.Refuse(ExitCode.Usage, $"{(baseFile is null ? "--head-file is given without --base-file" : "--base-file is given without --head-file")}. Give both, or a range such as main..HEAD.");
        }

        if (baseFile is not null && operands.Length > 0)
        {
            return terminal.Refuse(ExitCode.Usage, $"'{operands[0]}' is given, and --base-file with --head-file, too. Give a range, or two files.");
        }

        if (baseFile is null && operands.Length == 0)
        {
            return terminal.Refuse(ExitCode.Usage, "there is nothing to compare with. Give a range such as main..HEAD, or --base-file and --head-file.");
        }

        using var sides = baseFile is not null
            ? ReviewSides.OfFiles(baseFile, headFile!, terminal)
            : await ReviewSides.OfRangeAsync(operands[0], operands.ElementAtOrDefault(1), terminal, cancellationToken);
        if (sides is not { Problem: null, Base: { } before, Head: { } after })
        {
            return terminal.Refuse(sides.Code, sides.Problem ?? "there is nothing to compare.");
        }

        sides.Notes.ForEach(terminal.Note);
        var environment = line.GetValue(_environment);
        var failOn = line.GetValue(_failOn) switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => (Severity?)null };
        var outcome = ReviewOutcome.Of(before, after, environment, failOn, terminal, cancellationToken);
        if (environment is not null && !outcome.Result.Environments.Contains(environment))
        {
            var known = outcome.Result.Environments;
            return terminal.Refuse(ExitCode.Usage, $"there is no environment '{environment}' at {after.Label}. {UsageProblem.Hint(environment, known, known.Count == 0 ? "The model describes none." : $"It has {string.Join(", ", known)}.")}");
        }

        switch (line.GetValue(_output))
        {
            case "markdown": ReviewMarkdown.Write(outcome, terminal.Output); break;
            case "json": ReviewJson.Write(outcome, terminal.Output); break;
            case "sarif": ReviewSarif.Write(outcome, terminal.Output); break;
            default: ReviewReport.Write(outcome, terminal); break;
        }

        return outcome.IsInvalid ? ExitCode.ModelInvalid : outcome.Breaks ? ExitCode.Drift : outcome.Fails ? ExitCode.Findings : ExitCode.Ok;
    }
}
