using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Engines;

/// <summary>Definitions for RabbitMQ: an exchange for each topic, a queue for each service that handles events, and what services may do.</summary>
internal static class RabbitDefinitions
{
    /// <summary>How often an event is delivered that its service does not take, before it is put aside.</summary>
    private const int Deliveries = 20;

    private const string AsideSuffix = ".aside";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system)
    {
        var topics = EventTopic.Of(system);
        yield return new ArtifactFile("engines/rabbitmq.json", JsonWriter.Write(Whole(system, topics)));
        yield return new ArtifactFile("engines/rabbitmq-permissions.json", JsonWriter.Write(Permissions(system, topics)));
    }

    private static YamlMap Whole(SystemPlan system, IReadOnlyList<EventTopic> topics)
    {
        var host = HostOf(system);
        var handling = system.Services.Where(plan => plan.Service.Consumes.Count > 0).ToArray();
        return new YamlMap { Origin = new Origin("broker.rabbitmq", ArtifactRules.EnginePlace) }
            .Set("vhosts", new YamlList(new YamlMap().Set("name", host)))
            .Set("exchanges", new YamlList([.. topics.Select(topic => new YamlMap { Origin = new Origin(topic.Path, ArtifactRules.RabbitExchange) }
                .Set("name", topic.Name).Set("vhost", host).Set("type", "topic").Set("durable", true).Set("auto_delete", false).Set("internal", false).Set("arguments", new YamlMap()))]))
            .Set("queues", new YamlList([.. handling.SelectMany(plan => new[] { Queue(plan.Name, host, plan, ArtifactRules.ConsumerGroup), Queue(plan.Name + AsideSuffix, host, plan, ArtifactRules.RabbitAside) })]))
            .Set("bindings", new YamlList([.. topics.SelectMany(topic => topic.Consumers(system).SelectMany(plan => topic.Taken(plan).Select(taken => new YamlMap { Origin = new Origin($"{plan.Path}.consumes", ArtifactRules.RabbitBinding) }
                .Set("source", topic.Name).Set("vhost", host).Set("destination", plan.Name).Set("destination_type", "queue").Set("routing_key", taken).Set("arguments", new YamlMap()))))]))
            .Set("policies", new YamlList([.. handling.Select(plan => new YamlMap { Origin = new Origin($"{plan.Path}.consumes", ArtifactRules.RabbitAside) }
                .Set("vhost", host).Set("name", $"{plan.Name}-aside").Set("pattern", Exactly([plan.Name])).Set("apply-to", "queues").Set("priority", 0)
                .Set("definition", new YamlMap().Set("delivery-limit", Deliveries).Set("dead-letter-exchange", "").Set("dead-letter-routing-key", plan.Name + AsideSuffix)))]));
    }

    /// <summary>A file of its own, because users must be there before: their passwords stand in no file.</summary>
    private static YamlMap Permissions(SystemPlan system, IReadOnlyList<EventTopic> topics)
    {
        var host = HostOf(system);
        var users = EnginesTarget.Users(system).ToArray();
        return new YamlMap { Origin = new Origin("broker.rabbitmq", ArtifactRules.EngineUser) }
            .Set("permissions", new YamlList([.. users.Select(plan => new YamlMap { Origin = plan.Because(ArtifactRules.EngineRight) }
                .Set("user", plan.Name).Set("vhost", host)
                .Set("configure", Exactly([]))
                .Set("write", Exactly(topics.Where(topic => topic.PublishedBy(plan).Any()).Select(topic => topic.Name)))
                .Set("read", Exactly(plan.Service.Consumes.Count > 0 ? [plan.Name] : [])))]))
            .Set("topic_permissions", new YamlList([.. users.SelectMany(plan => topics.Where(topic => topic.PublishedBy(plan).Any()).Select(topic => new YamlMap { Origin = new Origin($"{plan.Path}.publishes", ArtifactRules.EngineRight) }
                .Set("user", plan.Name).Set("vhost", host).Set("exchange", topic.Name).Set("write", Exactly(topic.PublishedBy(plan))).Set("read", Exactly([]))))]));
    }

    private static YamlMap Queue(string name, string host, ServicePlan plan, ArtifactRule rule) => new YamlMap { Origin = new Origin($"{plan.Path}.consumes", rule) }
        .Set("name", name).Set("vhost", host).Set("durable", true).Set("auto_delete", false).Set("arguments", new YamlMap().Set("x-queue-type", "quorum"));

    private static string HostOf(SystemPlan system) => system.Model.System;

    private static string Exactly(IEnumerable<string> names) => names.Select(Regex.Escape).ToArray() is { Length: > 0 } all ? $"^({string.Join('|', all)})$" : "^$";
}
