using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Istio;

/// <summary>What pods and their namespace say so that Istio's proxies can carry their traffic.</summary>
internal sealed class IstioMesh : Mesh
{
    /// <summary>By this label the pods of a service and of its jobs are one for Istio.</summary>
    public const string ServiceLabel = "service.istio.io/canonical-name";

    private const int ControlPort = 15012;
    private const int ScrapePort = 15020;

    public override string Name => IstioTarget.Name;

    public override bool ReadsTokens => true;

    public override IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings) => IstioTarget.Files(system, findings);

    public override void Join(SystemPlan system, YamlMap labels, YamlMap annotations)
    {
        if (system.Model.Deploy.Mesh.Revision is { } revision)
        {
            labels.Set("istio.io/rev", revision, ArtifactRules.MeshJoin, "deploy.mesh.revision");
        }
        else
        {
            labels.Set("istio-injection", "enabled", ArtifactRules.MeshJoin, "mesh");
        }
    }

    public override void Mark(ServicePlan plan, YamlMap labels) => labels.Set(ServiceLabel, plan.Label, ArtifactRules.MeshJoin, plan.Path);

    public override IEnumerable<(string Name, string Value, ArtifactRule Rule)> Annotations(SystemPlan system) =>
    [
        ("sidecar.istio.io/nativeSidecar", "true", ArtifactRules.MeshJoin),
        ("sidecar.istio.io/proxyCPU", Text(Cpu, "m"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/proxyCPULimit", Text(CpuLimit, "m"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/proxyMemory", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/proxyMemoryLimit", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("sidecar.istio.io/rewriteAppHTTPProbers", "true", ArtifactRules.MeshProbes),
    ];

    public override IEnumerable<YamlMap> Control(SystemPlan system) => ControlAt(system, "istio-system", ControlPort);

    public override IEnumerable<YamlMap> Scrapes(SystemPlan system) => ScrapesAt(system, ScrapePort);
}
