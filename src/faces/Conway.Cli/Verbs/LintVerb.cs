using System.CommandLine;
using Conway.Findings;
using Conway.ManifestFacts;
using Conway.ManifestLint;

namespace Conway.Cli.Verbs;

/// <summary><c>conway lint k8s</c> and <c>conway lint docker</c></summary>
internal sealed class LintVerb : Verb
{
    private const string Forms = "'conway lint k8s DIR' or 'conway lint docker DIR'";

    private readonly Argument<string[]> _operands = new("k8s|docker PATH…") { Arity = ArgumentArity.ZeroOrMore, Description = "k8s or docker, then folders and files" };
    private readonly Option<string?> _namespace = new("--namespace", "-n") { HelpName = "NAME", Description = "k8s: of objects that name none; default by default" };
    private readonly Option<string?> _profile = CommonOptions.OneOf(new Option<string?>("--profile") { HelpName = "baseline|restricted", Description = "k8s: only what this Pod Security Standard demands" }, "baseline", "restricted");
    private readonly Option<bool> _optional = CommonOptions.Flag("--all-rules", "The optional rules, too");
    private readonly Option<bool> _complete = CommonOptions.Flag("--complete", "k8s: what is not in the manifests is nowhere");
    private readonly Option<string[]> _only = new("--only") { HelpName = "RULE", Description = "Only these rules, by id or another tool's id; may be repeated" };
    private readonly Option<string[]> _skip = new("--skip") { HelpName = "RULE", Description = "Not these rules" };
    private readonly Option<string[]> _registry = new("--registry") { HelpName = "PREFIX", Description = "Images may come only from here; may be repeated" };
    private readonly Option<bool> _rules = CommonOptions.Flag("--rules", "List the rules, and lint nothing");
    private readonly Option<string> _output = CommonOptions.Output("text", "json", "sarif", "junit", "markdown");
    private readonly Option<string> _failOn = CommonOptions.OneOf(
        new Option<string>("--fail-on") { HelpName = "error|warning|info|none", Description = "From which weight on a new finding makes the exit code 1; error by default", DefaultValueFactory = _ => "error" },
        "error", "warning", "info", "none");
    private readonly Option<string?> _baseline = new("--baseline") { HelpName = "FILE", Description = "Only findings that this baseline does not have count" };
    private readonly Option<string?> _writeBaseline = new("--write-baseline") { HelpName = "FILE", Description = "Write all present findings as a baseline, and succeed" };

    public LintVerb() => _operands.CompletionSources.Add("k8s", "docker");

    public override IEnumerable<Symbol> Symbols => [_operands, _namespace, _profile, _optional, _complete, _only, _skip, _registry, _rules, _output, _failOn, _baseline, _writeBaseline];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway lint k8s --rules", "what is looked for"),
        new("conway lint k8s deploy/", "all manifests below a folder"),
        new("conway lint k8s deploy/ --profile restricted", "only the Pod Security Standard"),
        new("conway lint k8s deploy/ --skip CKV_K8S_11", "by the id of any tool"),
        new("conway lint k8s deploy/ -o sarif > k8s.sarif", "in a pipeline"),
        new("conway lint docker .", "all Dockerfiles below a folder"),
        new("conway lint docker Dockerfile --skip DL3008", "by the id of hadolint"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal, cancellationToken));

    private ExitCode Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var operands = line.GetValue(_operands) ?? [];
        if (operands.Length == 0 || operands[0] is not ("k8s" or "docker"))
        {
            return terminal.Refuse(ExitCode.Usage, operands.Length == 0 ? $"say what to lint: {Forms}." : $"'{operands[0]}' is nothing that lint does. It is {Forms}.");
        }

        var isDocker = operands[0] == "docker";
        var (name, catalog) = ($"conway lint {operands[0]}", isDocker ? DockerCatalog.All : RuleCatalog.All);
        var (only, skip) = (Words(line.GetValue(_only)), Words(line.GetValue(_skip)));
        if (only.Concat(skip).FirstOrDefault(w => !catalog.Any(r => r.IsNamed(w))) is { } unknown)
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no rule '{unknown}'. {UsageProblem.Hint(unknown, catalog.Select(r => r.Id), $"'{name} --rules' lists all.")}");
        }

        if (isDocker && new Option[] { _namespace, _profile, _complete }.FirstOrDefault(o => line.GetResult(o) is { Implicit: false }) is { } foreign)
        {
            return terminal.Refuse(ExitCode.Usage, $"'{foreign.Name}' is of 'conway lint k8s'; a Dockerfile has none.");
        }

        if (line.GetValue(_rules))
        {
            return List(catalog, line.GetValue(_output)!, terminal);
        }

        if (operands.Length == 1)
        {
            return terminal.Refuse(ExitCode.Usage, isDocker ? "say which Dockerfiles: 'conway lint docker DIR'." : "say which manifests: 'conway lint k8s DIR'.");
        }

        Baseline? baseline = null;
        if (line.GetValue(_baseline) is { } path && (baseline = BaselineFile.Read(path, terminal, out var problem, name + " DIR")) is null)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var options = new LintOptions
        {
            Namespace = line.GetValue(_namespace) ?? "default",
            Standard = line.GetValue(_profile) switch { "baseline" => PodSecurity.Baseline, "restricted" => PodSecurity.Restricted, _ => null },
            WithOptional = line.GetValue(_optional),
            IsComplete = line.GetValue(_complete),
            Only = only,
            Skip = skip,
            Registries = Words(line.GetValue(_registry)),
        };
        if ((isDocker ? Dockerfiles(operands[1..], options, terminal, cancellationToken, out var linted) : Manifests(operands[1..], options, terminal, cancellationToken, out linted)) is { } why)
        {
            return terminal.Refuse(ExitCode.Usage, why);
        }

        var report = linted.Report;
        var outcome = new CheckOutcome
        {
            Title = name,
            System = "",
            Findings = report.Findings,
            Suppressed = report.Suppressed,
            SuppressedBy = isDocker ? "by comments" : "by annotations",
            Evaluated = report.Evaluated,
            NotEvaluated = report.NotEvaluated,
            Unread = linted.Unread,
            Files = report.Files,
            Baseline = baseline?.Compare(report.Findings),
            FailOn = line.GetValue(_failOn) switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => null },
        };
        switch (line.GetValue(_output))
        {
            case "json": FindingsJson.Write(outcome, terminal.Output); break;
            case "sarif": FindingsSarif.Write(outcome, RepositoryRoot.WayFrom(terminal.CurrentFolder), terminal.Output); break;
            case "junit": FindingsJUnit.Write(outcome, terminal.Output); break;
            case "markdown": FindingsMarkdown.Write(outcome, terminal.Output); break;
            default: FindingsReport.Write(outcome, false, terminal); break;
        }

        var rules = FindingsReport.Count(report.Evaluated.Count, "rule");
        terminal.Note(isDocker ? $"{FindingsReport.Count(report.Kinds.Values.Sum(), "instruction")} in {FindingsReport.Count(report.Files.Count, "file")} by {rules}."
            : $"{FindingsReport.Count(report.Kinds.Values.Sum(), "object")} of {FindingsReport.Count(report.Kinds.Count, "kind")} by {rules}{(report.Ignored == 0 ? "" : $"; no objects or patches of one: {FindingsReport.Count(report.Ignored, "document")}")}.");
        return line.GetValue(_writeBaseline) is { } written ? BaselineFile.Write(written, Baseline.Of(report.Findings), terminal) : outcome.Fails ? ExitCode.Findings : ExitCode.Ok;
    }

    private static string? Manifests(string[] paths, LintOptions options, Terminal terminal, CancellationToken cancellationToken, out (LintReport Report, IReadOnlyList<UnreadManifest> Unread) linted)
    {
        linted = default;
        if (ManifestFolder.Read(paths, terminal.CurrentFolder, cancellationToken, out var files) is { } why)
        {
            return why;
        }

        linted = (ManifestLinter.Lint(files.Texts, options, cancellationToken), files.Unread);
        return linted.Report.Kinds.Count == 0 && linted.Report.Findings.Count == 0 ? $"there is no Kubernetes object in {Quoted(paths)}. Give a folder with manifests." : null;
    }

    private static string? Dockerfiles(string[] paths, LintOptions options, Terminal terminal, CancellationToken cancellationToken, out (LintReport Report, IReadOnlyList<UnreadManifest> Unread) linted)
    {
        linted = default;
        if (DockerFolder.Read(paths, terminal.CurrentFolder, cancellationToken, out var files) is { } why)
        {
            return why;
        }

        linted = (DockerLinter.Lint(files, options, cancellationToken), []);
        return files.Count == 0 ? $"there is no Dockerfile in {Quoted(paths)}. Give a folder with one, or the file itself." : null;
    }

    private static string Quoted(string[] paths) => string.Join(" and ", paths.Select(p => $"'{p}'"));

    /// <summary>A rule as a page.</summary>
    public static string PageOf(LintRule rule) => $"""
        # {rule.Id} {rule.Requirement}

        Weighs: {FindingText.Word(rule.Severity)}.{(rule.IsOptional ? " Judged with --all-rules, or when --only names it." : "")}{(rule.Standard is { } standard ? $" The Pod Security Standard '{standard.ToString().ToLowerInvariant()}' demands it." : "")}{(rule.Aliases.Count == 0 ? "" : $"\n\nOther tools call it {string.Join(", ", rule.Aliases)}.")}

        ## Why it matters

        {rule.Why}

        ## How to mend it

        {rule.Fix}

        """;

    private static string[] Words(string[]? given) => [.. (given ?? []).SelectMany(g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static ExitCode List(IReadOnlyList<LintRule> catalog, string form, Terminal terminal)
    {
        if (form == "json")
        {
            JsonOutput.Write(terminal.Output, json =>
            {
                json.WriteStartObject();
                json.WriteObjects("rules", catalog, rule =>
                {
                    json.WriteString("id", rule.Id);
                    json.WriteString("severity", FindingText.Word(rule.Severity));
                    json.WriteString("requirement", rule.Requirement);
                    json.WriteString("why", rule.Why);
                    json.WriteString("fix", rule.Fix);
                    json.WriteBoolean("optional", rule.IsOptional);
                    json.WriteString("standard", rule.Standard?.ToString().ToLowerInvariant());
                    json.WriteStrings("aliases", rule.Aliases);
                });
                json.WriteEndObject();
            });
            return ExitCode.Ok;
        }

        foreach (var rule in catalog)
        {
            terminal.Output.Write($"{rule.Id,-32} {FindingText.Word(rule.Severity),-7} {(rule.IsOptional ? "opt " : "    ")}{rule.Requirement}{(rule.Aliases.Count == 0 ? "" : $"  [{string.Join(' ', rule.Aliases)}]")}\n");
        }

        return ExitCode.Ok;
    }
}
