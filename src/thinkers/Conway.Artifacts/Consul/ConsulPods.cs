using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Consul;

/// <summary>What pods, their namespace and their policies say so that Consul's mesh can carry their traffic.</summary>
internal static class ConsulPods
{
    /// <summary>At this port the proxy takes what others of the mesh ask; the service's own is behind it.</summary>
    public const int InboundPort = 20000;

    /// <summary>Consul registers nothing under the name of a Service with this label.</summary>
    public const string IgnoreLabel = "consul.hashicorp.com/service-ignore";

    private const string TokenFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string TokenVolume = "account-token";
    private const int TokenSeconds = 3600;
    private const int ScrapePort = 20200;

    // HTTP without and with TLS, and gRPC.
    private static readonly int[] ServerPorts = [8500, 8501, 8502];

    public static bool IsIn(SystemPlan system) => system.Model.Mesh == ConsulTarget.Name;

    /// <summary>The ports at which pods of the mesh reach each other.</summary>
    public static IReadOnlyList<int> Ports(SystemPlan system) => !IsIn(system) ? [SystemPlan.Port] : RoutePlan.HasIdentity(system) ? [InboundPort] : [SystemPlan.Port, InboundPort];

    /// <summary>Adds to the labels of the namespace.</summary>
    public static void Join(YamlMap labels) => labels.Set("consul.hashicorp.com/transparent-proxy", "true", ArtifactRules.MeshJoin, "mesh");

    /// <summary>Of every pod.</summary>
    public static IEnumerable<(string Name, string Value, ArtifactRule Rule)> Annotations =>
    [
        ("consul.hashicorp.com/connect-inject", "true", ArtifactRules.MeshJoin),
        ("consul.hashicorp.com/enable-consul-dataplane-as-sidecar", "true", ArtifactRules.MeshJoin),
        ("consul.hashicorp.com/enable-metrics", "true", ArtifactRules.MeshScrape),
        ("consul.hashicorp.com/prometheus-scrape-port", Text(ScrapePort, ""), ArtifactRules.MeshScrape),
        ("consul.hashicorp.com/sidecar-proxy-cpu-limit", Text(MeshPods.CpuLimit, "m"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/sidecar-proxy-cpu-request", Text(MeshPods.Cpu, "m"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/sidecar-proxy-memory-limit", Text(MeshPods.Memory, "Mi"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/sidecar-proxy-memory-request", Text(MeshPods.Memory, "Mi"), ArtifactRules.MeshSize),
        ("consul.hashicorp.com/transparent-proxy", "true", ArtifactRules.MeshJoin),
        ("consul.hashicorp.com/transparent-proxy-overwrite-probes", "true", ArtifactRules.MeshProbes),
    ];

    /// <summary>Adds the token by which the proxy proves whose pod it is in: Consul's injector looks for it where Kubernetes would mount it by itself.</summary>
    public static void Prove(SystemPlan system, ServicePlan plan, List<YamlNode> volumes)
    {
        if (IsIn(system))
        {
            volumes.Add(new YamlMap { Origin = plan.Because(ArtifactRules.MeshProof) }.Set("name", TokenVolume).Set("projected", new YamlMap().Set("sources", new YamlList(
                new YamlMap().Set("serviceAccountToken", new YamlMap().Set("path", "token").Set("expirationSeconds", TokenSeconds))))));
        }
    }

    /// <summary>Adds where the token stands.</summary>
    public static void Mount(SystemPlan system, ServicePlan plan, List<YamlNode> mounts)
    {
        if (IsIn(system))
        {
            mounts.Add(new YamlMap { Origin = plan.Because(ArtifactRules.MeshProof) }.Set("name", TokenVolume).Set("mountPath", TokenFolder).Set("readOnly", true));
        }
    }

    /// <summary>Takes a Service that is not the one a pod is known by out of Consul.</summary>
    public static YamlMap Unnamed(SystemPlan system, YamlMap service)
    {
        if (IsIn(system))
        {
            ((YamlMap)((YamlMap)service["metadata"]!)["labels"]!).Set(IgnoreLabel, "true", ArtifactRules.MeshName, "mesh");
        }

        return service;
    }

    /// <summary>The account and the Service by which the pods of a job are known. Nobody asks them for anything.</summary>
    public static IEnumerable<YamlMap> OfJob(SystemPlan system, JobPlan job)
    {
        if (!IsIn(system))
        {
            yield break;
        }

        yield return KubeMetadata.Object(system, job.Service, "v1", "ServiceAccount", job.Label, job.Label, "job", ArtifactRules.MeshName).Set("automountServiceAccountToken", false);
        yield return KubeMetadata.Object(system, job.Service, "v1", "Service", job.Label, job.Label, "job", ArtifactRules.MeshName).Set("spec", new YamlMap()
            .Set("clusterIP", "None")
            .Set("selector", KubeMetadata.Selector(job.Label), ArtifactRules.Labels, job.Path)
            .Set("ports", new YamlList(new YamlMap().Set("name", "proxy").Set("port", InboundPort).Set("targetPort", InboundPort).Set("protocol", "TCP"))));
    }

    /// <summary>Rules for what a pod may connect to.</summary>
    public static IEnumerable<YamlMap> Control(SystemPlan system)
    {
        var servers = system.Model.Deploy.Mesh.Namespace ?? ConsulTarget.Name;
        yield return new YamlMap { Origin = new Origin("deploy.mesh", ArtifactRules.MeshControl) }
            .Set("to", new YamlList(new Reach(servers, null, ServerPorts[0]).Peer()))
            .Set("ports", NetworkPolicies.Ports("TCP", ServerPorts));
    }

    /// <summary>Rules for who may connect to the proxy itself.</summary>
    public static IEnumerable<YamlMap> Scrapes(SystemPlan system)
    {
        if (system.Model.Deploy.Prometheus is { } prometheus)
        {
            yield return new YamlMap { Origin = new Origin("deploy.prometheus", ArtifactRules.MeshScrape) }
                .Set("from", new YamlList(new Reach(prometheus, null, ScrapePort).Peer()))
                .Set("ports", NetworkPolicies.Ports("TCP", ScrapePort));
        }
    }

    private static string Text(int number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
}
