using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Observability;

/// <summary>Rules of the Prometheus Adapter: requests of services, as metrics that an autoscaler asks the cluster for.</summary>
internal static class AdapterRules
{
    /// <summary>Null when no autoscaler asks for any.</summary>
    public static YamlMap? Write(SystemPlan system)
    {
        var rules = system.Services.Where(plan => !Scalers.IsKeda(system) && plan.Service.Scale?.By == ScaleBy.Requests).Select(plan => (YamlNode)new YamlMap { Origin = plan.Because(ArtifactRules.ScaleByRequests, "scale") }
            .Set("seriesQuery", $"http_server_request_duration_seconds_count{{job=\"{system.Model.System}/{plan.Name}\"}}")
            .Set("resources", new YamlMap().Set("namespaced", false))
            .Set("name", new YamlMap().Set("as", ScaleTrigger.MetricOf(system, plan)))
            .Set("metricsQuery", ScaleTrigger.QueryOf(system, plan))).ToArray();
        return rules.Length == 0 ? null : new YamlMap { Origin = new Origin("services", ArtifactRules.ScaleByRequests) }.Set("externalRules", new YamlList([.. rules, new YamlKeep("rules") { Origin = new Origin("services", ArtifactRules.KeepRegion) }]));
    }
}
