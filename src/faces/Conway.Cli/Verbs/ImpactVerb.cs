using System.CommandLine;
using System.Text.Json;
using Conway.Checks.Graph;
using Conway.Lowering;
using Conway.Model;

namespace Conway.Cli.Verbs;

/// <summary><c>conway impact SERVICE</c></summary>
internal sealed class ImpactVerb : Verb
{
    private readonly Argument<string[]> _operands = CommonOptions.PathAndServices("[PATH] SERVICE", "The system, and the service");
    private readonly Option<string?> _environment = CommonOptions.Environment();
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    public override IEnumerable<Symbol> Symbols => [_operands, _environment, _output];

    public override IReadOnlyList<Example> Examples => [new("conway impact inventory", "what fails, and what works with less, without it"), new("conway impact inventory -o json", "for programs")];

    public override Task<ExitCode> RunAsync(ParseResult line, Terminal terminal, CancellationToken cancellationToken) => Task.FromResult(Run(line, terminal));

    private ExitCode Run(ParseResult line, Terminal terminal)
    {
        if (Operands.Of(line.GetValue(_operands) ?? [], out var problem) is not { } operands)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        if (operands.Names.Count != 1)
        {
            return terminal.Refuse(ExitCode.Usage, operands.Names.Count == 0 ? "which service? 'conway impact SERVICE'." : "one service at a time can be taken away.");
        }

        if (ModelLocation.Find(operands.Path, terminal.CurrentFolder, out problem) is not { } location)
        {
            return terminal.Refuse(ExitCode.Usage, problem);
        }

        var loaded = LoadedModel.Load(location, line.GetValue(_environment), terminal);
        ModelVerb.NoteErrors(loaded, terminal);
        var name = operands.Names[0];
        if (!loaded.Model.Services.ContainsKey(name))
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no service '{name}'. {UsageProblem.Hint(name, loaded.Model.Services.Keys, $"There are {string.Join(", ", loaded.Model.Services.Keys.Take(20))}.")}");
        }

        var impact = Impact.Of(loaded.Model, name);
        var journeys = Journeys(loaded.Model, impact).ToArray();
        if (line.GetValue(_output) == "json")
        {
            JsonOutput.Write(terminal.Output, json => WriteJson(json, impact, journeys));
        }
        else
        {
            Write(impact, journeys, terminal);
        }

        return loaded.Read.HasErrors ? ExitCode.ModelInvalid : ExitCode.Ok;
    }

    /// <summary>The first step of each journey that meets what is gone, as far as its paths are known before a run.</summary>
    private static IEnumerable<(string Journey, int Step, string Request, string Service)> Journeys(SystemModel model, Impact impact)
    {
        var gateway = GatewayEntry.Of(model);
        foreach (var (name, journey) in model.Journeys)
        {
            foreach (var (index, step) in journey.Steps.Index())
            {
                if (step.Request() is var (method, path) && gateway.ServiceOf(method, path) is { } service && impact.IsGone(service))
                {
                    yield return (name, index + 1, $"{method} {path}", service);
                    break;
                }
            }
        }
    }

    private static void Write(Impact impact, IReadOnlyList<(string Journey, int Step, string Request, string Service)> journeys, Terminal terminal)
    {
        var facts = new FactLines(terminal);
        facts.Add("without", impact.Service);
        facts.Add("fails", impact.Fails.Select(one => $"{one.Service}  requires it: {string.Join(" -> ", one.Chain)}"));
        facts.Add("degrades", impact.Degrades.Select(one => $"{one.Service}  calls it: {string.Join(" -> ", one.Chain)}"));
        facts.Add("routes", impact.Routes.Select(route => $"{(route.Methods.Count > 0 ? string.Join(',', route.Methods) + " " : "")}{route.Host}{route.Path}  to {route.To}"));
        facts.Add("journeys", journeys.Select(one => $"{one.Journey}  step {one.Step}: {one.Request} reaches {one.Service}"));
        facts.Add("sagas", impact.Sagas.Select(one => one.Step == 0 ? $"{one.Saga}  {one.Call} drives it" : $"{one.Saga}  stops at step {one.Step}: {one.Call}"));
        facts.Add("events", impact.Events.Select(one => one.IsSilent ? $"{one.Event}  nobody publishes it for {string.Join(", ", one.Services)}" : $"{one.Event}  waits for {string.Join(", ", one.Services)}"));
        if (impact.Fails.Count + impact.Degrades.Count + impact.Routes.Count + impact.Sagas.Count + impact.Events.Count == 0)
        {
            terminal.Output.WriteLine("nothing that the model declares needs it");
        }
    }

    private static void WriteJson(Utf8JsonWriter json, Impact impact, IReadOnlyList<(string Journey, int Step, string Request, string Service)> journeys)
    {
        json.WriteStartObject();
        json.WriteString("service", impact.Service);
        json.WriteObjects("fails", impact.Fails, Affected);
        json.WriteObjects("degrades", impact.Degrades, Affected);
        json.WriteObjects("routes", impact.Routes, route =>
        {
            json.WriteString("host", route.Host);
            json.WriteString("path", route.Path);
            json.WriteStrings("methods", route.Methods);
            json.WriteString("to", route.To);
        });
        json.WriteObjects("journeys", journeys, one =>
        {
            json.WriteString("journey", one.Journey);
            json.WriteNumber("step", one.Step);
            json.WriteString("request", one.Request);
            json.WriteString("service", one.Service);
        });
        json.WriteObjects("sagas", impact.Sagas, one =>
        {
            json.WriteString("saga", one.Saga);
            json.WriteNumber("step", one.Step);
            json.WriteString("call", one.Call);
        });
        json.WriteObjects("events", impact.Events, one =>
        {
            json.WriteString("event", one.Event);
            json.WriteBoolean("silent", one.IsSilent);
            json.WriteStrings("services", one.Services);
        });
        json.WriteEndObject();

        void Affected(Affected one)
        {
            json.WriteString("service", one.Service);
            json.WriteStrings("chain", one.Chain);
        }
    }
}
