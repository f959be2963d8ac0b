using Conway.Observations;
using Conway.Telemetry;

namespace Conway.Node;

/// <summary>Reads out of a span who called whom, by OpenTelemetry's semantic conventions, old names and new.</summary>
internal static class SpanReading
{
    public static ObservedSpan Of(Span span)
    {
        string Text(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                foreach (var attribute in span.Attributes)
                {
                    if (attribute.Key == key)
                    {
                        return attribute.Text;
                    }
                }
            }

            return "";
        }

        var database = Text("db.system.name", "db.system");
        var messaging = Text("messaging.system");
        var grpc = Text("rpc.system", "rpc.system.name");
        var caller = span.Kind == SpanKind.Client ? Text("conway.caller") : "";
        return new ObservedSpan
        {
            Trace = span.Trace.ToString(),
            Id = span.Id.ToString(),
            Parent = span.Parent.IsNone ? "" : span.Parent.ToString(),
            Service = caller.Length > 0 ? caller : span.Service,
            IsAttempt = caller.Length > 0,
            Side = SideOf(span.Kind),
            Operation = database.Length > 0 ? Joined(Text("db.operation.name", "db.operation"), Text("db.collection.name", "db.sql.table"), span.Name) : OperationOf(span, Text),
            Protocol = database.Length > 0 ? DataProtocol(database)
                : messaging.Length > 0 ? messaging
                : grpc.Length > 0 ? "grpc"
                : Text("http.request.method", "http.method").Length > 0 ? "http" : "",
            Peer = database.Length > 0 ? First(Text("peer.service"), Text("db.namespace", "db.name"))
                : messaging.Length > 0 ? Text("messaging.destination.name")
                : First(Text("peer.service"), Text("server.address", "net.peer.name")),
            Address = AddressOf(Text("server.address", "net.peer.name"), Text("server.port", "net.peer.port")),
            Start = span.Start,
            Duration = span.Duration,
            Failed = span.IsError || (int.TryParse(Text("http.response.status_code", "http.status_code"), out var status) && status >= 500) || Text("rpc.grpc.status_code") is not ("" or "0"),
        };
    }

    private delegate string TextOf(params ReadOnlySpan<string> keys);

    private static string OperationOf(Span span, TextOf text)
    {
        var (service, method) = (text("rpc.service"), text("rpc.method"));
        if (service.Length > 0 && method.Length > 0)
        {
            return $"{service}/{method}";
        }

        var (verb, route) = (text("http.request.method", "http.method"), text("http.route"));
        return verb.Length > 0 && route.Length > 0 ? $"{verb} {route}" : span.Name;
    }

    private static SpanSide SideOf(SpanKind kind) => kind switch
    {
        SpanKind.Server => SpanSide.Server,
        SpanKind.Client => SpanSide.Client,
        SpanKind.Producer => SpanSide.Producer,
        SpanKind.Consumer => SpanSide.Consumer,
        _ => SpanSide.Internal,
    };

    private static string DataProtocol(string system) => system is "redis" or "mongodb" or "memcached" or "elasticsearch" ? system : "sql";

    private static string Joined(string operation, string table, string name) => operation.Length == 0 ? name : table.Length == 0 ? operation : $"{operation} {table}";

    private static string AddressOf(string host, string port) => port.Length == 0 ? host : $"{host}:{port}";

    private static string First(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }
}
