using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Linkerd;

/// <summary>Policies and routes of Linkerd beside the manifests: a file for the namespace, one for each service, and what they do not say.</summary>
internal static class LinkerdTarget
{
    /// <summary>As <c>mesh</c> of the model names it.</summary>
    public const string Name = "linkerd";

    public const string Group = "policy.linkerd.io";
    public const string Api = "policy.linkerd.io/v1alpha1";
    public const string Server = "policy.linkerd.io/v1beta3";

    /// <summary>From 2.18 on Linkerd reads this version of routes, of Gateway API 1.1.1 and later; routes of its own group are kept up no longer.</summary>
    public const string Gateway = "gateway.networking.k8s.io/v1";

    /// <summary>What identities end with, after account and namespace.</summary>
    public const string Domain = "serviceaccount.identity.linkerd.cluster.local";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        if (!MeshTarget.IsJoined(system, Name, findings))
        {
            yield break;
        }

        Check(system, findings);
        EdgeObjects.Check(system, findings);
        if (LinkerdIdentity.Whole(system).ToArray() is { Length: > 0 } whole)
        {
            yield return YamlWriter.File("linkerd/0-namespace.yaml", "mesh", whole);
        }

        foreach (var plan in system.Services)
        {
            if (LinkerdIdentity.Of(system, plan).Concat(LinkerdCalls.Into(system, plan)).ToArray() is { Length: > 0 } objects)
            {
                yield return YamlWriter.File($"linkerd/{plan.Label}.yaml", plan.Path, objects);
            }
        }

        yield return MeshTarget.NotSaid(Name, LinkerdNotSaid.Of(system));
    }

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
