using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Conway.Model;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>What brokers are told, held against what the model says of events; RabbitMQ is a real one.</summary>
public sealed class EnginesTests(Rabbit rabbit) : IClassFixture<Rabbit>
{
    // Topics whose names no object may have, two that differ in their case alone, one that is published by nobody else's events.
    private const string Events = """
        conway: 1
        system: shop
        broker: { kafka: "kafka:9092", rabbitmq: "amqp://rabbit:5672" }
        deploy: { strimzi: { cluster: events, namespace: queues, partitions: 4, replicas: 3, retention: 36h }, version: 1.0.0, registry: ghcr.io/acme, namespace: shop-production }
        services:
          orders: { command: a, publishes: { OrderPlaced: { topic: placed }, OrderPaid: { topic: "Orders.Paid_v1" }, Internal: {} }, consumes: [ParcelSent] }
          mailer: { command: a, replicas: 3, scale: { by: events, most: 9 }, consumes: [OrderPlaced, OrderPaid] }
          parcels: { command: a, publishes: { ParcelSent: { topic: PLACED }, ParcelLost: { topic: placed } }, consumes: [OrderPlaced] }
          quiet: { command: a, calls: { orders: 1s } }
        """;

    public static TheoryData<string> Systems => ["events", "workloads"];

    [Theory, MemberData(nameof(Systems))]
    public async Task Kafka_lets_each_service_do_what_the_model_says_and_nothing_else(string system)
    {
        var model = Model(system);
        var objects = await ReadAsync(model);
        Assert.Equal([], objects.Problems);
        Assert.Equal(objects.All.Count, objects.All.Select(one => $"{Kind(one)} {Name(one)}").Distinct().Count());
        Assert.All(objects.All, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", Name(one)));

        var topics = objects.Of("KafkaTopic").Select(one => one["spec"]!["topicName"]!.GetValue<string>()).ToArray();
        Assert.Equal(model.Services.SelectMany(service => service.Value.Publishes.Select(one => one.Value.Topic ?? service.Key)).Distinct().Order(StringComparer.Ordinal), topics.Order(StringComparer.Ordinal));
        var asked = 0;
        foreach (var (name, service) in model.Services)
        {
            foreach (var (right, resource, kind) in topics.SelectMany(topic => new[] { ("Write", topic, "topic"), ("Read", topic, "topic") }).Concat(model.Services.Select(other => ("Read", other.Key, "group"))))
            {
                var means = (kind, right) switch
                {
                    ("group", _) => resource == name && service.Consumes.Count > 0,
                    (_, "Write") => service.Publishes.Any(one => (one.Value.Topic ?? name) == resource),
                    _ => model.Services.Any(other => other.Value.Publishes.Any(one => (one.Value.Topic ?? other.Key) == resource && service.Consumes.Contains(one.Key))),
                };
                Assert.True(means == May(objects, name, kind, resource, right), $"{name}: {right} {kind} {resource}, meant {means}");
                asked += means ? 1 : 0;
            }
        }

        Assert.True(asked > 4);
    }

    [Fact]
    public async Task Topics_are_as_large_and_as_safe_as_is_asked_for()
    {
        var objects = await ReadAsync(Model("events"));
        JsonNode Topic(string name) => objects.Of("KafkaTopic").Single(one => one["spec"]!["topicName"]!.GetValue<string>() == name)["spec"]!;
        Assert.Equal(9, Topic("placed")["partitions"]!.GetValue<int>()); // the mailer may have nine replicas
        Assert.Equal(4, Topic("orders")["partitions"]!.GetValue<int>());
        Assert.Equal(2, Topic("placed")["config"]!["min.insync.replicas"]!.GetValue<int>());
        Assert.Equal(129_600_000, Topic("orders")["config"]!["retention.ms"]!.GetValue<long>());
        Assert.All(objects.All, one => Assert.Equal(("queues", "events"), (one["metadata"]!["namespace"]!.GetValue<string>(), one["metadata"]!["labels"]!["strimzi.io/cluster"]!.GetValue<string>())));

        // A controller that applies them never takes a topic away, and does apply them.
        var kept = Model("events") is var model ? model with { Deploy = model.Deploy with { Gitops = new() { By = "argocd", Repository = "https://git.example.com/a/b.git" } } } : null!;
        Assert.All((await ReadAsync(kept)).Of("KafkaTopic"), one => Assert.Equal("Prune=false,Delete=false", one["metadata"]!["annotations"]!["argocd.argoproj.io/sync-options"]!.GetValue<string>()));
        Assert.Contains("    path: deploy/production/engines/kubernetes\n", Some.Written("gitops", kept, environment: "production")["gitops/argocd.yaml"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RabbitMQ_takes_the_definitions_and_lists_what_they_say()
    {
        await ImportAsync("lists", Model("events"));
        var all = (await rabbit.AskAsync(HttpMethod.Get, "definitions/lists")).Answer!;
        string[] Listed(string kind, Func<JsonNode, string> text) => [.. all[kind]!.AsArray().Select(one => text(one!)).Order(StringComparer.Ordinal)];
        Assert.Equal(["Orders.Paid_v1 topic True", "PLACED topic True", "orders topic True", "placed topic True"], Listed("exchanges", one => $"{one["name"]} {one["type"]} {one["durable"]!.GetValue<bool>()}"));
        Assert.Equal(["mailer quorum", "mailer.aside quorum", "orders quorum", "orders.aside quorum", "parcels quorum", "parcels.aside quorum"], Listed("queues", one => $"{one["name"]} {one["arguments"]!["x-queue-type"]}"));
        Assert.Equal(["Orders.Paid_v1 -OrderPaid-> mailer", "PLACED -ParcelSent-> orders", "placed -OrderPlaced-> mailer", "placed -OrderPlaced-> parcels"], Listed("bindings", one => $"{one["source"]} -{one["routing_key"]}-> {one["destination"]}"));
        Assert.Equal(["mailer-aside ^(mailer)$ 20", "orders-aside ^(orders)$ 20", "parcels-aside ^(parcels)$ 20"], Listed("policies", one => $"{one["name"]} {one["pattern"]} {one["definition"]!["delivery-limit"]}"));

        // Once more changes nothing, and what is not there yet is said by the broker itself.
        await ImportAsync("lists", Model("events"));
        Assert.Equal(all["queues"]!.ToJsonString(), (await rabbit.AskAsync(HttpMethod.Get, "definitions/lists")).Answer!["queues"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.BadRequest, (await rabbit.AskAsync(HttpMethod.Post, "definitions", JsonNode.Parse(Files("nobody", Model("events")).Permissions.Replace("\"user\": \"", "\"user\": \"no-", StringComparison.Ordinal)))).Status);
    }

    [Fact]
    public async Task RabbitMQ_lets_each_service_do_what_the_model_says_and_nothing_else()
    {
        const string Host = "rights";
        var model = Model("events");
        await ImportAsync(Host, model);
        (string Exchange, string Event)[] events = [.. model.Services.SelectMany(service => service.Value.Publishes.Select(one => (one.Value.Topic ?? service.Key, one.Key)))];
        foreach (var (name, service) in model.Services.Where(service => service.Value.Publishes.Count + service.Value.Consumes.Count > 0))
        {
            foreach (var (exchange, key) in events)
            {
                var published = await rabbit.AskAsync(HttpMethod.Post, $"exchanges/{Host}/{exchange}/publish", new JsonObject { ["properties"] = new JsonObject(), ["routing_key"] = key, ["payload"] = $"{name} {key}", ["payload_encoding"] = "string" }, name);
                Assert.True((published.Status == HttpStatusCode.OK) == service.Publishes.ContainsKey(key), $"{name} publishes {key}: {published.Status} {published.Answer}");
            }

            foreach (var other in model.Services.Where(other => other.Value.Consumes.Count > 0))
            {
                Assert.True(((await GetAsync(Host, other.Key, name, "ack_requeue_true")).Status == HttpStatusCode.OK) == (other.Key == name), $"{name} reads {other.Key}");
            }

            Assert.NotEqual(HttpStatusCode.Created, (await rabbit.AskAsync(HttpMethod.Put, $"queues/{Host}/mine", new JsonObject(), name)).Status);
        }

        // Each got the events that it handles, once, whoever published them.
        foreach (var (name, service) in model.Services.Where(service => service.Value.Consumes.Count > 0))
        {
            var got = (await GetAsync(Host, name, name, "ack_requeue_false")).Answer!.AsArray().Select(one => one!["routing_key"]!.GetValue<string>());
            Assert.Equal(service.Consumes.Order(StringComparer.Ordinal), got.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_a_service_does_not_take_is_put_aside_and_not_lost()
    {
        const string Host = "aside";
        await ImportAsync(Host, Model("events"));
        await rabbit.AskAsync(HttpMethod.Post, $"exchanges/{Host}/PLACED/publish", new JsonObject { ["properties"] = new JsonObject(), ["routing_key"] = "ParcelSent", ["payload"] = "parcel 1", ["payload_encoding"] = "string" }, "parcels");
        JsonArray aside = [];
        for (var end = Stopwatch.StartNew(); aside.Count == 0 && end.Elapsed < TimeSpan.FromMinutes(1);)
        {
            await GetAsync(Host, "orders", "orders", "reject_requeue_true");
            aside = (await GetAsync(Host, "orders.aside", null, "ack_requeue_true")).Answer!.AsArray();
        }

        Assert.Equal("parcel 1", aside.Single()!["payload"]!.GetValue<string>());
        Assert.Empty((await GetAsync(Host, "orders", "orders", "ack_requeue_true")).Answer!.AsArray());
    }

    [Theory]
    [InlineData("broker: { kafka: \"kafka:9092\" }", "publishes: [Done]", "deploy.strimzi.cluster")]
    [InlineData("description: nothing", "publishes: [Done]", "broker")]
    [InlineData("broker: { rabbitmq: \"amqp://r\" }", "replicas: 2", "services")]
    [InlineData("broker: { kafka: \"kafka:9092\" }\ndeploy: { strimzi: events }", "publishes: { Done: { topic: \"orders/done\" } }", "services.orders.publishes.Done")]
    public void What_is_missing_or_cannot_be_is_told(string whole, string service, string path)
    {
        var model = Some.Model($"conway: 1\nsystem: shop\n{whole}\nservices: {{ orders: {{ command: a, {service} }} }}\n");
        var found = ArtifactCatalog.Find("engines")!.Generate(model, null, new BuildFacts()).Findings;
        Assert.Equal(path, found.Single().ModelPath);
        Assert.Equal(path.EndsWith("Done", StringComparison.Ordinal), ArtifactCatalog.Find("engines")!.IsPartOfAll(model));
    }

    [Fact]
    public void Topics_that_are_not_written_beside_databases_are_told()
    {
        var tree = ArtifactCatalog.Find("engines")!.Generate(Some.Model("conway: 1\nsystem: shop\nbroker: { kafka: \"kafka:9092\" }\nservices: { orders: { command: a, publishes: [Done], owns: { orders-db: { engine: postgresql } } } }\n"), null, new BuildFacts());
        Assert.Equal(["engines/postgresql/orders-db.sql"], tree.Files.Select(file => file.Path));
        Assert.Equal(("CW1915", "broker.kafka"), tree.Findings.Single() is var found ? (found.Code, found.ModelPath) : default);
    }

    [Theory, MemberData(nameof(Systems))]
    public void Every_line_knows_its_rule_and_the_same_model_gives_the_same_bytes(string system)
    {
        var (first, second) = (ArtifactCatalog.Find("engines")!.Generate(Model(system), null, new BuildFacts()), ArtifactCatalog.Find("engines")!.Generate(Model(system), null, new BuildFacts()));
        Assert.All(first.Files.SelectMany(file => file.Lines), line => Assert.NotNull(line.Origin.Rule));
        Assert.Equal(first.Files.SelectMany(file => file.Lines.Select(line => line.Text)), second.Files.SelectMany(file => file.Lines.Select(line => line.Text)));
    }

    private async Task ImportAsync(string host, SystemModel model)
    {
        var (definitions, permissions) = Files(host, model);
        var taken = await rabbit.AskAsync(HttpMethod.Post, "definitions", JsonNode.Parse(definitions));
        Assert.True(taken.Status == HttpStatusCode.NoContent, taken.Answer?.ToJsonString());
        foreach (var user in JsonNode.Parse(permissions)!["permissions"]!.AsArray().Select(one => one!["user"]!.GetValue<string>()))
        {
            await rabbit.AddUserAsync(user);
        }

        taken = await rabbit.AskAsync(HttpMethod.Post, "definitions", JsonNode.Parse(permissions));
        Assert.True(taken.Status == HttpStatusCode.NoContent, taken.Answer?.ToJsonString());

        // The owner looks after everything, here alone.
        await rabbit.AskAsync(HttpMethod.Put, $"permissions/{host}/owner", new JsonObject { ["configure"] = ".*", ["write"] = ".*", ["read"] = ".*" });
    }

    /// <summary>The two files with a host of their own, so that tests share one broker.</summary>
    private static (string Definitions, string Permissions) Files(string host, SystemModel model)
    {
        var files = Some.Written("engines", model with { System = host });
        return (files["engines/rabbitmq.json"].Text, files["engines/rabbitmq-permissions.json"].Text);
    }

    private Task<(HttpStatusCode Status, JsonNode? Answer)> GetAsync(string host, string queue, string? user, string how)
    {
        var body = new JsonObject { ["count"] = 100, ["ackmode"] = how, ["encoding"] = "auto" };
        return user is null ? rabbit.AskAsync(HttpMethod.Post, $"queues/{host}/{queue}/get", body) : rabbit.AskAsync(HttpMethod.Post, $"queues/{host}/{queue}/get", body, user);
    }

    /// <summary>Whether Kafka's simple authorizer lets a user do something: only what one of his rules allows.</summary>
    private static bool May(KubeObjects objects, string user, string type, string name, string operation) => objects.Of("KafkaUser").Where(one => Name(one) == user)
        .SelectMany(one => one["spec"]!["authorization"]!["acls"]!.AsArray())
        .Any(rule => rule!["resource"]!["type"]!.GetValue<string>() == type && rule["operations"]!.AsArray().Any(one => one!.GetValue<string>() is var allowed && (allowed == operation || allowed == "All"))
            && (rule["resource"]!["patternType"]!.GetValue<string>() == "prefix" ? name.StartsWith(rule["resource"]!["name"]!.GetValue<string>(), StringComparison.Ordinal) : rule["resource"]!["name"]!.GetValue<string>() == name));

    private static async Task<KubeObjects> ReadAsync(SystemModel model)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written("engines", model).Values);
        return await ReadFolderAsync(Path.Combine(folder.Path, "engines", "kubernetes"), validate: true);
    }

    private static SystemModel Model(string system) => Some.Model(system == "events" ? Events : Some.Workloads.Replace("  version: 1.4.2", "  version: 1.4.2\n  strimzi: events", StringComparison.Ordinal));
}
