using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Linkerd;

/// <summary>
/// What pods, their namespace, their Services and their policies say so that Linkerd's proxies can carry their traffic. Names and ports are those of linkerd2 in release 2.19:
/// <c>pkg/k8s/labels.go</c>, <c>charts/linkerd-control-plane</c>, <c>charts/partials/templates/_proxy.tpl</c>. Proxies prove who they are by a token that is projected for them
/// (<c>identity.serviceAccountTokenProjection</c>, on unless the platform says otherwise), so pods need not have a token of Kubernetes mounted.
/// </summary>
internal static class LinkerdPods
{
    /// <summary>At this port the proxy takes what others of the mesh wrap up.</summary>
    public const int InboundPort = 4143;

    /// <summary>What holds for ports that no Server is for.</summary>
    private const string DefaultPolicy = "config.linkerd.io/default-inbound-policy";

    // Named linkerd-admin; names of ports are looked up among init containers too, which is where a sidecar container of Kubernetes stands.
    private const int ScrapePort = 4191;

    // Identity, destination and policy: identity.yaml and destination.yaml of the chart.
    private static readonly int[] ControlPorts = [8080, 8086, 8090];

    public static bool IsIn(SystemPlan system) => system.Model.Mesh == LinkerdTarget.Name;

    /// <summary>What the annotations of the namespace say.</summary>
    public static YamlMap Join(SystemPlan system) => new YamlMap { Origin = new Origin("mesh", ArtifactRules.MeshJoin) }
        .Set(DefaultPolicy, DefaultOf(system), ArtifactRules.MeshDeny, "policies")
        .Set("linkerd.io/inject", "enabled");

    /// <summary>Of every pod.</summary>
    public static IEnumerable<(string Name, string Value, ArtifactRule Rule)> Annotations(SystemPlan system) =>
    [
        // 2.19 knows it by this name, 2.20 by the one without beta too; before, it was config.alpha.linkerd.io.
        ("config.beta.linkerd.io/proxy-enable-native-sidecar", "true", ArtifactRules.MeshJoin),
        (DefaultPolicy, DefaultOf(system), ArtifactRules.MeshDeny),
        ("config.linkerd.io/proxy-cpu-limit", Text(MeshPods.CpuLimit, "m"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-cpu-request", Text(MeshPods.Cpu, "m"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-enable-native-sidecar", "true", ArtifactRules.MeshJoin),
        ("config.linkerd.io/proxy-ephemeral-storage-limit", Text(MeshPods.Disk, "Mi"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-ephemeral-storage-request", Text(MeshPods.Disk, "Mi"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-memory-limit", Text(MeshPods.Memory, "Mi"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-memory-request", Text(MeshPods.Memory, "Mi"), ArtifactRules.MeshSize),
        ("linkerd.io/inject", "enabled", ArtifactRules.MeshJoin),
    ];

    /// <summary>Rules for what a pod may connect to.</summary>
    public static IEnumerable<YamlMap> Control(SystemPlan system) =>
    [
        new YamlMap { Origin = new Origin("deploy.mesh", ArtifactRules.MeshControl) }
            .Set("to", new YamlList(new Reach(system.Model.Deploy.Mesh.Namespace ?? LinkerdTarget.Name, null, ControlPorts[0]).Peer()))
            .Set("ports", NetworkPolicies.Ports("TCP", ControlPorts)),
    ];

    /// <summary>Rules for who may connect to the proxy itself.</summary>
    public static IEnumerable<YamlMap> Scrapes(SystemPlan system) => system.Model.Deploy.Prometheus is not { } prometheus ? [] :
    [
        new YamlMap { Origin = new Origin("deploy.prometheus", ArtifactRules.MeshScrape) }
            .Set("from", new YamlList(new Reach(prometheus, null, ScrapePort).Peer()))
            .Set("ports", NetworkPolicies.Ports("TCP", ScrapePort)),
    ];

    private static string DefaultOf(SystemPlan system) => RoutePlan.HasIdentity(system) ? "deny" : "all-unauthenticated";

    private static string Text(int number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
}
