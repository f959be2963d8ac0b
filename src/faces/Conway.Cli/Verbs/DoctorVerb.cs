using System.CommandLine;

namespace Conway.Cli.Verbs;

/// <summary><c>conway doctor</c></summary>
internal sealed class DoctorVerb : Verb
{
    private readonly Argument<string?> _path = CommonOptions.Path();
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    public override IEnumerable<Symbol> Symbols => [_path, _output];

    public override IReadOnlyList<Example> Examples => [new("conway doctor", "for the system here, or for the machine alone"), new("conway doctor -o json", "for a bug report")];

    public override async Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = line.GetValue(_path);
        var location = ModelLocation.Find(path, terminal.CurrentFolder, out var problem);
        if (location is null && path is not null)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var model = location is null ? null : LoadedModel.Load(location, null, terminal).Model;
        var facts = await DoctorCatalog.LookAsync(new DoctorSubject(location, model, terminal), cancellationToken);
        if (line.GetValue(_output) == "json")
        {
            WriteJson(facts, terminal.Output);
        }
        else
        {
            DoctorReport.Write(facts, terminal.Output, terminal.Ink);
        }

        return facts.Any(f => f.State == DoctorState.Bad) ? ExitCode.Findings : ExitCode.Ok;
    }

    private static void WriteJson(IReadOnlyList<DoctorFact> facts, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartArray();
        foreach (var fact in facts)
        {
            json.WriteStartObject();
            json.WriteString("name", fact.Name);
            json.WriteString("state", DoctorReport.Word(fact.State));
            json.WriteString("value", fact.Value);
            json.WriteString("mend", fact.Mend);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
