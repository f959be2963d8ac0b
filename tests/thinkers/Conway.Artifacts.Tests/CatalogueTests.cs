using System.Text.Json.Nodes;
using Conway.ManifestLint;
using Conway.Model;

namespace Conway.Artifacts.Tests;

/// <summary>Entries for Backstage and AsyncAPI documents, read by the readers of both and held against the model.</summary>
public sealed class CatalogueTests
{
    /// <summary>Every kind of interface, store, job and event; names that are taken, and a topic that is no word.</summary>
    private const string Everything = """
        conway: 1
        system: shop
        description: A shop.
        teams:
          checkout: { contact: "#checkout", description: Sells. }
          logistics: { contact: logistics@example.com }
          web: { contact: "https://chat.example.com/web" }
        contexts: { ordering: { team: checkout, description: Where orders are taken. }, shop: { team: web } }
        broker: { kafka: "kafka.kafka:9092" }
        deploy: { registry: ghcr.io/acme, version: 1.4.2, namespace: shop-production }
        externals: { bank: "https://api.bank.example", orders-db: "https://elsewhere.example", unused: "https://nobody.example" }
        services:
          orders:
            description: Takes orders.
            context: ordering
            command: node orders.js
            tags: [critical, "Not a tag"]
            api: { rest: api/orders.json, grpc: protos/orders.proto }
            owns: { orders-db: { engine: postgresql, tables: [orders, lines] } }
            publishes:
              OrderPlaced: { topic: orders, key: orderId, schema: schemas/placed.json }
              OrderPaid: { topic: "pay/ments~x y", schema: schemas/paid.avsc }
              OrderSent: { schema: schemas/sent.proto }
            consumes: [StockTaken]
            uses: [bank]
            calls: { stock: { timeout: 300ms, protocol: grpc }, settle: 1s }
          stock:
            team: logistics
            command: node stock.js
            api: { rest: api/orders.json, grpc: protos/orders.proto }
            consumes: [OrderPlaced, OrderPaid]
            publishes: [StockTaken]
          settle: { context: shop, command: node settle.js }
          web: { command: node web.js, calls: { orders: 1s }, uses: [orders-db] }
        jobs: { settle: { service: orders, schedule: "0 2 * * *", command: node settle.js } }
        """;

    private static readonly Dictionary<string, string> FilesOfTheSystem = new()
    {
        ["api/orders.json"] = """{ "openapi": "3.1.0", "info": { "title": "Orders", "version": "1" }, "paths": {} }""",
        ["protos/orders.proto"] = "syntax = \"proto3\";\nservice Orders {}\n",
        ["schemas/placed.json"] = """{ "type": "object", "properties": { "orderId": { "type": "string" } } }""",
        ["schemas/paid.avsc"] = """{ "type": "record", "name": "OrderPaid", "fields": [{ "name": "paidCents", "type": "long" }] }""",
        ["schemas/sent.proto"] = "syntax = \"proto3\";\nmessage OrderSent { string parcel = 1; }\n",
    };

    public static TheoryData<string> Systems => ["everything", "rabbit", "no broker", "shop", "workloads", "hard", "one", "large"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Backstage_and_AsyncAPI_read_it_and_every_reference_leads_somewhere(string system)
    {
        var model = Model(system);
        var (entities, documents) = await ReadAsync(model);
        Assert.Equal(Expected(model), Found(entities));
        Assert.Equal(
            model.Services.SelectMany(service => service.Value.Publishes.Keys.Select(name => $"{service.Key} send {name}").Concat(service.Value.Consumes.Distinct().Select(name => $"{service.Key} receive {name}"))).Order(StringComparer.Ordinal),
            documents.SelectMany(document => document.Value!.AsArray().Select(one => $"{Owner(model, document.Key)} {one!["action"]} {one["message"]}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Entries_say_who_owns_what_and_who_depends_on_whom()
    {
        var (entities, _) = await ReadAsync(Model("everything"), "production");
        JsonNode One(string kind, string name) => Assert.Single(entities, one => one["kind"]!.GetValue<string>() == kind && one["metadata"]!["name"]!.GetValue<string>() == name);
        string Spec(string kind, string name, string key) => One(kind, name)["spec"]![key] is { } value ? value is JsonArray list ? string.Join(' ', list) : value.ToString() : "";

        Assert.Equal("group:checkout", Spec("Component", "orders", "owner"));
        Assert.Equal("group:logistics", Spec("Component", "stock", "owner"));
        Assert.Equal("group:shop", Spec("Component", "web", "owner"));
        Assert.Equal("orders-rest orders-grpc orders-events", Spec("Component", "orders", "providesApis"));
        Assert.Equal("stock-events stock-grpc", Spec("Component", "orders", "consumesApis"));
        Assert.Equal("orders-rest", Spec("Component", "web", "consumesApis"));
        Assert.Equal("ordering", Spec("Component", "orders", "system"));
        Assert.Equal("production", Spec("Component", "orders", "lifecycle"));
        Assert.Equal(["critical"], One("Component", "orders")["metadata"]!["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Equal("app.kubernetes.io/name=orders,app.kubernetes.io/instance=orders", One("Component", "orders")["metadata"]!["annotations"]!["backstage.io/kubernetes-label-selector"]!.GetValue<string>());
        Assert.Equal("PostgreSQL with orders, lines.", One("Resource", "orders-db")["metadata"]!["description"]!.GetValue<string>());

        // A context is called as the system, a job as a service, a system of others as a store: both are there, under the model's name as the title.
        Assert.Equal(["orders", "settle", "settle", "stock", "web"], entities.Where(one => one["kind"]!.GetValue<string>() == "Component").Select(Title).Order(StringComparer.Ordinal));
        Assert.Equal(["bank", "orders-db", "orders-db"], entities.Where(one => one["kind"]!.GetValue<string>() == "Resource").Select(Title).Order(StringComparer.Ordinal));
        Assert.Equal(["ordering", "shop", "shop"], entities.Where(one => one["kind"]!.GetValue<string>() == "System").Select(Title).Order(StringComparer.Ordinal));
        Assert.Equal("group:web", Spec("System", "shop", "owner"));
        Assert.NotEqual("shop", Spec("Component", "web", "system"));

        Assert.Equal("logistics@example.com", One("Group", "logistics")["spec"]!["profile"]!["email"]!.GetValue<string>());
        Assert.Equal("https://chat.example.com/web", One("Group", "web")["metadata"]!["links"]![0]!["url"]!.GetValue<string>());
        Assert.Equal("#checkout", One("Group", "checkout")["metadata"]!["annotations"]!["conway/contact"]!.GetValue<string>());
        Assert.Equal("checkout logistics web", Spec("Group", "shop", "children"));
    }

    [Fact]
    public async Task Events_have_the_topics_and_the_schemas_of_the_model()
    {
        var (_, documents) = await ReadAsync(Model("everything"));
        var orders = documents["orders-events"]!.AsArray().ToDictionary(one => one!["message"]!.GetValue<string>(), one => one!);
        Assert.Equal(["OrderPaid: pay/ments~x y", "OrderPlaced: orders", "OrderSent: orders", "StockTaken: stock"], orders.Select(one => $"{one.Key}: {one.Value["address"]}").Order(StringComparer.Ordinal));

        // Each kind of schema was read from the system's own file.
        Assert.Contains("orderId", orders["OrderPlaced"]["payload"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("paidCents", orders["OrderPaid"]["payload"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("parcel", orders["OrderSent"]["payload"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False(orders["StockTaken"]["hasPayload"]!.GetValue<bool>());
    }

    [Fact]
    public async Task With_RabbitMQ_events_go_where_its_definitions_have_them()
    {
        var model = Model("rabbit");
        var (_, documents) = await ReadAsync(model);
        var definitions = JsonNode.Parse(Some.Written("engines", model)["engines/rabbitmq.json"].Text)!;
        var (queues, keys) = (Names(definitions["queues"]!), definitions["bindings"]!.AsArray().Select(one => one!["routing_key"]!.GetValue<string>()).ToHashSet());
        var all = documents.SelectMany(document => document.Value!.AsArray()).Select(one => one!).ToArray();
        Assert.NotEmpty(all);
        Assert.All(all, one => Assert.Contains(one["address"]!.GetValue<string>(), one["action"]!.GetValue<string>() == "receive" ? queues : keys.Append("OrderSent")));

        var text = Some.Written("catalogue", model)["catalogue/asyncapi/orders.yaml"].Text;
        var exchanges = Names(definitions["exchanges"]!);
        Assert.Equal(["orders", "pay/ments~x y"], exchanges.Where(name => text.Contains($"          name: {(name.Contains('/', StringComparison.Ordinal) ? $"\"{name}\"" : name)}\n          type: topic", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Systems))]
    public void The_same_model_gives_the_same_bytes_and_every_line_knows_its_rule(string system)
    {
        var files = Some.Written("catalogue", Model(system));
        Assert.Equal(files.Select(file => file.Value.Text), Some.Written("catalogue", Model(system)).Select(file => file.Value.Text));
        Assert.All(files.Values, file => Assert.Equal(file.Text.Count(c => c == '\n'), file.Origins.Count));
        Assert.All(files.Values.SelectMany(file => file.Origins), origin => Assert.Contains(origin!.Rule, ArtifactRules.All));

        // They look like objects of a cluster and are none.
        Assert.Equal([], ManifestLinter.Lint([.. files.Values.Select(file => (file.Path, file.Text))], new LintOptions(), TestContext.Current.CancellationToken).Findings.Select(finding => finding.Message));
    }

    private static HashSet<string> Names(JsonNode list) => [.. list.AsArray().Select(one => one!["name"]!.GetValue<string>())];

    private static string Title(JsonNode entity) => (entity["metadata"]!["title"] ?? entity["metadata"]!["name"])!.GetValue<string>();

    private static string Owner(SystemModel model, string api) => Assert.Single(model.Services.Keys, name => api == $"{name}-events");

    // Kind, the model's name and the owner's, as they follow from the model.
    private static IEnumerable<string> Expected(SystemModel model)
    {
        string Team(Service service) => model.TeamOf(service) ?? model.System;
        var all = new List<string> { $"Domain {model.System} {model.System}" };
        all.AddRange(model.Services.Select(service => $"Component {service.Key} {Team(service.Value)}"));
        all.AddRange(model.Jobs.Select(job => $"Component {job.Key} {Team(model.Services[job.Value.Service])}"));
        all.AddRange(model.Services.SelectMany(service => service.Value.Owns.Keys.Select(store => $"Resource {store} {Team(service.Value)}")));
        all.AddRange(model.Externals.Keys.Where(name => model.Services.Values.Any(service => service.Uses.Contains(name))).Select(name => $"Resource {name} {model.System}"));
        all.AddRange(model.Contexts.Select(context => $"System {context.Key} {context.Value.Team ?? model.System}"));
        all.AddRange(model.Services.Values.Any(service => service.Context is null) ? [$"System {model.System} {model.System}"] : []);
        return all.Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Found(JsonNode[] entities)
    {
        var groups = entities.Where(one => one["kind"]!.GetValue<string>() == "Group").ToDictionary(one => $"group:{one["metadata"]!["name"]}", Title);
        return entities.Where(one => one["kind"]!.GetValue<string>() is not ("Group" or "Location" or "API")).Select(one => $"{one["kind"]} {Title(one)} {groups[one["spec"]!["owner"]!.GetValue<string>()]}").Order(StringComparer.Ordinal);
    }

    private static async Task<(JsonNode[] Entities, JsonObject Documents)> ReadAsync(SystemModel model, string? environment = null)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in FilesOfTheSystem)
        {
            var full = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await File.WriteAllTextAsync(full, text, TestContext.Current.CancellationToken);
        }

        folder.Write(Some.Written("catalogue", model, environment: environment).Values.Select(file => file with { Path = $"deploy/production/{file.Path}" }));
        var read = await NpmClient.RunAsync("catalogue", TimeSpan.FromMinutes(5), "run.js", Path.Combine(folder.Path, "deploy", "production", "catalogue"));
        Assert.True(read.Code == 0, read.Said);
        var answer = JsonNode.Parse(read.Output)!;
        Assert.Equal([], answer["problems"]!.AsArray().Select(problem => problem!.GetValue<string>()));
        return ([.. answer["entities"]!.AsArray().Select(one => one!)], answer["asyncapi"]!.AsObject());
    }

    private static SystemModel Model(string system) => system switch
    {
        "everything" => Some.Model(Everything),
        "rabbit" => Some.Model(Everything.Replace("kafka: \"kafka.kafka:9092\"", "rabbitmq: \"amqp://rabbit:5672\"", StringComparison.Ordinal)),
        "no broker" => Some.Model(Everything.Replace("broker: { kafka: \"kafka.kafka:9092\" }", "", StringComparison.Ordinal)),
        "shop" => ObservabilityTests.Shop(),
        "workloads" => Some.Model(Some.Workloads),
        "hard" => Some.Model(Some.Hard),
        "one" => Some.Large(1),
        _ => Some.Large(60),
    };
}
