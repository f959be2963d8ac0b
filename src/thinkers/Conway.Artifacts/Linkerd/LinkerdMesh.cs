using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Linkerd;

/// <summary>
/// What pods, their namespace, their Services and their policies say so that Linkerd's proxies can carry their traffic. Names and ports are those of linkerd2 in release 2.19:
/// <c>pkg/k8s/labels.go</c>, <c>charts/linkerd-control-plane</c>, <c>charts/partials/templates/_proxy.tpl</c>. Proxies prove who they are by a token that is projected for them
/// (<c>identity.serviceAccountTokenProjection</c>, on unless the platform says otherwise), so pods need not have a token of Kubernetes mounted.
/// </summary>
internal sealed class LinkerdMesh : Mesh
{
    /// <summary>At this port the proxy takes what others of the mesh wrap up.</summary>
    public const int InboundPort = 4143;

    /// <summary>What holds for ports that no Server is for.</summary>
    private const string DefaultPolicy = "config.linkerd.io/default-inbound-policy";

    // Named linkerd-admin; names of ports are looked up among init containers too, which is where a sidecar container of Kubernetes stands.
    private const int ScrapePort = 4191;

    // Identity, destination and policy: identity.yaml and destination.yaml of the chart.
    private static readonly int[] ControlPorts = [8080, 8086, 8090];

    public override string Name => LinkerdTarget.Name;

    public override IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings) => LinkerdTarget.Files(system, findings);

    public override IReadOnlyList<int> Ports(SystemPlan system) => [SystemPlan.Port, InboundPort];

    public override void Join(SystemPlan system, YamlMap labels, YamlMap annotations) => annotations
        .Set(DefaultPolicy, DefaultOf(system), ArtifactRules.MeshDeny, "policies")
        .Set("linkerd.io/inject", "enabled", ArtifactRules.MeshJoin, "mesh");

    public override YamlMap Called(SystemPlan system, ServicePlan plan, YamlMap service) => LinkerdCalls.Breaking(system, plan, service);

    public override IEnumerable<(string Name, string Value, ArtifactRule Rule)> Annotations(SystemPlan system) =>
    [
        // 2.19 knows it by this name, 2.20 by the one without beta too; before, it was config.alpha.linkerd.io.
        ("config.beta.linkerd.io/proxy-enable-native-sidecar", "true", ArtifactRules.MeshJoin),
        (DefaultPolicy, DefaultOf(system), ArtifactRules.MeshDeny),
        ("config.linkerd.io/proxy-cpu-limit", Text(CpuLimit, "m"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-cpu-request", Text(Cpu, "m"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-enable-native-sidecar", "true", ArtifactRules.MeshJoin),
        ("config.linkerd.io/proxy-ephemeral-storage-limit", Text(Disk, "Mi"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-ephemeral-storage-request", Text(Disk, "Mi"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-memory-limit", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("config.linkerd.io/proxy-memory-request", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("linkerd.io/inject", "enabled", ArtifactRules.MeshJoin),
    ];

    public override IEnumerable<YamlMap> Control(SystemPlan system) => ControlAt(system, LinkerdTarget.Name, ControlPorts);

    public override IEnumerable<YamlMap> Scrapes(SystemPlan system) => ScrapesAt(system, ScrapePort);

    private static string DefaultOf(SystemPlan system) => RoutePlan.HasIdentity(system) ? "deny" : "all-unauthenticated";
}
