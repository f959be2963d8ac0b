using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Catalogue;

/// <summary>What a service sends to the broker and takes from it, as an AsyncAPI 3.0 document.</summary>
/// <remarks>With Kafka a channel is a topic. With RabbitMQ events are sent with their name as the routing key, to the exchange of their topic, and taken from the queue of the service.</remarks>
internal static class AsyncApi
{
    /// <summary>Its file, in the folder of the catalogue.</summary>
    public static string PathOf(ServicePlan service) => $"asyncapi/{service.Label}.yaml";

    public static YamlMap Of(CataloguePlan plan, ServicePlan service)
    {
        var model = plan.System.Model;
        var info = new YamlMap().Set("title", service.Name)
            .Set("version", model.Deploy.Version ?? "unreleased", ArtifactRules.AsyncApi, "deploy.version");
        if (service.Service.Description is { Length: > 0 } description)
        {
            info.Set("description", description, ArtifactRules.Declared, $"{service.Path}.description");
        }

        var document = new YamlMap { Origin = service.Because(ArtifactRules.AsyncApi) }.Set("asyncapi", "3.0.0").Set("info", info);
        if (Server(plan) is { } server)
        {
            document.Set("servers", new YamlMap().Set("broker", server));
        }

        var channels = Channels(plan, service).ToArray();
        return document
            .Set("channels", Map(channels, channel => channel.Key, channel => channel.Node()))
            .Set("operations", Map(channels.SelectMany(channel => Operations(plan, service, channel)), operation => operation.Key, operation => operation.Node))
            .Set("components", new YamlMap().Set("messages", Map(channels.SelectMany(channel => channel.Events).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), name => name, name => Message(plan, name))));
    }

    private static YamlMap Map<T>(IEnumerable<T> items, Func<T, string> key, Func<T, YamlNode> node) => items.Aggregate(new YamlMap(), (map, item) => map.Set(key(item), node(item)));

    private static YamlMap? Server(CataloguePlan plan)
    {
        var broker = plan.System.Model.Broker;
        return broker.Kafka is { } kafka
            ? new YamlMap { Origin = new Origin("broker.kafka", ArtifactRules.Declared) }.Set("host", kafka).Set("protocol", "kafka")
            : broker.Rabbitmq is { } rabbit && Uri.TryCreate(rabbit, UriKind.Absolute, out var uri)
            ? new YamlMap { Origin = new Origin("broker.rabbitmq", ArtifactRules.Declared) }.Set("host", uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..]).Set("protocol", uri.Scheme)
            : null;
    }

    /// <param name="Key">Also its address.</param>
    /// <param name="Sent">Events that the service sends to it, by name.</param>
    /// <param name="Taken">Events that the service takes from it, by name.</param>
    /// <param name="Amqp">What it is in RabbitMQ; null with another broker, or none.</param>
    private sealed record Channel(string Key, string[] Sent, string[] Taken, Origin Origin, YamlMap? Amqp = null)
    {
        public string[] Events => [.. Sent.Union(Taken).Order(StringComparer.Ordinal)];

        public YamlMap Node() => new YamlMap { Origin = Origin }
            .Set("address", Key)
            .Set("messages", Map(Events, name => name, name => Reference("components", "messages", name)))
            .SetIf(Amqp is not null, "bindings", () => new YamlMap().Set("amqp", Amqp!));
    }

    private static IEnumerable<Channel> Channels(CataloguePlan plan, ServicePlan service)
    {
        var (model, topics) = (plan.System.Model, EventTopic.Of(plan.System));
        if (model.Broker.Kafka is not null || model.Broker.Rabbitmq is null)
        {
            return topics
                .Select(topic => (topic.Name, Sent: topic.PublishedBy(service).ToArray(), Taken: topic.Taken(service).ToArray()))
                .Where(topic => topic.Sent.Length + topic.Taken.Length > 0)
                .Select(topic => new Channel(topic.Name, topic.Sent, topic.Taken, service.Because(ArtifactRules.AsyncApiChannel, topic.Sent.Length > 0 ? $"publishes.{topic.Sent[0]}" : "consumes")));
        }

        var sent = topics.SelectMany(topic => topic.PublishedBy(service).Select(name => new Channel(name, [name], [], service.Because(ArtifactRules.AsyncApiChannel, $"publishes.{name}"), new YamlMap()
            .Set("is", "routingKey")
            .Set("exchange", new YamlMap().Set("name", topic.Name).Set("type", "topic").Set("durable", true).Set("autoDelete", false).Set("vhost", model.System)))));
        string[] taken = [.. topics.SelectMany(topic => topic.Taken(service)).Order(StringComparer.Ordinal)];
        var queue = new Channel(service.Name, [], taken, service.Because(ArtifactRules.AsyncApiChannel, "consumes"), new YamlMap()
            .Set("is", "queue")
            .Set("queue", new YamlMap().Set("name", service.Name).Set("durable", true).Set("exclusive", false).Set("autoDelete", false).Set("vhost", model.System)));
        return taken.Length > 0 ? sent.Append(queue) : sent;
    }

    private static IEnumerable<(string Key, YamlMap Node)> Operations(CataloguePlan plan, ServicePlan service, Channel channel)
    {
        foreach (var name in channel.Sent)
        {
            yield return ($"send{name}", Operation(channel, name, "send", service.Because(ArtifactRules.AsyncApiOperation, $"publishes.{name}")));
        }

        foreach (var name in channel.Taken)
        {
            var operation = Operation(channel, name, "receive", service.Because(ArtifactRules.AsyncApiOperation, "consumes"));
            yield return ($"receive{name}", plan.System.Model.Broker.Kafka is null ? operation
                : operation.Set("bindings", new YamlMap { Origin = service.Because(ArtifactRules.ConsumerGroup) }.Set("kafka", new YamlMap().Set("groupId", new YamlMap().Set("type", "string").Set("enum", YamlList.Of([service.Name]))))));
        }
    }

    private static YamlMap Operation(Channel channel, string name, string action, Origin origin) => new YamlMap { Origin = origin }
        .Set("action", action)
        .Set("channel", Reference("channels", channel.Key))
        .Set("messages", new YamlList(Reference("channels", channel.Key, "messages", name)));

    private static YamlMap Message(CataloguePlan plan, string name)
    {
        var publisher = plan.System.Services.First(service => service.Service.Publishes.ContainsKey(name));
        var sent = publisher.Service.Publishes[name];
        var path = $"{publisher.Path}.publishes.{name}";
        var message = new YamlMap { Origin = new Origin(path, ArtifactRules.AsyncApiMessage) }.Set("name", name);
        if (sent.Schema is { } schema)
        {
            message.Set("payload", Payload(schema, plan.FileOfSystem(schema)), ArtifactRules.AsyncApiPayload, $"{path}.schema");
        }

        if (sent.Key is { } key && plan.System.Model.Broker.Kafka is not null)
        {
            message.Set("bindings", new YamlMap().Set("kafka", new YamlMap().Set("key", new YamlMap().Set("type", "string").Set("description", $"The field {key} of the payload."))), ArtifactRules.Declared, $"{path}.key");
        }

        return message;
    }

    // JSON Schema is AsyncAPI's own. The other formats are told by their media types.
    private static YamlMap Payload(string schema, string file) => Path.GetExtension(schema).ToUpperInvariant() switch
    {
        ".AVSC" => new YamlMap().Set("schemaFormat", "application/vnd.apache.avro;version=1.9.0").Set("schema", new YamlMap().Set("$ref", file)),
        ".PROTO" => new YamlMap().Set("schemaFormat", "application/vnd.google.protobuf;version=3").Set("schema", new YamlMap().Set("$ref", file)),
        _ => new YamlMap().Set("$ref", file),
    };

    // A JSON pointer (RFC 6901) as the fragment of an address.
    private static YamlMap Reference(params string[] path) => new YamlMap().Set("$ref", "#/" + string.Join('/', path.Select(part => Uri.EscapeDataString(part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)))));
}
