using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Istio;

/// <summary>Resources of Istio beside the manifests: a file for the namespace, one for the way in, one for each service, and what they do not say.</summary>
internal static class IstioTarget
{
    /// <summary>As <c>mesh</c> of the model names it.</summary>
    public const string Name = "istio";

    public const string Networking = "networking.istio.io/v1";
    public const string Security = "security.istio.io/v1";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        if (!MeshTarget.IsJoined(system, Name, findings))
        {
            yield break;
        }

        Check(system, findings);
        EdgeObjects.Check(system, findings);
        yield return YamlWriter.File("istio/0-namespace.yaml", "mesh", [.. IstioIdentity.Whole(system), .. IstioReach.Outside(system)]);
        if (IstioEdge.Of(system).ToArray() is { Length: > 0 } edge)
        {
            yield return YamlWriter.File("istio/1-edge.yaml", "gateway", edge);
        }

        foreach (var plan in system.Services)
        {
            yield return YamlWriter.File($"istio/{plan.Label}.yaml", plan.Path, [.. IstioCalls.Into(system, plan), .. IstioCalls.From(system, plan), IstioReach.Of(system, plan), .. IstioIdentity.Of(system, plan)]);
        }

        yield return MeshTarget.NotSaid(Name, NotSaid.ByIstio(system));
    }

    /// <summary>The name under which a service is called.</summary>
    public static string HostOf(SystemPlan system, ServicePlan plan) => $"{plan.Label}.{KubeMetadata.NamespaceOf(system)}.svc.cluster.local";

    /// <summary>Who somebody is that runs with the account of a service.</summary>
    public static string PrincipalOf(SystemPlan system, ServicePlan plan) => $"cluster.local/ns/{KubeMetadata.NamespaceOf(system)}/sa/{plan.Label}";

    /// <summary>The label by which the pods of a service and of its jobs are found.</summary>
    public static YamlMap Workload(ServicePlan plan) => new YamlMap().Set(IstioMesh.ServiceLabel, plan.Label);

    /// <summary>A name of an object of the namespace that no service has.</summary>
    public static string NameOf(SystemPlan system, string name) => system.Services.Any(plan => plan.Label == name) ? ObjectNames.Derived(name, "", _ => true) : name;

    private static void Check(SystemPlan system, List<Finding> findings)
    {
        MeshTarget.CheckIdentity(system, findings);
        if (system.Model.Gateway.Routes.Count > 0 && system.Model.Deploy.Edge.Namespace == KubeMetadata.NamespaceOf(system))
        {
            findings.Add(ArtifactFindings.Needed("deploy.edge.namespace", "The gateway's pods run in the namespace of the system, so every service there would be let in as the gateway is.", "Write a namespace in which only the gateway runs."));
        }

        MeshTarget.CheckOnly(system, findings);
    }
}
