using System.CommandLine;
using Conway.Artifacts;
using Conway.Findings;

namespace Conway.Cli.Verbs;

/// <summary><c>conway plan [PATH]</c></summary>
internal sealed class PlanVerb : Verb
{
    private readonly Argument<string?> _path = CommonOptions.Path();
    private readonly Option<string?> _environment = CommonOptions.Environment();
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    public PlanVerb() => _environment.Aliases.Add("--env");

    public override IEnumerable<Symbol> Symbols => [_path, _environment, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway plan -e production", "what stands for what there, and what is missing"),
        new("conway plan -e production -o json", "for a program"),
    ];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (ModelLocation.Find(line.GetValue(_path), terminal.CurrentFolder, out var problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var environment = line.GetValue(_environment);
        var loaded = LoadedModel.Load(location, environment, terminal);
        if (loaded.Read.HasErrors)
        {
            var first = loaded.Read.Findings.First(finding => finding.Severity == Severity.Error);
            return terminal.Refuse(ExitCode.ModelInvalid, $"the model has errors, so nothing can be planned: {first} 'conway check' shows all.");
        }

        // A model that is right with the settings of the environment may be wrong without them; a run would say so.
        var local = environment is null ? loaded : LoadedModel.Load(location, null, terminal);
        var folder = System.IO.Path.Combine(location.Folder, "deploy", environment ?? "");
        var plan = EnvironmentPlan.Of(local.Model, loaded.Model, environment, SourceReading.Read(loaded.Model, location.Folder, System.IO.Path.TrimEndingDirectorySeparator(folder)));
        var findings = loaded.Read.Map.Place(plan.Findings);
        if (line.GetValue(_output) == "json")
        {
            PlanForms.Json(plan, findings, environment, terminal);
        }
        else
        {
            PlanForms.Text(plan, findings, loaded.Model.System, environment, terminal);
        }

        return findings.Any(finding => finding.Severity == Severity.Error) ? ExitCode.Findings : ExitCode.Ok;
    }
}
