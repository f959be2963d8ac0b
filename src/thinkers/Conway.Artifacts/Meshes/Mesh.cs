using System.Globalization;
using Conway.Artifacts.Consul;
using Conway.Artifacts.Istio;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Linkerd;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Meshes;

/// <summary>
/// What a mesh needs of the manifests: of pods, their namespace, Services, accounts and policies. Each mesh that is generated is a class of its own; this one is no mesh, which
/// needs nothing, so that whoever writes manifests asks none which it is.
/// </summary>
internal class Mesh
{
    /// <summary>Thousandths of a processor that a proxy asks for. An assumption.</summary>
    public const int Cpu = 100;

    /// <summary>Thousandths of a processor that a proxy may take.</summary>
    public const int CpuLimit = 1000;

    /// <summary>Mebibytes of a proxy, asked for and the limit alike. An assumption.</summary>
    public const int Memory = 192;

    /// <summary>Mebibytes that a proxy may write: the default of the namespace.</summary>
    public const int Disk = 256;

    private static readonly Mesh None = new();
    private static readonly Mesh[] All = [new IstioMesh(), new ConsulMesh(), new LinkerdMesh()];

    /// <summary>As <c>mesh</c> of the model and the target call it; null for none.</summary>
    public virtual string? Name => null;

    /// <summary>Whether pods have a proxy.</summary>
    public bool HasProxy => Name is not null;

    /// <summary>Whether it can ask for tokens of routes.</summary>
    public virtual bool ReadsTokens => false;

    /// <summary>Whether pods of a job need an account of their own, <see cref="OfJob"/>, because it takes those of one account for one service.</summary>
    public virtual bool HasAccountsOfJobs => false;

    /// <summary>The one that the model names; none where it names one that is not generated.</summary>
    public static Mesh Of(SystemPlan system) => All.FirstOrDefault(mesh => mesh.Name == system.Model.Mesh) ?? None;

    /// <summary>What its target writes beside the manifests.</summary>
    public virtual IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings) => [];

    /// <summary>The ports at which pods reach each other.</summary>
    public virtual IReadOnlyList<int> Ports(SystemPlan system) => [SystemPlan.Port];

    /// <summary>Adds to the namespace what makes its pods join.</summary>
    public virtual void Join(SystemPlan system, YamlMap labels, YamlMap annotations)
    {
    }

    /// <summary>Adds to the labels of a pod.</summary>
    public virtual void Mark(ServicePlan plan, YamlMap labels)
    {
    }

    /// <summary>Annotations of every pod.</summary>
    public virtual IEnumerable<(string Name, string Value, ArtifactRule Rule)> Annotations(SystemPlan system) => [];

    /// <summary>Volumes of every pod.</summary>
    public virtual IEnumerable<YamlMap> Volumes(ServicePlan plan) => [];

    /// <summary>Where those stand in the container.</summary>
    public virtual IEnumerable<YamlMap> Mounts(ServicePlan plan) => [];

    /// <summary>Adds to the Service by which a service is called.</summary>
    public virtual YamlMap Called(SystemPlan system, ServicePlan plan, YamlMap service) => service;

    /// <summary>Adds to another Service of the same pods, which must not become a second name for them in the mesh.</summary>
    public virtual YamlMap Unnamed(YamlMap service) => service;

    /// <summary>Objects by which the pods of a job are known.</summary>
    public virtual IEnumerable<YamlMap> OfJob(SystemPlan system, JobPlan job) => [];

    /// <summary>Rules for what a pod may connect to.</summary>
    public virtual IEnumerable<YamlMap> Control(SystemPlan system) => [];

    /// <summary>Rules for who may connect to the proxy itself.</summary>
    public virtual IEnumerable<YamlMap> Scrapes(SystemPlan system) => [];

    /// <summary>A rule that lets pods reach the control plane.</summary>
    /// <param name="space">Its namespace, where the model names none.</param>
    protected static IEnumerable<YamlMap> ControlAt(SystemPlan system, string space, params int[] ports) =>
    [
        new YamlMap { Origin = new Origin("deploy.mesh", ArtifactRules.MeshControl) }
            .Set("to", new YamlList(new Reach(system.Model.Deploy.Mesh.Namespace ?? space, null, ports[0]).Peer()))
            .Set("ports", NetworkPolicies.Ports("TCP", ports)),
    ];

    /// <summary>A rule that lets Prometheus read what a proxy counts.</summary>
    protected static IEnumerable<YamlMap> ScrapesAt(SystemPlan system, int port) => system.Model.Deploy.Prometheus is not { } prometheus ? [] :
    [
        new YamlMap { Origin = new Origin("deploy.prometheus", ArtifactRules.MeshScrape) }
            .Set("from", new YamlList(new Reach(prometheus, null, port).Peer()))
            .Set("ports", NetworkPolicies.Ports("TCP", port)),
    ];

    /// <summary>A number with its unit.</summary>
    protected static string Text(int number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
}
