using System.Globalization;
using Conway.Artifacts.GitOps;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What holds for the whole namespace.</summary>
internal static class NamespaceObjects
{
    // The oldest Kubernetes that the manifests are validated for.
    private const string StandardVersion = "v1.31";

    public static IEnumerable<YamlMap> Of(SystemPlan system, IReadOnlyList<KubeService> services, IReadOnlyList<JobPlan> jobs)
    {
        var labels = Labels(system);
        foreach (var mode in new[] { "enforce", "audit", "warn" })
        {
            labels.Set($"pod-security.kubernetes.io/{mode}", "restricted", ArtifactRules.PodSecurity, "system")
                .Set($"pod-security.kubernetes.io/{mode}-version", StandardVersion, ArtifactRules.PodSecurity, "system");
        }

        // That a controller must keep the namespace is why it has annotations, whatever a mesh adds.
        var isKept = system.Model.Deploy.Gitops.By is not null;
        var annotations = new YamlMap { Origin = isKept ? new Origin("deploy.gitops", ArtifactRules.GitOpsKeep) : new Origin("mesh", ArtifactRules.MeshJoin) };
        Mesh.Of(system).Join(system, labels, annotations);
        foreach (var (name, value) in isKept ? GitOpsMarks.Kept(system).Entries : [])
        {
            annotations.Set(name, value);
        }

        yield return new YamlMap { Origin = new Origin("deploy.namespace", ArtifactRules.Namespace) }
            .Set("apiVersion", "v1").Set("kind", "Namespace")
            .Set("metadata", new YamlMap().Set("name", KubeMetadata.NamespaceOf(system)).Set("labels", labels)
                .SetIf(!annotations.IsEmpty, "annotations", () => annotations));
        foreach (var critical in services.Select(service => service.IsCritical).Distinct().OrderDescending())
        {
            yield return new YamlMap { Origin = new Origin("services", ArtifactRules.Priority) }
                .Set("apiVersion", "scheduling.k8s.io/v1").Set("kind", "PriorityClass")
                .Set("metadata", new YamlMap().Set("name", PriorityOf(system, critical)).Set("labels", Labels(system)))
                .Set("value", critical ? 1000 : 100).Set("globalDefault", false)
                .Set("description", critical ? "Services that the others cannot do without." : "All other services.");
        }

        yield return Quota(system, services, jobs);
        yield return Object(system, "v1", "LimitRange", "defaults", ArtifactRules.Limits).Set("spec", new YamlMap().Set("limits", new YamlList(new YamlMap()
            .Set("type", "Container")
            .Set("default", new YamlMap().Set("cpu", "500m").Set("memory", "256Mi").Set("ephemeral-storage", "256Mi"))
            .Set("defaultRequest", new YamlMap().Set("cpu", "100m").Set("memory", "256Mi").Set("ephemeral-storage", "256Mi")))));
        yield return NetworkPolicies.Default(system);
        foreach (var external in system.Services.SelectMany(plan => ExternalPlan.UsedBy(system.Model, plan.Service)).DistinctBy(external => external.Name).Where(external => external.Alias is not null).OrderBy(external => external.Name, StringComparer.Ordinal))
        {
            yield return Object(system, "v1", "Service", external.Alias!, ArtifactRules.ExternalSystem, external.Path).Set("spec", new YamlMap()
                .Set("type", "ExternalName")
                .Set("externalName", external.Host, ArtifactRules.ExternalSystem, $"{external.Path}.address"));
        }

        foreach (var one in TeamAccess.Of(system))
        {
            yield return one;
        }
    }

    /// <summary>An object of the namespace that belongs to no service.</summary>
    public static YamlMap Object(SystemPlan system, string apiVersion, string kind, string name, ArtifactRule rule, string path = "system") =>
        new YamlMap { Origin = new Origin(path, rule) }
            .Set("apiVersion", apiVersion).Set("kind", kind)
            .Set("metadata", new YamlMap().Set("name", name).Set("namespace", KubeMetadata.NamespaceOf(system), ArtifactRules.Namespace, "deploy.namespace").Set("labels", Labels(system)));

    /// <summary>A class of its own for each namespace, since classes belong to the whole cluster.</summary>
    public static string PriorityOf(SystemPlan system, bool critical) => ObjectNames.Derived(KubeMetadata.NamespaceOf(system), critical ? "-critical" : "-usual", _ => false);

    /// <summary>Room for every replica at its most, one more of each while a version changes, and one run of each job.</summary>
    private static YamlMap Quota(SystemPlan system, IReadOnlyList<KubeService> services, IReadOnlyList<JobPlan> jobs)
    {
        long cpu = 0, limit = 0, memory = 0, pods = 0;
        foreach (var service in services)
        {
            var count = service.Most + (service.IsStateful || service.Most == 0 ? 0 : 1) + jobs.Count(job => job.Service.Name == service.Plan.Name);
            (pods, cpu, limit, memory) = (pods + count, cpu + ((long)count * service.Size.Cpu), limit + ((long)count * service.Size.CpuLimit), memory + ((long)count * service.Size.Memory));
        }

        var disk = pods * PodSize.Disk;
        if (Mesh.Of(system).HasProxy)
        {
            (cpu, limit, memory, disk) = (cpu + (pods * Mesh.Cpu), limit + (pods * Mesh.CpuLimit), memory + (pods * Mesh.Memory), disk + (pods * Mesh.Disk));
        }

        string Milli(long value) => string.Create(CultureInfo.InvariantCulture, $"{value}m");
        string Mebi(long value) => string.Create(CultureInfo.InvariantCulture, $"{value}Mi");
        return Object(system, "v1", "ResourceQuota", "whole", ArtifactRules.Quota, "services").Set("spec", new YamlMap().Set("hard", new YamlMap()
            .Set("pods", pods.ToString(CultureInfo.InvariantCulture))
            .Set("requests.cpu", Milli(cpu)).Set("limits.cpu", Milli(limit))
            .Set("requests.memory", Mebi(memory)).Set("limits.memory", Mebi(memory))
            .Set("requests.ephemeral-storage", Mebi(disk)).Set("limits.ephemeral-storage", Mebi(disk))
            .Set("services.nodeports", PortsOf(system)).Set("services.loadbalancers", BalancersOf(system))));
    }

    /// <summary>How many load balancers may be made.</summary>
    public static string BalancersOf(SystemPlan system) => system.Services.Count(plan => plan.Service.Expose?.As == ExposureKind.LoadBalancer).ToString(CultureInfo.InvariantCulture);

    /// <summary>How many ports of nodes may be taken: a load balancer takes one too, and one more to ask where the replicas are.</summary>
    public static string PortsOf(SystemPlan system) => system.Services.Sum(plan => plan.Service.Expose?.As switch { ExposureKind.LoadBalancer => 2, ExposureKind.NodePort => 1, _ => 0 }).ToString(CultureInfo.InvariantCulture);

    public static YamlMap Labels(SystemPlan system) => new YamlMap()
        .Set("app.kubernetes.io/part-of", ObjectNames.Label(system.Model.System))
        .Set("app.kubernetes.io/managed-by", "conway");
}
