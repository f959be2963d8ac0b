using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Artifacts.GitOps;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Engines;

/// <summary>Topics and users of Kafka as objects of the Strimzi operator.</summary>
internal static partial class KafkaTopics
{
    private const string ApiVersion = "kafka.strimzi.io/v1";

    // Characters of a topic's name that are kept in that of its object.
    private const int Readable = 50;

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        var topics = EventTopic.Of(system);
        foreach (var topic in topics.Where(topic => !topic.IsLegalInKafka))
        {
            findings.Add(ArtifactFindings.Needed(topic.Path, $"Kafka takes no topic that is called '{topic.Name}'.", "Write a 'topic' of letters, digits, '.', '_' and '-', at most 249 of them."));
        }

        yield return YamlWriter.File("engines/kubernetes/kafka-topics.yaml", "deploy.strimzi", [.. topics.Select(topic => Topic(system, topic))]);
        yield return YamlWriter.File("engines/kubernetes/kafka-users.yaml", "deploy.strimzi", [.. EnginesTarget.Users(system).Select(plan => User(system, plan, topics))]);
    }

    private static YamlMap Topic(SystemPlan system, EventTopic topic)
    {
        var place = system.Model.Deploy.Strimzi;
        var unheard = new List<Finding>();
        var most = topic.Consumers(system).Select(plan => KubeService.Of(system, plan, unheard).Most).DefaultIfEmpty(0).Max();
        var one = Object(system, "KafkaTopic", NameOf(topic.Name), ArtifactRules.KafkaTopic, topic.Path);
        if (system.Model.Deploy.Gitops.By is not null)
        {
            // A topic that is taken away takes its events along.
            ((YamlMap)one["metadata"]!).Set("annotations", GitOpsMarks.Kept(system), ArtifactRules.GitOpsKeep, "deploy.gitops");
        }

        return one.Set("spec", new YamlMap()
            .Set("topicName", topic.Name, ArtifactRules.Declared, topic.Path)
            .Set("partitions", Math.Max(place.Partitions, most), ArtifactRules.KafkaPartitions, "deploy.strimzi.partitions")
            .Set("replicas", place.Replicas, ArtifactRules.KafkaCopies, "deploy.strimzi.replicas")
            .Set("config", new YamlMap()
                .Set("cleanup.policy", "delete")
                .Set("min.insync.replicas", Math.Max(1, place.Replicas - 1), ArtifactRules.KafkaCopies, "deploy.strimzi.replicas")
                .Set("retention.ms", new YamlPlain(((long)place.Retention.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)), ArtifactRules.Declared, "deploy.strimzi.retention")));
    }

    private static YamlMap User(SystemPlan system, ServicePlan plan, IReadOnlyList<EventTopic> topics)
    {
        var rights = new List<YamlNode>();
        foreach (var topic in topics)
        {
            var (publishes, handles) = (topic.PublishedBy(plan).Any(), topic.Taken(plan).Any());
            if (publishes || handles)
            {
                string[] operations = [.. publishes ? ["Write"] : Array.Empty<string>(), .. handles ? ["Read"] : Array.Empty<string>(), "Describe"];
                rights.Add(Right("topic", topic.Name, operations, new Origin(publishes ? $"{plan.Path}.publishes" : $"{plan.Path}.consumes", ArtifactRules.EngineRight)));
            }
        }

        if (plan.Service.Consumes.Count > 0)
        {
            rights.Add(Right("group", plan.Name, ["Read", "Describe"], new Origin($"{plan.Path}.consumes", ArtifactRules.ConsumerGroup)));
        }

        return Object(system, "KafkaUser", plan.Label, ArtifactRules.EngineUser, plan.Path).Set("spec", new YamlMap()
            .Set("authentication", new YamlMap().Set("type", "tls"))
            .Set("authorization", new YamlMap().Set("type", "simple").Set("acls", new YamlList([.. rights]))));
    }

    private static YamlMap Right(string type, string name, string[] operations, Origin origin) => new YamlMap { Origin = origin }
        .Set("resource", new YamlMap().Set("type", type).Set("name", name).Set("patternType", "literal"))
        .Set("operations", YamlList.Of(operations));

    private static YamlMap Object(SystemPlan system, string kind, string name, ArtifactRule rule, string path) => new YamlMap { Origin = new Origin(path, rule) }
        .Set("apiVersion", ApiVersion).Set("kind", kind)
        .Set("metadata", new YamlMap().Set("name", name)
            .Set("namespace", system.Model.Deploy.Strimzi.Namespace, ArtifactRules.EnginePlace, "deploy.strimzi.namespace")
            .Set("labels", new YamlMap()
                .Set("strimzi.io/cluster", system.Model.Deploy.Strimzi.Cluster!, ArtifactRules.EnginePlace, "deploy.strimzi.cluster")
                .Set("app.kubernetes.io/part-of", ObjectNames.Label(system.Model.System))
                .Set("app.kubernetes.io/managed-by", "conway")));

    // A topic may be called what no object may: the name in Kafka stands in the object.
    private static string NameOf(string topic)
    {
        if (Legal().IsMatch(topic))
        {
            return topic;
        }

        var plain = Other().Replace(topic.ToLowerInvariant(), "-").Trim('-');
        return $"{(plain.Length > Readable ? plain[..Readable].TrimEnd('-') : plain.Length > 0 ? plain : "topic")}-{ObjectNames.Hash(topic)}";
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Legal();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
