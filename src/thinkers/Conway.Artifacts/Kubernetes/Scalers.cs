using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What changes the number of a service's replicas, and what measures how large one should be.</summary>
internal static class Scalers
{
    private const int DownSeconds = 300;

    // What a replica needs whatever is measured.
    private const string LeastCpu = "50m";
    private const string LeastMemory = "64Mi";

    /// <summary>Whether the KEDA operator changes the number; it makes an autoscaler of its own, and two would fight.</summary>
    public static bool IsKeda(SystemPlan system) => system.Model.Deploy.Scaler == "keda";

    /// <summary>Of a Deployment; meaningful when it is scaled.</summary>
    public static YamlMap Of(SystemPlan system, KubeService service) => IsKeda(system) ? Scaled(system, service) : Autoscaler(system, service);

    private static YamlMap Autoscaler(SystemPlan system, KubeService service)
    {
        var plan = service.Plan;
        var trigger = ScaleTrigger.Of(system, plan);
        var metrics = new List<YamlNode>
        {
            new YamlMap().Set("type", "Resource").Set("resource", new YamlMap()
                .Set("name", "cpu").Set("target", new YamlMap().Set("type", "Utilization").Set("averageUtilization", trigger.Cpu))),
        };
        if (plan.Service.Scale?.By == ScaleBy.Requests)
        {
            metrics.Add(new YamlMap { Origin = plan.Because(ArtifactRules.ScaleByRequests, "scale") }.Set("type", "External").Set("external", new YamlMap()
                .Set("metric", new YamlMap().Set("name", ScaleTrigger.MetricOf(system, plan)))
                .Set("target", new YamlMap().Set("type", "AverageValue").Set("averageValue", ScaleTrigger.Text(trigger.Each!.Value)))));
        }

        return Object(system, service, "autoscaling/v2", "HorizontalPodAutoscaler").Set("spec", new YamlMap()
            .Set("scaleTargetRef", Target(service))
            .Set("minReplicas", service.Least, ArtifactRules.Autoscale, $"{plan.Path}.replicas")
            .Set("maxReplicas", service.Most, ArtifactRules.Autoscale, MostPath(plan))
            .Set("metrics", new YamlList(metrics))
            .Set("behavior", Behavior()));
    }

    private static YamlMap Scaled(SystemPlan system, KubeService service)
    {
        var plan = service.Plan;
        var trigger = ScaleTrigger.Of(system, plan);
        var triggers = new List<YamlNode>
        {
            new YamlMap().Set("type", "cpu").Set("metricType", "Utilization").Set("metadata", new YamlMap().Set("value", ScaleTrigger.Text(trigger.Cpu))),
        };
        switch (plan.Service.Scale?.By)
        {
            case ScaleBy.Requests:
                triggers.Add(new YamlMap { Origin = plan.Because(ArtifactRules.ScaleByRequests, "scale") }.Set("type", "prometheus").Set("metadata", new YamlMap()
                    .Set("serverAddress", system.Model.Deploy.Metrics ?? "", ArtifactRules.Declared, "deploy.metrics")
                    .Set("query", ScaleTrigger.QueryOf(system, plan))
                    .Set("threshold", ScaleTrigger.Text(trigger.Each!.Value))));
                break;
            case ScaleBy.Events:
                triggers.AddRange(system.Model.Broker.Kafka is { } kafka ? trigger.Topics.Select(topic => Lag(plan, kafka, topic, trigger.Each!.Value)) : [Queue(plan, trigger.Each!.Value)]);
                break;
        }

        triggers.Add(new YamlKeep("triggers") { Origin = plan.Because(ArtifactRules.KeepRegion) });
        return Object(system, service, "keda.sh/v1alpha1", "ScaledObject").Set("spec", new YamlMap()
            .Set("scaleTargetRef", Target(service))
            .Set("minReplicaCount", service.Least, ArtifactRules.Autoscale, $"{plan.Path}.replicas")
            .Set("maxReplicaCount", service.Most, ArtifactRules.Autoscale, MostPath(plan))
            .Set("advanced", new YamlMap().Set("horizontalPodAutoscalerConfig", new YamlMap().Set("behavior", Behavior())))
            .Set("triggers", new YamlList(triggers)));
    }

    private static YamlMap Lag(ServicePlan plan, string servers, string topic, int each) => new YamlMap { Origin = plan.Because(ArtifactRules.ScaleByEvents, "scale") }
        .Set("type", "kafka").Set("metadata", new YamlMap()
            .Set("bootstrapServers", servers, ArtifactRules.Declared, "broker.kafka")
            .Set("consumerGroup", plan.Name)
            .Set("topic", topic)
            .Set("lagThreshold", ScaleTrigger.Text(each))
            .Set("offsetResetPolicy", "latest"));

    private static YamlMap Queue(ServicePlan plan, int each) => new YamlMap { Origin = plan.Because(ArtifactRules.ScaleByEvents, "scale") }
        .Set("type", "rabbitmq").Set("metadata", new YamlMap()
            .Set("protocol", "amqp")
            .Set("queueName", plan.Name)
            .Set("mode", "QueueLength")
            .Set("value", ScaleTrigger.Text(each)))
        .Set("authenticationRef", new YamlMap().Set("name", plan.Label));

    /// <summary>How KEDA gets at a queue: its address with name and password is a secret. None when nothing asks for a queue.</summary>
    public static IEnumerable<YamlMap> Authentication(SystemPlan system, KubeService service)
    {
        if (!AsksForQueue(system, service))
        {
            yield break;
        }

        yield return Object(system, service, "keda.sh/v1alpha1", "TriggerAuthentication", ArtifactRules.ScaleByEvents).Set("spec", new YamlMap()
            .Set("secretTargetRef", new YamlList(new YamlMap().Set("parameter", "host").Set("name", SecretOf(service.Plan)).Set("key", "host"))));
        if (ServiceObjects.StoreOf(system) is { } store)
        {
            yield return BrokerSecret(system, service, store);
        }
    }

    /// <summary>Whether KEDA asks a queue of RabbitMQ.</summary>
    public static bool AsksForQueue(SystemPlan system, KubeService service) =>
        IsKeda(system) && service.IsScaled && service.Plan.Service.Scale?.By == ScaleBy.Events && system.Model.Broker.Kafka is null;

    public static YamlMap BrokerSecret(SystemPlan system, KubeService service, string store) =>
        ServiceObjects.ExternalSecret(system, service.Plan, SecretOf(service.Plan), [("host", "broker", service.Plan.Because(ArtifactRules.ScaleByEvents, "scale"))], store);

    private static string SecretOf(ServicePlan plan) => ObjectNames.Derived(plan.Label, "-scaler", _ => false);

    /// <summary>What measures how large a replica should be; none where it is not wanted.</summary>
    public static IEnumerable<YamlMap> Vertical(SystemPlan system, KubeService service)
    {
        var mode = system.Model.Deploy.Vertical;
        if (mode == "off" || service.Least == 0)
        {
            yield break;
        }

        // Where the number follows processor time, a changed request for it would change the number: memory alone is set then.
        var resources = mode == "initial" && service.IsScaled ? new YamlList("memory") : new YamlList("cpu", "memory");
        var size = (YamlMap)service.Size.Write(service.Plan)["limits"]!;
        yield return Object(system, service, "autoscaling.k8s.io/v1", "VerticalPodAutoscaler", ArtifactRules.Vertical).Set("spec", new YamlMap()
            .Set("targetRef", Target(service))
            .Set("updatePolicy", new YamlMap().Set("updateMode", mode == "initial" ? "Initial" : "Off"), ArtifactRules.Vertical, "deploy.vertical")
            .Set("resourcePolicy", new YamlMap().Set("containerPolicies", new YamlList(new YamlMap()
                .Set("containerName", service.Name)
                .Set("controlledResources", resources)
                .Set("controlledValues", "RequestsOnly")
                .Set("minAllowed", new YamlMap().Set("cpu", LeastCpu).Set("memory", LeastMemory))
                .Set("maxAllowed", new YamlMap().Set("cpu", size["cpu"]!).Set("memory", size["memory"]!))))));
    }

    private static YamlMap Object(SystemPlan system, KubeService service, string apiVersion, string kind, ArtifactRule? rule = null) =>
        KubeMetadata.Object(system, service.Plan, apiVersion, kind, service.Name, service.Name, "service", rule ?? ArtifactRules.Autoscale, service.Plan.Service.Scale is not null ? "scale" : service.Plan.Service.Load is null ? null : "load");

    private static YamlMap Target(KubeService service) => new YamlMap().Set("apiVersion", "apps/v1").Set("kind", service.Kind).Set("name", service.Name);

    private static YamlMap Behavior() => new YamlMap().Set("scaleDown", new YamlMap().Set("stabilizationWindowSeconds", DownSeconds));

    private static string MostPath(ServicePlan plan) => plan.Service.Scale?.Most is null ? $"{plan.Path}.replicas" : $"{plan.Path}.scale.most";
}
