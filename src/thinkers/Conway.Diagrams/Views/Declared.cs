using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>The words that several views have for the same thing, so that it reads the same on each.</summary>
internal static class Declared
{
    public const string Gateway = "gateway";
    public const string System = "system";
    public const string Client = "client";

    public static string ServiceId(string name) => $"service:{name}";

    public static string StoreId(string service, string store) => $"store:{service}.{store}";

    public static string ContextId(string name) => $"context:{name}";

    public static string JourneyId(string name) => $"journey:{name}";

    public static Box Service(string name, Service service, string? frame) =>
        new(ServiceId(name), name, BoxKind.Service, $"service, {Technology(service)}", About(service.Description), frame);

    public static Box Store(SystemModel model, string service, string name, Store store, string? frame) =>
        new(StoreId(service, name), name, BoxKind.Store, $"store, {Engine(model, store)}", [], frame);

    /// <summary>Those who use the system: its journeys, else somebody when there is a way in.</summary>
    public static IEnumerable<Box> Users(SystemModel model) => model.Journeys.Count > 0
        ? model.Journeys.Select(one => new Box(JourneyId(one.Key), one.Key, BoxKind.Person, "journey", About(one.Value.Description), null))
        : model.Gateway.Routes.Count > 0 ? [new Box(Client, "client", BoxKind.Person, "anybody outside", [], null)] : [];

    public static string Technology(Service service) => service.Project is not null ? ".NET project"
        : service.Command is { } command && command.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var program, ..] ? ProgramName(program) : "process";

    public static string Engine(SystemModel model, Store store) => model.EngineOf(store) switch
    {
        StoreEngine.Sqlite => "SQLite",
        StoreEngine.Postgresql => "PostgreSQL",
        var other => other.ToString(),
    };

    public static IReadOnlyList<string> About(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [OneLine(text)];

    /// <summary>Text of a model may have line ends, which no label of any form can have.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string Call(Call call) => string.Join(", ", new[]
    {
        call.Protocol == CallProtocol.Grpc ? "gRPC" : "HTTP",
        (call.Timeout ?? call.Budget) is { } wait ? UnitText.Format(wait) : "no timeout",
        call.Retries > 0 ? $"{call.Retries + 1} attempts" : "",
        call.Required ? "required" : "",
    }.Where(part => part.Length > 0));

    public static IEnumerable<Arrow> Calls(SystemModel model) =>
        from caller in model.Services
        from call in caller.Value.Calls
        where call.Key != caller.Key && model.Services.ContainsKey(call.Key)
        select new Arrow(ServiceId(caller.Key), ServiceId(call.Key), Call(call.Value), ArrowKind.Waits);

    /// <summary>One arrow for all events from one service to another.</summary>
    public static IEnumerable<Arrow> Events(SystemModel model) =>
        from publisher in model.Services
        from consumer in model.Services
        where publisher.Key != consumer.Key
        let events = consumer.Value.Consumes.Where(publisher.Value.Publishes.ContainsKey).ToArray()
        where events.Length > 0
        select new Arrow(ServiceId(publisher.Key), ServiceId(consumer.Key), string.Join(", ", events), ArrowKind.Sends);

    public static IEnumerable<Arrow> Routes(SystemModel model) =>
        model.Gateway.Routes.Where(route => model.Services.ContainsKey(route.To)).GroupBy(route => route.To, StringComparer.Ordinal)
            .Select(routes => new Arrow(Gateway, ServiceId(routes.Key), string.Join(", ", routes.Select(Route).Distinct(StringComparer.Ordinal)), ArrowKind.Waits));

    public static string Route(Route route) => (route.Methods.Count > 0 ? string.Join(',', route.Methods) + " " : "") + route.Host + route.Path;

    public static Box GatewayBox(SystemModel model, string? frame) =>
        new(Gateway, "gateway", BoxKind.Gateway, string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $"gateway, port {model.Gateway.Port}"), [], frame);

    /// <summary>What the environment names beside the system's own parts, and why the system needs it.</summary>
    public static IEnumerable<(Box Box, string Why)> Outside(SystemModel model)
    {
        if (model.Broker.Kafka is { } kafka)
        {
            yield return (new Box("broker:kafka", "Kafka", BoxKind.External, "broker", [kafka], null), "publishes and consumes events");
        }

        if (model.Broker.Rabbitmq is { } rabbit)
        {
            yield return (new Box("broker:rabbitmq", "RabbitMQ", BoxKind.External, "broker", [WithoutPassword(rabbit)], null), "publishes and consumes events");
        }

        foreach (var (name, external) in model.Externals)
        {
            yield return (External(name, external), external.Description ?? "uses");
        }

        if (model.Secrets.Vault is { } vault)
        {
            yield return (new Box("secrets:vault", "Vault", BoxKind.External, "secrets", [WithoutPassword(vault)], null), "reads secrets");
        }
    }

    /// <summary>A system of somebody else.</summary>
    public static Box External(string name, External external) => new(ExternalId(name), name, BoxKind.External, "external system", [WithoutPassword(external.Address)], null);

    public static string ExternalId(string name) => $"external:{name}";

    // A picture is shown around; who may log in is not on it.
    private static string WithoutPassword(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? address.Replace(uri.UserInfo + "@", "", StringComparison.Ordinal) : address;

    private static string ProgramName(string program) => program.Split('/', '\\')[^1] switch
    {
        "node" or "npm" or "npx" => "Node.js",
        "python" or "python3" => "Python",
        "java" => "Java",
        "dotnet" => ".NET",
        "" => "process",
        var other => other,
    };
}
