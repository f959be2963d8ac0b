using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Observability;

/// <summary>What watches the objectives: rules, alerts, and the tests of the alerts.</summary>
internal static class ObservabilityTarget
{
    /// <summary>Objects of a cluster lie below this folder, and nothing else does.</summary>
    public const string InCluster = "observability/kubernetes";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        var watched = Watched(system, findings);
        if (watched.Count > 0 && system.Model.Deploy.Telemetry is null)
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.NotWatched,
                Message = "No service is told where to send its metrics: the model has no deploy.telemetry.",
                Mend = "Write 'deploy: { telemetry: http://collector.observability:4318 }' with your own collector, in the settings of the environment.",
                ModelPath = "deploy.telemetry",
            });
        }

        return [.. watched.SelectMany(one => Files(system, one.Service, one.Objectives)), .. OfSystem(system, watched, findings)];
    }

    /// <summary>Only the files below <see cref="InCluster"/>: the tests of alerts, most of all that is written, are not made for nothing.</summary>
    public static IEnumerable<ArtifactFile> ClusterFiles(SystemPlan system, List<Finding> findings)
    {
        var watched = Watched(system, findings);
        return [.. watched.Select(one => RuleObject(system, one.Service, SloRules.Groups(system, one.Service, one.Objectives))), .. OfSystem(system, watched, findings).Where(file => file.Path.StartsWith(InCluster, StringComparison.Ordinal))];
    }

    private static IReadOnlyList<(ServicePlan Service, IReadOnlyList<Objective> Objectives)> Watched(SystemPlan system, List<Finding> findings) =>
        [.. system.Services.Select(service => (Service: service, Objectives: Objective.Of(system, service, findings))).Where(one => one.Objectives.Count > 0)];

    private static IEnumerable<ArtifactFile> OfSystem(SystemPlan system, IReadOnlyList<(ServicePlan Service, IReadOnlyList<Objective> Objectives)> watched, List<Finding> findings)
    {
        Objective[] objectives = [.. watched.SelectMany(one => one.Objectives)];
        if (watched.Count > 0)
        {
            yield return File("observability/alertmanager/alertmanager.yaml", AlertRoutes.Write(system, [.. watched.Select(one => one.Service)], findings));
        }

        if (LogsPlan.Of(system, findings) is { } logs)
        {
            yield return new($"{InCluster}/1-logs.yaml", YamlWriter.Write([.. LogsObjects.Of(system, logs)]));
            if (system.Model.Deploy.Prometheus is not null)
            {
                yield return File($"{InCluster}/2-logs-monitor.yaml", LogsObjects.Monitor(system));
            }
        }

        if (AdapterRules.Write(system) is { } adapter)
        {
            yield return File("observability/prometheus/adapter.yaml", adapter);
        }

        if (system.Model.Deploy.Telemetry is not { } telemetry)
        {
            yield break;
        }

        if (!Uri.TryCreate(telemetry, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            findings.Add(ArtifactFindings.Needed("deploy.telemetry", $"'{telemetry}' is no address of a collector.", "Write 'deploy: { telemetry: http://collector.observability:4318 }' with your own."));
        }
        else
        {
            var isOwn = CollectorPlan.IsOwn(system);
            var config = CollectorConfig.Write(system, objectives, isOwn);
            if (!isOwn)
            {
                yield return File("observability/collector/config.yaml", config);
            }
            else if (CollectorPlan.Of(system, address, findings) is { } plan)
            {
                yield return new($"{InCluster}/1-collector.yaml", YamlWriter.Write([.. CollectorObjects.Of(system, plan, config)]));
                yield return File($"{InCluster}/2-collector-monitor.yaml", CollectorObjects.Monitor(system, plan));
            }

            foreach (var (name, dashboard) in Dashboards.Write(system, objectives))
            {
                yield return File($"{InCluster}/0-dashboard-{name}.yaml", dashboard);
            }

            yield return File("observability/prometheus/prometheus.yaml", ScrapeConfig.Write(address.Host, watched.Count > 0));
        }
    }

    private static IEnumerable<ArtifactFile> Files(SystemPlan system, ServicePlan service, IReadOnlyList<Objective> objectives)
    {
        var groups = SloRules.Groups(system, service, objectives);
        var origin = service.Because(ArtifactRules.SloWindow, "slo");
        yield return File($"observability/prometheus/rules/{service.Label}.yaml", new YamlMap { Origin = origin }.Set("groups", groups));
        yield return RuleObject(system, service, groups);
        yield return new($"observability/openslo/{service.Label}.yaml", YamlWriter.Write([.. OpenSlo.Write(system, service, objectives)]));
        foreach (var (name, file) in SloTests.Files(system, service, objectives, $"../rules/{service.Label}.yaml"))
        {
            yield return File($"observability/prometheus/tests/{service.Label}.{name}.yaml", file);
        }
    }

    private static ArtifactFile RuleObject(SystemPlan system, ServicePlan service, YamlList groups) =>
        File($"{InCluster}/{service.Label}-rules.yaml", new YamlMap { Origin = service.Because(ArtifactRules.SloObject, "slo") }
            .Set("apiVersion", "monitoring.coreos.com/v1").Set("kind", "PrometheusRule")
            .Set("metadata", new YamlMap().Set("name", ObjectNames.Derived(service.Label, "-slo", _ => false)).Set("namespace", KubeMetadata.NamespaceOf(system), ArtifactRules.Namespace, "deploy.namespace")
                .Set("labels", KubeMetadata.Labels(system, service, service.Label, "rules").KeepRegion("labels", service.Path)))
            .Set("spec", new YamlMap().Set("groups", groups)));

    private static ArtifactFile File(string path, YamlMap document) => new(path, YamlWriter.Write([document]));
}
