using System.CommandLine;
using System.Globalization;
using Conway.Model;

namespace Conway.Cli.Verbs;

/// <summary><c>conway describe SERVICE</c>: from the running system, else from the model.</summary>
internal sealed class DescribeVerb : NodeVerb
{
    private readonly Argument<string[]> _operands = CommonOptions.PathAndServices("[PATH] SERVICE", "The system, and the service");
    private readonly Option<string> _output = CommonOptions.Output("text", "json");

    protected override IEnumerable<Symbol> OwnSymbols => [_operands, _output];

    public override IReadOnlyList<Example> Examples => [new("conway describe orders", "state, replicas, calls, stores, routes, environment"), new("conway describe orders -o json", "as the node's API tells it")];

    protected override Operands? OperandsOf(ParseResult line, out string problem)
    {
        var operands = Operands.Of(line.GetValue(_operands) ?? [], out problem);
        if (operands is { Names.Count: not 1 })
        {
            problem = operands.Names.Count == 0 ? "which service? 'conway describe SERVICE'." : "one service at a time can be described.";
            return null;
        }

        return operands;
    }

    protected override ExitCode NotRunning(ModelLocation location, Operands operands, ParseResult line, Terminal terminal, string why)
    {
        var model = LoadedModel.Load(location, null, terminal).Model;
        var name = operands.Names[0];
        if (!model.Services.TryGetValue(name, out var service))
        {
            return terminal.Refuse(ExitCode.Usage, $"there is no service '{name}'. {UsageProblem.Hint(name, model.Services.Keys, $"There are {string.Join(", ", model.Services.Keys.Take(20))}.")}");
        }

        if (line.GetValue(_output) == "json")
        {
            return terminal.Refuse(ExitCode.NotRunning, why);
        }

        terminal.Note("note: nothing runs; this is what the model says.");
        var facts = new FactLines(terminal);
        facts.Add("service", name);
        facts.Add("about", service.Description);
        facts.Add("team", model.TeamOf(service));
        facts.Add("context", service.Context);
        facts.Add("starts", service.Project ?? service.Command);
        facts.Add("replicas", service.Replicas.ToString(CultureInfo.InvariantCulture));
        facts.Add("budget", service.Api.Budget is { } budget ? UnitText.Format(budget) : null);
        facts.Add("calls", service.Calls.Select(x => $"{x.Key}  {(x.Value.Timeout is { } t ? $"timeout {UnitText.Format(t)}" : "no timeout")}, {x.Value.Retries} retries{(x.Value.Required ? ", required" : "")}"));
        facts.Add("called by", model.Services.Where(s => s.Value.Calls.ContainsKey(name)).Select(s => s.Key));
        facts.Add("stores", service.Owns.Keys);
        facts.Add("routes", model.Gateway.Routes.Where(r => r.To == name).Select(r => r.Path));
        return ExitCode.Ok;
    }

    protected override async Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (Pick(await node.ServicesAsync(cancellationToken), operands.Names, terminal) is null)
        {
            return ExitCode.Usage;
        }

        if (line.GetValue(_output) == "json")
        {
            var raw = await node.RawServiceAsync(operands.Names[0], cancellationToken);
            JsonOutput.Write(terminal.Output, raw.WriteTo);
            return ExitCode.Ok;
        }

        Write(await node.ServiceAsync(operands.Names[0], cancellationToken), terminal);
        return ExitCode.Ok;
    }

    private static void Write(ServiceView service, Terminal terminal)
    {
        var facts = new FactLines(terminal);
        facts.Add("service", service.Name);
        facts.Add("about", service.Description);
        facts.Add("team", service.Team);
        facts.Add("context", service.Context);
        facts.Add("state", service.WaitingFor.Count > 0 ? $"{service.State}, waits for {string.Join(", ", service.WaitingFor)}" : service.State);
        facts.Add("replicas", service.Replicas.Select(r => $"{r.Name}  {r.State}  {r.Url ?? "no address"}  pid {r.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-"}  {r.Restarts} restarts{(r.Reason is null ? "" : $"  {r.Reason}")}"));
        facts.Add("build", service.Build is { State: not "none" } build ? new[] { build.State }.Concat(build.Lines) : []);
        facts.Add("health", service.Health is { } health ? $"{health.Path ?? "TCP connect"}{(health.LastAnswer is null ? "" : $"  {health.LastAnswer}")}" : null);
        facts.Add("traffic", service.Rate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate.RequestsPerSecond:0.##} requests/s, {rate.ErrorRatio:0.##%} errors, p99 {rate.P99Ms:0.#} ms, last {rate.WindowMs / 1000:0} s") : "none seen");
        facts.Add("routes", service.Routes.Select(r => $"{r.Path}  {r.Url}"));
        facts.Add("calls", service.Calls.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Callee}  {c.Listener}  timeout {c.AttemptTimeoutMs} ms, {c.Retries} retries{(c.Required ? ", required" : "")}")));
        facts.Add("stores", service.Stores.Select(s => $"{s.Name}  {s.Engine}  {s.Location}"));
        facts.Add("environment", service.Environment.Select(v => $"{v.Name}={(v.Masked ? "(masked)" : v.Value)}"));
    }
}
