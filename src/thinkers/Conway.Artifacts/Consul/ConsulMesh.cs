using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Consul;

/// <summary>What pods, their namespace and their policies say so that Consul's mesh can carry their traffic.</summary>
internal sealed class ConsulMesh : Mesh
{
    /// <summary>At this port the proxy takes what others of the mesh ask; the service's own is behind it.</summary>
    public const int InboundPort = 20000;

    /// <summary>Consul registers nothing under the name of a Service with this label.</summary>
    public const string IgnoreLabel = "consul.hashicorp.com/service-ignore";

    /// <summary>The volume of the token that the injector asks for.</summary>
    public const string TokenVolume = "account-token";

    private const string TokenFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const int TokenSeconds = 3600;
    private const int ScrapePort = 20200;

    // HTTP without and with TLS, and gRPC.
    private static readonly int[] ServerPorts = [8500, 8501, 8502];

    public override string Name => ConsulTarget.Name;

    public override bool HasAccountsOfJobs => true;

    public override IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings) => ConsulTarget.Files(system, findings);

    public override IReadOnlyList<int> Ports(SystemPlan system) => RoutePlan.HasIdentity(system) ? [InboundPort] : [SystemPlan.Port, InboundPort];

    public override void Join(SystemPlan system, YamlMap labels, YamlMap annotations) => labels.Set("consul.hashicorp.com/transparent-proxy", "true", ArtifactRules.MeshJoin, "mesh");

    public override IEnumerable<(string Name, string Value, ArtifactRule Rule)> Annotations(SystemPlan system) =>
    [
        ("consul.hashicorp.com/connect-inject", "true", ArtifactRules.MeshJoin),
        ("consul.hashicorp.com/enable-consul-dataplane-as-sidecar", "true", ArtifactRules.MeshJoin),
        ("consul.hashicorp.com/enable-metrics", "true", ArtifactRules.MeshScrape),
        ("consul.hashicorp.com/prometheus-scrape-port", Text(ScrapePort, ""), ArtifactRules.MeshScrape),
        ("consul.hashicorp.com/sidecar-proxy-cpu-limit", Text(CpuLimit, "m"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/sidecar-proxy-cpu-request", Text(Cpu, "m"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/sidecar-proxy-memory-limit", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/sidecar-proxy-memory-request", Text(Memory, "Mi"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/transparent-proxy", "true", ArtifactRules.MeshJoin),
        ("consul.hashicorp.com/transparent-proxy-overwrite-probes", "true", ArtifactRules.MeshProbes),
    ];

    /// <summary>The token by which the proxy proves whose pod it is in.</summary>
    public override IEnumerable<YamlMap> Volumes(ServicePlan plan) =>
    [
        new YamlMap { Origin = plan.Because(ArtifactRules.MeshProof) }.Set("name", TokenVolume).Set("projected", new YamlMap().Set("sources", new YamlList(
            new YamlMap().Set("serviceAccountToken", new YamlMap().Set("path", "token").Set("expirationSeconds", TokenSeconds))))),
    ];

    /// <summary>Consul's injector looks for the token where Kubernetes would mount it by itself.</summary>
    public override IEnumerable<YamlMap> Mounts(ServicePlan plan) =>
    [
        new YamlMap { Origin = plan.Because(ArtifactRules.MeshProof) }.Set("name", TokenVolume).Set("mountPath", TokenFolder).Set("readOnly", true),
    ];

    /// <summary>Takes the Service out of Consul.</summary>
    public override YamlMap Unnamed(YamlMap service)
    {
        ((YamlMap)((YamlMap)service["metadata"]!)["labels"]!).Set(IgnoreLabel, "true", ArtifactRules.MeshName, "mesh");
        return service;
    }

    /// <summary>The account and the Service by which the pods of a job are known. Nobody asks them for anything.</summary>
    public override IEnumerable<YamlMap> OfJob(SystemPlan system, JobPlan job)
    {
        yield return KubeMetadata.Object(system, job.Service, "v1", "ServiceAccount", job.Label, job.Label, "job", ArtifactRules.MeshName).Set("automountServiceAccountToken", false);
        yield return KubeMetadata.Object(system, job.Service, "v1", "Service", job.Label, job.Label, "job", ArtifactRules.MeshName).Set("spec", new YamlMap()
            .Set("clusterIP", "None")
            .Set("selector", KubeMetadata.Selector(job.Label), ArtifactRules.Labels, job.Path)
            .Set("ports", new YamlList(new YamlMap().Set("name", "proxy").Set("port", InboundPort).Set("targetPort", InboundPort).Set("protocol", "TCP"))));
    }

    public override IEnumerable<YamlMap> Control(SystemPlan system) => ControlAt(system, ConsulTarget.Name, ServerPorts);

    public override IEnumerable<YamlMap> Scrapes(SystemPlan system) => ScrapesAt(system, ScrapePort);
}
