using System.CommandLine;
using System.Text.Json;

namespace Conway.Cli.Verbs;

/// <summary><c>conway ps</c></summary>
internal sealed class PsVerb : NodeVerb
{
    private readonly Argument<string?> _path = CommonOptions.Path();
    private readonly Option<string> _output = CommonOptions.Output("table", "json");

    protected override IEnumerable<Symbol> OwnSymbols => [_path, _output];

    public override IReadOnlyList<Example> Examples =>
    [
        new("conway ps", "the replicas, one a line"),
        new("conway ps -o json | jq '.[].state'", "for programs"),
    ];

    protected override Operands OperandsOf(ParseResult line, out string problem)
    {
        problem = "";
        return new Operands(line.GetValue(_path), []);
    }

    protected override async Task<ExitCode> AskAsync(NodeClient node, Operands operands, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        var services = await node.ServicesAsync(cancellationToken);
        if (line.GetValue(_output) == "json")
        {
            WriteJson(services, terminal.Output);
        }
        else
        {
            terminal.Output.Write(Table(services, terminal.Time.GetUtcNow(), terminal.Ink).Render(terminal.Width(), terminal.Ink));
        }

        return ExitCode.Ok;
    }

    private static TextTable Table(ServiceView[] services, DateTimeOffset now, Ink ink)
    {
        var table = new TextTable("REPLICA", "STATE", "UP", "PID", "ADDRESS", "RESTARTS", "NOTE");
        foreach (var service in services)
        {
            foreach (var replica in service.Replicas)
            {
                var state = PublicState.Of(service, replica);
                table.AddPainted(
                    PublicState.Paint(state, ink),
                    replica.Name, state,
                    replica.StartedAt is { } since && replica.Pid is not null ? Spans.Short(now - since) : "-",
                    replica.Pid?.ToString() ?? "-",
                    replica.Url is { } url ? url.Replace("http://", "", StringComparison.Ordinal) : "-",
                    replica.Restarts.ToString(),
                    Note(service, replica));
            }

            if (service.Replicas.Count == 0)
            {
                var state = PublicState.Of(service.State);
                table.AddPainted(PublicState.Paint(state, ink), service.Name, state, "-", "-", "-", "0", "no replicas");
            }
        }

        return table;
    }

    private static string Note(ServiceView service, ReplicaView replica) =>
        replica.Reason is { Length: > 0 } reason ? reason
        : service.WaitingFor.Count > 0 ? $"waits for {string.Join(", ", service.WaitingFor)}"
        : replica.State is "building" or "stopping" ? replica.State
        : "";

    private static void WriteJson(ServiceView[] services, TextWriter output)
    {
        JsonOutput.Write(output, json =>
        {
            json.WriteStartArray();
            foreach (var service in services)
            {
                if (service.Replicas.Count == 0)
                {
                    WriteReplica(json, service, new ReplicaView { Name = service.Name, State = service.State });
                }

                foreach (var replica in service.Replicas)
                {
                    WriteReplica(json, service, replica);
                }
            }

            json.WriteEndArray();
        });
    }

    private static void WriteReplica(Utf8JsonWriter json, ServiceView service, ReplicaView replica)
    {
        json.WriteStartObject();
        json.WriteString("name", service.Name);
        json.WriteNumber("replica", replica.Replica);
        json.WriteString("state", PublicState.Of(service, replica));
        json.WriteString("detail", service.State == "waiting" && replica.State == "healthy" ? "waiting" : replica.State);
        json.WriteString("instance", replica.Name);
        json.WriteNumberOrNull("pid", replica.Pid);
        json.WriteNumberOrNull("port", replica.Port);
        json.WriteString("url", replica.Url);
        json.WriteString("startedAt", replica.StartedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteNumber("restarts", replica.Restarts);
        json.WriteString("reason", replica.Reason);
        json.WriteStrings("waitingFor", service.WaitingFor);
        json.WriteEndObject();
    }
}
