using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>What runs the system's own collector in a cluster. It asks the cluster for nothing, so it has no role and no token.</summary>
internal static class CollectorObjects
{
    private const string Path = "deploy.collector";
    private const string Folder = "/etc/otelcol";
    private const int GraceSeconds = 30;
    private const int Kept = 3;
    private const int PreStopSeconds = 5;

    private static readonly (string Name, int Port)[] Ports =
        [("otlp-grpc", CollectorPlan.GrpcPort), ("otlp-http", CollectorPlan.HttpPort), ("metrics", CollectorConfig.MetricsPort), ("own-metrics", CollectorPlan.OwnMetricsPort)];

    public static IEnumerable<YamlMap> Of(SystemPlan system, CollectorPlan plan, YamlMap config)
    {
        var side = Side(system, plan);
        foreach (var one in side.Whole("restricted", ArtifactRules.CollectorPlace))
        {
            yield return one;
        }

        yield return side.Object("v1", "ServiceAccount", plan.Name, ArtifactRules.ServiceAccount).Set("automountServiceAccountToken", false);
        yield return side.Object("v1", "ConfigMap", ConfigName(plan), ArtifactRules.Collector).Set("data", new YamlMap().Set("config.yaml", new YamlDocument(config)));
        yield return side.Object("v1", "Service", plan.Name, ArtifactRules.Reachable).Set("spec", new YamlMap()
            .Set("selector", KubeMetadata.Selector(plan.Name), ArtifactRules.Labels, Path)
            .Set("ports", new YamlList([.. Ports.Select(port => (YamlNode)new YamlMap().Set("name", port.Name).Set("port", port.Port).Set("targetPort", port.Name).Set("protocol", "TCP"))]), ArtifactRules.ContainerPort, Path));
        yield return Deployment(system, plan, side, config);
        yield return side.Object("policy/v1", "PodDisruptionBudget", plan.Name, ArtifactRules.Disruption).Set("spec", new YamlMap()
            .Set("maxUnavailable", 1)
            .Set("unhealthyPodEvictionPolicy", "AlwaysAllow")
            .Set("selector", KubeMetadata.MatchLabels(plan.Name)));
        yield return Policy(system, plan, side);
    }

    /// <summary>What tells the Prometheus operator to scrape it.</summary>
    public static YamlMap Monitor(SystemPlan system, CollectorPlan plan)
    {
        var side = Side(system, plan);
        var monitor = side.Object("monitoring.coreos.com/v1", "ServiceMonitor", plan.Name, ArtifactRules.CollectorMonitor);
        ((YamlMap)((YamlMap)monitor["metadata"]!)["labels"]!).KeepRegion("labels", Path);
        return monitor.Set("spec", new YamlMap()
            .Set("selector", KubeMetadata.MatchLabels(plan.Name), ArtifactRules.Labels, Path)
            .Set("endpoints", new YamlList(
                new YamlMap().Set("port", "metrics").Set("interval", "30s").Set("honorLabels", true),
                new YamlMap().Set("port", "own-metrics").Set("interval", "30s"))));
    }

    private static SideNamespace Side(SystemPlan system, CollectorPlan plan) => new(system, plan.Space, plan.Name, "collector", Path);

    private static string ConfigName(CollectorPlan plan) => ObjectNames.Derived(plan.Name, "-config", _ => false);

    private static YamlMap Deployment(SystemPlan system, CollectorPlan plan, SideNamespace side, YamlMap config)
    {
        var pod = side.Pod(GraceSeconds)
            .Set("automountServiceAccountToken", false, ArtifactRules.ServiceAccount, Path)
            .Set("securityContext", PodParts.PodSecurity(plan.Space), ArtifactRules.PodSecurity, Path)
            .Set("containers", new YamlList(Container(system, plan)))
            .Set("volumes", new YamlList(new YamlMap().Set("name", "config").Set("configMap", new YamlMap().Set("name", ConfigName(plan)).Set("defaultMode", 288))), ArtifactRules.ReadOnlyRoot, Path);
        return side.Object("apps/v1", "Deployment", plan.Name, ArtifactRules.CollectorWorkload, ("replicas", "every span of a trace must come to the same collector")).Set("spec", new YamlMap()
            .Set("replicas", 1)
            .Set("revisionHistoryLimit", Kept)
            .Set("selector", KubeMetadata.MatchLabels(plan.Name), ArtifactRules.Labels, Path)
            .Set("strategy", new YamlMap().Set("type", "RollingUpdate").Set("rollingUpdate", new YamlMap().Set("maxSurge", 1).Set("maxUnavailable", 0)))
            .Set("template", new YamlMap()
                .Set("metadata", new YamlMap().Set("labels", side.Labels()).Set("annotations", new YamlMap().Set("checksum/config", SideNamespace.Checksum(config), ArtifactRules.ConfigChecksum, Path)))
                .Set("spec", pod)));
    }

    private static YamlMap Container(SystemPlan system, CollectorPlan plan)
    {
        YamlMap Probe(string kind, int period, int failures) => new YamlMap().Set(kind, kind == "httpGet" ? new YamlMap().Set("path", "/").Set("port", "health") : new YamlMap().Set("port", "health"))
            .Set("periodSeconds", period).Set("timeoutSeconds", 3).Set("failureThreshold", failures);
        YamlMap Variable(string name, string value, string path) => new YamlMap { Origin = new Origin(path, ArtifactRules.CollectorAway) }.Set("name", name).Set("value", PodParts.Literal(value));
        string Milli(int value) => string.Create(CultureInfo.InvariantCulture, $"{value}m");
        var memory = string.Create(CultureInfo.InvariantCulture, $"{plan.Memory}Mi");
        return new YamlMap()
            .Set("name", "collector")
            .Set("image", system.Model.Deploy.Collector.Image, ArtifactRules.CollectorImage, $"{Path}.image")
            .Set("imagePullPolicy", "Always", ArtifactRules.KubeImage, $"{Path}.image")
            .Set("args", new YamlList($"--config={Folder}/config.yaml"))
            .Set("ports", new YamlList([.. Ports.Append(("health", CollectorPlan.HealthPort)).Select(port => (YamlNode)new YamlMap().Set("name", port.Item1).Set("containerPort", port.Item2).Set("protocol", "TCP"))]), ArtifactRules.ContainerPort, Path)
            .Set("env", new YamlList(
                Variable("TRACES_ENDPOINT", plan.Traces, $"{Path}.traces"),
                Variable("LOGS_ENDPOINT", plan.Logs, $"{Path}.logs"),
                new YamlMap { Origin = new Origin(Path, ArtifactRules.CollectorMemory) }.Set("name", "GOMEMLIMIT").Set("value", string.Create(CultureInfo.InvariantCulture, $"{plan.Memory * 4 / 5}MiB")),
                new YamlKeep("env") { Origin = new Origin(Path, ArtifactRules.KeepRegion) }))
            .Set("resources", new YamlMap()
                .Set("requests", new YamlMap().Set("cpu", Milli(plan.Cpu)).Set("memory", memory).Set("ephemeral-storage", "64Mi"))
                .Set("limits", new YamlMap().Set("cpu", Milli(plan.CpuLimit)).Set("memory", memory).Set("ephemeral-storage", "64Mi")), ArtifactRules.CollectorSize, "services")
            .Set("securityContext", PodParts.ContainerSecurity(), ArtifactRules.ContainerSecurity, Path)
            .Set("startupProbe", Probe("httpGet", 2, 30), ArtifactRules.StartupProbe, Path)
            .Set("readinessProbe", Probe("httpGet", 5, 3), ArtifactRules.ReadinessProbe, Path)
            .Set("livenessProbe", Probe("tcpSocket", 10, 6), ArtifactRules.LivenessProbe, Path)
            .Set("lifecycle", new YamlMap().Set("preStop", new YamlMap().Set("sleep", new YamlMap().Set("seconds", PreStopSeconds))), ArtifactRules.Graceful, Path)
            .Set("volumeMounts", new YamlList(new YamlMap().Set("name", "config").Set("mountPath", Folder).Set("readOnly", true)), ArtifactRules.ReadOnlyRoot, Path);
    }

    private static YamlMap Policy(SystemPlan system, CollectorPlan plan, SideNamespace side)
    {
        static YamlMap Space(string name) => new YamlMap().Set("matchLabels", new YamlMap().Set(KubeMetadata.NamespaceLabel, name));
        static YamlMap Away(Reach reach, string path) => new YamlMap { Origin = new Origin(path, ArtifactRules.CollectorNetwork) }
            .Set("to", new YamlList(reach.Peer())).Set("ports", NetworkPolicies.Ports("TCP", reach.Port));
        var ours = new YamlMap().Set("matchLabels", new YamlMap().Set("app.kubernetes.io/part-of", side.PartOf));
        var from = new[] { KubeMetadata.NamespaceOf(system), LogsPlan.IsToCollector(system) ? LogsPlan.SpaceOf(system) : null }.OfType<string>()
            .Select(space => (YamlNode)new YamlMap().Set("namespaceSelector", Space(space)).Set("podSelector", ours));
        static YamlNode Port(int port) => new YamlMap().Set("protocol", "TCP").Set("port", port);
        return side.Object("networking.k8s.io/v1", "NetworkPolicy", plan.Name, ArtifactRules.CollectorNetwork).Set("spec", new YamlMap()
            .Set("podSelector", KubeMetadata.MatchLabels(plan.Name), ArtifactRules.Labels, Path)
            .Set("policyTypes", new YamlList("Ingress", "Egress"), ArtifactRules.DefaultDeny, Path)
            .Set("ingress", new YamlList(
                new YamlMap { Origin = new Origin("services", ArtifactRules.CollectorNetwork) }
                    .Set("from", new YamlList([.. from]))
                    .Set("ports", new YamlList(Port(CollectorPlan.GrpcPort), Port(CollectorPlan.HttpPort))),
                new YamlMap { Origin = new Origin("deploy.prometheus", ArtifactRules.CollectorNetwork) }
                    .Set("from", new YamlList(new YamlMap().Set("namespaceSelector", Space(plan.Prometheus))))
                    .Set("ports", new YamlList(Port(CollectorConfig.MetricsPort), Port(CollectorPlan.OwnMetricsPort)))))
            .Set("egress", new YamlList(
                NetworkPolicies.Dns(new Origin(Path, ArtifactRules.NetworkDns)),
                Away(plan.TracesReach, $"{Path}.traces"),
                Away(plan.LogsReach, $"{Path}.logs"),
                new YamlKeep("egress") { Origin = new Origin(Path, ArtifactRules.KeepRegion) })));
    }
}
