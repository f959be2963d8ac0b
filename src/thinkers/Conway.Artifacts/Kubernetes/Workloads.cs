using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What runs a service, and how many of it.</summary>
internal static class Workloads
{
    private const int Kept = 3;

    public static IEnumerable<YamlMap> Of(SystemPlan system, KubeService service)
    {
        yield return service.IsStateful ? StatefulSet(system, service) : service.IsEverywhere ? DaemonSet(system, service) : Deployment(system, service);
        if (service.IsScaled)
        {
            yield return Scalers.Of(system, service);
        }

        foreach (var one in Scalers.Authentication(system, service).Concat(Scalers.Vertical(system, service)))
        {
            yield return one;
        }

        // A node that is emptied leaves what belongs to it alone.
        if (service.Least > 0 && !service.IsEverywhere)
        {
            yield return Budget(system, service);
        }
    }

    private static YamlMap Deployment(SystemPlan system, KubeService service)
    {
        var plan = service.Plan;
        var spec = new YamlMap();
        if (!service.IsScaled)
        {
            spec.Set("replicas", service.Least, ArtifactRules.Declared, $"{plan.Path}.replicas");
        }

        spec.Set("revisionHistoryLimit", Kept)
            .Set("selector", KubeMetadata.MatchLabels(service.Name), ArtifactRules.Labels, plan.Path)
            .Set("strategy", plan.Service.Overlap
                ? new YamlMap().Set("type", "RollingUpdate").Set("rollingUpdate", new YamlMap().Set("maxSurge", 1).Set("maxUnavailable", 0))
                : new YamlMap().Set("type", "Recreate"), ArtifactRules.Rolling, plan.Service.Overlap ? plan.Path : $"{plan.Path}.overlap")
            .Set("template", PodParts.Template(system, service, service.Name, "service", null, null));
        var deployment = KubeMetadata.Object(system, plan, "apps/v1", "Deployment", service.Name, service.Name, "service", ArtifactRules.Workload);
        if (!plan.Service.Overlap)
        {
            KubeMetadata.Ignore(deployment, "rolling-update", "the model says that two of it must not run side by side", plan.Because(ArtifactRules.Rolling, "overlap"));
        }

        return deployment.Set("spec", spec);
    }

    private static YamlMap DaemonSet(SystemPlan system, KubeService service)
    {
        var plan = service.Plan;
        var rolling = plan.Service.Overlap ? new YamlMap().Set("maxSurge", 1).Set("maxUnavailable", 0) : new YamlMap().Set("maxUnavailable", 1);
        return KubeMetadata.Object(system, plan, "apps/v1", "DaemonSet", service.Name, service.Name, "service", ArtifactRules.EachNode, "placement").Set("spec", new YamlMap()
            .Set("revisionHistoryLimit", Kept)
            .Set("selector", KubeMetadata.MatchLabels(service.Name), ArtifactRules.Labels, plan.Path)
            .Set("updateStrategy", new YamlMap().Set("type", "RollingUpdate").Set("rollingUpdate", rolling), ArtifactRules.Rolling, plan.Service.Overlap ? plan.Path : $"{plan.Path}.overlap")
            .Set("template", PodParts.Template(system, service, service.Name, "service", null, null)));
    }

    private static YamlMap StatefulSet(SystemPlan system, KubeService service)
    {
        var plan = service.Plan;
        var claims = plan.Files.Select(store => (YamlNode)Claim(system, plan, store)).ToArray();
        return KubeMetadata.Object(system, plan, "apps/v1", "StatefulSet", service.Name, service.Name, "service", ArtifactRules.Stateful).Set("spec", new YamlMap()
            .Set("replicas", service.Least, ArtifactRules.Stateful, $"{plan.Path}.replicas")
            .Set("revisionHistoryLimit", Kept)
            .Set("serviceName", KubernetesTarget.HeadlessName(system, plan), ArtifactRules.Stateful, plan.Path)
            .Set("selector", KubeMetadata.MatchLabels(service.Name), ArtifactRules.Labels, plan.Path)
            .Set("updateStrategy", new YamlMap().Set("type", "RollingUpdate"), ArtifactRules.Rolling, plan.Path)
            .Set("template", PodParts.Template(system, service, service.Name, "service", null, null))
            .Set("volumeClaimTemplates", new YamlList(claims), ArtifactRules.StateVolume, $"{plan.Path}.owns"));
    }

    /// <summary>How much a store that is a file may take.</summary>
    public static string StorageOf(ServicePlan plan, string store) => plan.Service.Owns[store].Size is { } bytes ? bytes.Bytes.ToString(CultureInfo.InvariantCulture) : "1Gi";

    private static YamlMap Claim(SystemPlan system, ServicePlan plan, string store)
    {
        var size = plan.Service.Owns[store].Size;
        var spec = new YamlMap().Set("accessModes", new YamlList("ReadWriteOnce"));
        if (system.Model.Deploy.StorageClass is { } storage)
        {
            spec.Set("storageClassName", storage, ArtifactRules.Declared, "deploy.storage-class");
        }

        spec.Set("resources", new YamlMap().Set("requests", new YamlMap().Set("storage", StorageOf(plan, store))), ArtifactRules.StateVolume, size is null ? $"{plan.Path}.owns.{store}" : $"{plan.Path}.owns.{store}.size");
        return new YamlMap { Origin = plan.Because(ArtifactRules.StateVolume, $"owns.{store}") }
            .Set("apiVersion", "v1").Set("kind", "PersistentVolumeClaim")
            .Set("metadata", new YamlMap().Set("name", PodParts.VolumeOf(store)))
            .Set("spec", spec);
    }

    public static YamlMap Budget(SystemPlan system, KubeService service) =>
        KubeMetadata.Object(system, service.Plan, "policy/v1", "PodDisruptionBudget", service.Name, service.Name, "service", ArtifactRules.Disruption).Set("spec", new YamlMap()
            .Set("maxUnavailable", 1)
            .Set("unhealthyPodEvictionPolicy", "AlwaysAllow")
            .Set("selector", KubeMetadata.MatchLabels(service.Name)));
}
