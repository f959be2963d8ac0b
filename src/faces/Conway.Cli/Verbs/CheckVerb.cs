using System.CommandLine;
using Conway.Findings;

namespace Conway.Cli.Verbs;

/// <summary><c>conway check</c></summary>
internal sealed class CheckVerb : ModelVerb
{
    private readonly Option<string> _output = CommonOptions.Output("text", "json", "sarif");
    private readonly Option<bool> _strict = CommonOptions.Flag("--strict", "Warnings fail too");

    public override IEnumerable<Symbol> Symbols => [Path, Environment, _output, _strict];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway check", "the model found from here upward"),
        new("conway check samples/shop -e production", "with the overlay of production"),
        new("conway check --strict -o sarif > findings.sarif", "in a pipeline"),
    ];

    protected override ExitCode Look(LoadedModel model, ParseResult line, Terminal terminal)
    {
        SchemaFile.Refresh(model.Location, terminal);
        var findings = model.AllFindings();
        switch (line.GetValue(_output))
        {
            case "json": FindingsJson.Write(findings, model.Read.Map.Texts.Keys, terminal.Output); break;
            case "sarif": FindingsSarif.Write(findings, terminal.Output); break;
            default: FindingsReport.Write(findings, model.Read.Map.Texts.Count, terminal); break;
        }

        return model.Read.HasErrors ? ExitCode.ModelInvalid
            : findings.Any(f => f.Severity >= (line.GetValue(_strict) ? Severity.Warning : Severity.Error)) ? ExitCode.Findings
            : ExitCode.Ok;
    }
}
