using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>What reads the logs of the system's containers on each node: a DaemonSet that may read pods of the system by name.</summary>
internal static class LogsObjects
{
    private const string Path = LogsPlan.Path;
    private const string Name = LogsPlan.Name;
    private const string Config = Name + "-config";
    private const string Folder = "/etc/fluent-bit";
    private const string Rbac = "rbac.authorization.k8s.io";
    private const int GraceSeconds = 30;
    private const int Kept = 3;

    public static IEnumerable<YamlMap> Of(SystemPlan system, LogsPlan plan)
    {
        var side = Side(system);
        var config = LogsConfig.Write(system, plan);
        foreach (var one in side.Whole("privileged", ArtifactRules.LogsPlace))
        {
            yield return one;
        }

        yield return side.Object("v1", "ServiceAccount", Name, ArtifactRules.ServiceAccount).Set("automountServiceAccountToken", false);

        // In the namespace of the services: what is allowed there is allowed nowhere else.
        var there = side with { Space = KubeMetadata.NamespaceOf(system) };
        var role = ObjectNames.Derived(ObjectNames.Label(system.Model.System), "-logs", _ => false);
        yield return there.Object($"{Rbac}/v1", "Role", role, ArtifactRules.LogsRights).Set("rules", new YamlList(
            new YamlMap().Set("apiGroups", new YamlList("")).Set("resources", new YamlList("pods")).Set("verbs", new YamlList("get"))));
        yield return there.Object($"{Rbac}/v1", "RoleBinding", role, ArtifactRules.LogsRights)
            .Set("roleRef", new YamlMap().Set("apiGroup", Rbac).Set("kind", "Role").Set("name", role))
            .Set("subjects", new YamlList(new YamlMap().Set("kind", "ServiceAccount").Set("name", Name).Set("namespace", side.Space)));
        yield return side.Object("v1", "ConfigMap", Config, ArtifactRules.LogsWorkload).Set("data", new YamlMap().Set("fluent-bit.yaml", new YamlDocument(config)));
        yield return DaemonSet(system, side, config);
        yield return Policy(system, plan, side);
    }

    /// <summary>What tells the Prometheus operator to scrape it.</summary>
    public static YamlMap Monitor(SystemPlan system)
    {
        var monitor = Side(system).Object("monitoring.coreos.com/v1", "PodMonitor", Name, ArtifactRules.LogsMonitor);
        ((YamlMap)((YamlMap)monitor["metadata"]!)["labels"]!).KeepRegion("labels", Path);
        return monitor.Set("spec", new YamlMap()
            .Set("selector", KubeMetadata.MatchLabels(Name), ArtifactRules.Labels, Path)
            .Set("podMetricsEndpoints", new YamlList(new YamlMap().Set("port", "http").Set("path", "/api/v2/metrics/prometheus").Set("interval", "30s"))));
    }

    private static SideNamespace Side(SystemPlan system) => new(system, LogsPlan.SpaceOf(system), Name, "logs", Path);

    private static YamlMap DaemonSet(SystemPlan system, SideNamespace side, YamlMap config)
    {
        var pod = side.Pod(GraceSeconds)
            .Set("automountServiceAccountToken", true, ArtifactRules.LogsRights, Path)
            .Set("securityContext", new YamlMap().Set("runAsNonRoot", false).Set("runAsUser", 0).Set("runAsGroup", 0)
                .Set("fsGroup", SystemPlan.User).Set("fsGroupChangePolicy", "OnRootMismatch").Set("seLinuxOptions", PodParts.SelinuxOptions(side.Space)).Set("seccompProfile", new YamlMap().Set("type", "RuntimeDefault")), ArtifactRules.LogsNode, Path)
            .Set("containers", new YamlList(Container(system)))
            .Set("volumes", new YamlList(
                new YamlMap().Set("name", "config").Set("configMap", new YamlMap().Set("name", Config).Set("defaultMode", 288)),
                new YamlMap().Set("name", "state").Set("emptyDir", new YamlMap().Set("sizeLimit", "64Mi")),
                new YamlMap { Origin = new Origin(Path, ArtifactRules.LogsNode) }.Set("name", "logs").Set("hostPath", new YamlMap().Set("path", "/var/log").Set("type", "Directory"))), ArtifactRules.ReadOnlyRoot, Path)
            .KeepRegion("pod", Path);
        return side.Object("apps/v1", "DaemonSet", Name, ArtifactRules.LogsWorkload,
            ("host-path", "what containers print lies on the node; it is mounted read-only"),
            ("sensitive-host-path", "what containers print lies below /var/log; it is mounted read-only"),
            ("run-as-non-root", "the files belong to root; every capability is dropped"),
            ("root-user", "the files belong to root; every capability is dropped"),
            ("high-user", "the files belong to root; every capability is dropped")).Set("spec", new YamlMap()
                .Set("revisionHistoryLimit", Kept)
                .Set("selector", KubeMetadata.MatchLabels(Name), ArtifactRules.Labels, Path)
                .Set("updateStrategy", new YamlMap().Set("type", "RollingUpdate").Set("rollingUpdate", new YamlMap().Set("maxUnavailable", 1)))
                .Set("template", new YamlMap()
                    .Set("metadata", new YamlMap().Set("labels", side.Labels()).Set("annotations", new YamlMap().Set("checksum/config", SideNamespace.Checksum(config), ArtifactRules.ConfigChecksum, Path)))
                    .Set("spec", pod)));
    }

    private static YamlMap Container(SystemPlan system)
    {
        YamlMap Ask(string path, int period, int failures) => new YamlMap().Set("httpGet", new YamlMap().Set("path", path).Set("port", "http")).Set("periodSeconds", period).Set("timeoutSeconds", 3).Set("failureThreshold", failures);
        var container = new YamlMap()
            .Set("name", Name)
            .Set("image", system.Model.Deploy.Logs.Image, ArtifactRules.KubeImage, $"{Path}.image")
            .Set("imagePullPolicy", "Always", ArtifactRules.KubeImage, $"{Path}.image")
            .Set("command", new YamlList("/fluent-bit/bin/fluent-bit"))
            .Set("args", new YamlList($"--config={Folder}/fluent-bit.yaml"))
            .Set("ports", new YamlList(new YamlMap().Set("name", "http").Set("containerPort", LogsConfig.Port).Set("protocol", "TCP")), ArtifactRules.ContainerPort, Path);
        if (system.Model.Deploy.Logs.Secret is { } secret)
        {
            YamlMap Variable(string name, string key) => new YamlMap { Origin = new Origin($"{Path}.secret", ArtifactRules.LogsOutput) }.Set("name", name)
                .Set("valueFrom", new YamlMap().Set("secretKeyRef", new YamlMap().Set("name", secret).Set("key", key)));
            container.Set("env", new YamlList(Variable("LOGS_USER", "user"), Variable("LOGS_PASSWORD", "password")));
        }

        return container
            .Set("resources", new YamlMap()
                .Set("requests", new YamlMap().Set("cpu", "100m").Set("memory", "128Mi").Set("ephemeral-storage", "128Mi"))
                .Set("limits", new YamlMap().Set("cpu", "400m").Set("memory", "128Mi").Set("ephemeral-storage", "128Mi")), ArtifactRules.PodResources, Path)
            .Set("securityContext", new YamlMap()
                .Set("allowPrivilegeEscalation", false).Set("privileged", false).Set("readOnlyRootFilesystem", true)
                .Set("runAsNonRoot", false).Set("runAsUser", 0).Set("runAsGroup", 0)
                .Set("capabilities", new YamlMap().Set("drop", new YamlList("ALL")))
                .Set("seccompProfile", new YamlMap().Set("type", "RuntimeDefault")), ArtifactRules.LogsNode, Path)
            .Set("startupProbe", Ask("/", 2, 60), ArtifactRules.StartupProbe, Path)
            .Set("readinessProbe", Ask("/api/v1/health", 10, 3), ArtifactRules.ReadinessProbe, Path)
            .Set("livenessProbe", new YamlMap().Set("tcpSocket", new YamlMap().Set("port", "http")).Set("periodSeconds", 10).Set("timeoutSeconds", 3).Set("failureThreshold", 6), ArtifactRules.LivenessProbe, Path)
            .Set("volumeMounts", new YamlList(
                new YamlMap().Set("name", "config").Set("mountPath", Folder).Set("readOnly", true),
                new YamlMap().Set("name", "state").Set("mountPath", LogsConfig.State),
                new YamlMap { Origin = new Origin(Path, ArtifactRules.LogsNode) }.Set("name", "logs").Set("mountPath", "/var/log").Set("readOnly", true)), ArtifactRules.ReadOnlyRoot, Path);
    }

    private static YamlMap Policy(SystemPlan system, LogsPlan plan, SideNamespace side)
    {
        static YamlMap Away(Reach reach, string path) => new YamlMap { Origin = new Origin(path, ArtifactRules.LogsNetwork) }.Set("to", new YamlList(reach.Peer())).Set("ports", NetworkPolicies.Ports("TCP", reach.Port));
        var ingress = system.Model.Deploy.Prometheus is not { } prometheus ? new YamlList() : new YamlList(new YamlMap { Origin = new Origin("deploy.prometheus", ArtifactRules.LogsNetwork) }
            .Set("from", new YamlList(new YamlMap().Set("namespaceSelector", new YamlMap().Set("matchLabels", new YamlMap().Set(KubeMetadata.NamespaceLabel, prometheus)))))
            .Set("ports", NetworkPolicies.Ports("TCP", LogsConfig.Port)));
        return side.Object("networking.k8s.io/v1", "NetworkPolicy", Name, ArtifactRules.LogsNetwork).Set("spec", new YamlMap()
            .Set("podSelector", KubeMetadata.MatchLabels(Name), ArtifactRules.Labels, Path)
            .Set("policyTypes", new YamlList("Ingress", "Egress"), ArtifactRules.DefaultDeny, Path)
            .Set("ingress", ingress)
            .Set("egress", new YamlList(
                NetworkPolicies.Dns(new Origin(Path, ArtifactRules.NetworkDns)),
                Away(plan.Kubernetes, "deploy.reach.kubernetes"),
                Away(plan.Reach, $"{Path}.address"),
                new YamlKeep("egress") { Origin = new Origin(Path, ArtifactRules.KeepRegion) })));
    }
}
