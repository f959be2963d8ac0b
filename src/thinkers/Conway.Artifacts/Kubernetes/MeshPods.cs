using System.Globalization;
using Conway.Artifacts.Consul;
using Conway.Artifacts.Linkerd;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What pods, their namespace and their policies say so that a mesh can carry their traffic; nothing where the model names no mesh that is generated.</summary>
internal static class MeshPods
{
    /// <summary>Thousandths of a processor that a proxy asks for. An assumption.</summary>
    public const int Cpu = 100;

    /// <summary>Thousandths of a processor that a proxy may take.</summary>
    public const int CpuLimit = 1000;

    /// <summary>Mebibytes of a proxy, asked for and the limit alike. An assumption.</summary>
    public const int Memory = 192;

    /// <summary>Mebibytes that a proxy may write: the default of the namespace.</summary>
    public const int Disk = 256;

    /// <summary>By this label the pods of a service and of its jobs are one for Istio.</summary>
    public const string ServiceLabel = "service.istio.io/canonical-name";

    private const int ControlPort = 15012;
    private const int ScrapePort = 15020;

    /// <summary>Whether pods have a proxy of Istio.</summary>
    public static bool IsIstio(SystemPlan system) => system.Model.Mesh == "istio";

    /// <summary>Whether pods have a proxy of any mesh that is generated.</summary>
    public static bool HasProxy(SystemPlan system) => IsIstio(system) || ConsulPods.IsIn(system) || LinkerdPods.IsIn(system);

    /// <summary>The ports at which pods of the mesh reach each other.</summary>
    public static IReadOnlyList<int> Ports(SystemPlan system) => LinkerdPods.IsIn(system) ? [SystemPlan.Port, LinkerdPods.InboundPort] : ConsulPods.Ports(system);

    /// <summary>Namespace of the control plane.</summary>
    public static string ControlPlane(SystemPlan system) => system.Model.Deploy.Mesh.Namespace ?? "istio-system";

    /// <summary>Adds to the labels of the namespace what makes its pods join.</summary>
    public static void Join(SystemPlan system, YamlMap labels)
    {
        if (ConsulPods.IsIn(system))
        {
            ConsulPods.Join(labels);
        }

        if (!IsIstio(system))
        {
            return;
        }

        if (system.Model.Deploy.Mesh.Revision is { } revision)
        {
            labels.Set("istio.io/rev", revision, ArtifactRules.MeshJoin, "deploy.mesh.revision");
        }
        else
        {
            labels.Set("istio-injection", "enabled", ArtifactRules.MeshJoin, "mesh");
        }
    }

    /// <summary>Adds to what a pod is marked with.</summary>
    public static void Mark(SystemPlan system, ServicePlan plan, YamlMap labels, YamlMap annotations)
    {
        if (IsIstio(system))
        {
            labels.Set(ServiceLabel, plan.Label, ArtifactRules.MeshJoin, plan.Path);
        }

        foreach (var (name, value, rule) in Annotations(system))
        {
            annotations.Set(name, value, rule, "mesh");
        }
    }

    /// <summary>Of every pod.</summary>
    public static IEnumerable<(string Name, string Value, ArtifactRule Rule)> Annotations(SystemPlan system) => LinkerdPods.IsIn(system) ? LinkerdPods.Annotations(system) : ConsulPods.IsIn(system) ? ConsulPods.Annotations : !IsIstio(system) ? [] :
    [
        ("sidecar.istio.io/nativeSidecar", "true", ArtifactRules.MeshJoin),
        ("sidecar.istio.io/proxyCPU", Text(Cpu, "m"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/proxyCPULimit", Text(CpuLimit, "m"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/proxyMemory", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/proxyMemoryLimit", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/rewriteAppHTTPProbers", "true", ArtifactRules.MeshProbes),
    ];

    /// <summary>Rules for what a pod may connect to.</summary>
    public static IEnumerable<YamlMap> Control(SystemPlan system) => LinkerdPods.IsIn(system) ? LinkerdPods.Control(system) : ConsulPods.IsIn(system) ? ConsulPods.Control(system) : !IsIstio(system) ? [] :
    [
        new YamlMap { Origin = new Origin("deploy.mesh", ArtifactRules.MeshControl) }
            .Set("to", new YamlList(new Reach(ControlPlane(system), null, ControlPort).Peer()))
            .Set("ports", NetworkPolicies.Ports("TCP", ControlPort)),
    ];

    /// <summary>Rules for who may connect to the proxy itself.</summary>
    public static IEnumerable<YamlMap> Scrapes(SystemPlan system) => LinkerdPods.IsIn(system) ? LinkerdPods.Scrapes(system) : ConsulPods.IsIn(system) ? ConsulPods.Scrapes(system) : !IsIstio(system) || system.Model.Deploy.Prometheus is not { } prometheus ? [] :
    [
        new YamlMap { Origin = new Origin("deploy.prometheus", ArtifactRules.MeshScrape) }
            .Set("from", new YamlList(new Reach(prometheus, null, ScrapePort).Peer()))
            .Set("ports", NetworkPolicies.Ports("TCP", ScrapePort)),
    ];

    private static string Text(int number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
}
