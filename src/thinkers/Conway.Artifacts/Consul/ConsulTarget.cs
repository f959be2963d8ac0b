using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Consul;

/// <summary>Configuration of Consul's mesh as custom resources beside the manifests: a file for the whole mesh, one for each service, and what they do not say.</summary>
internal static class ConsulTarget
{
    /// <summary>As <c>mesh</c> of the model names it.</summary>
    public const string Name = "consul";

    public const string Api = "consul.hashicorp.com/v1alpha1";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        if (!MeshTarget.IsJoined(system, Name, findings))
        {
            yield break;
        }

        var jobs = JobPlan.All(system, []);
        Check(system, jobs, findings);
        EdgeObjects.Check(system, findings);
        yield return YamlWriter.File("consul/0-mesh.yaml", "mesh", [Mesh(system)]);
        foreach (var plan in system.Services)
        {
            yield return YamlWriter.File($"consul/{plan.Label}.yaml", plan.Path, [ConsulCalls.Defaults(system, plan), .. ConsulCalls.Into(system, plan), ConsulIntentions.Of(system, plan, jobs)]);
        }

        yield return MeshTarget.NotSaid(Name, ConsulNotSaid.Of(system));
    }

    /// <summary>The name under which the way in asks; null when nothing leads in.</summary>
    public static string? EdgeName(SystemPlan system) =>
        system.Model.Gateway.Routes.Count == 0 ? null : EdgeObjects.IsIngress(system) ? system.Model.Deploy.Edge.Class ?? "ingress" : ObjectNames.Label(system.Model.System);

    /// <summary>An entry about a service.</summary>
    public static YamlMap Object(SystemPlan system, ServicePlan plan, string kind, ArtifactRule rule, string? part = null) =>
        KubeMetadata.Object(system, plan, Api, kind, plan.Label, plan.Label, "service", rule, part);

    /// <summary>There is one in the whole of Consul, and its name is given.</summary>
    private static YamlMap Mesh(SystemPlan system)
    {
        var least = new YamlMap().Set("tlsMinVersion", "TLSv1_2");
        return NamespaceObjects.Object(system, Api, "Mesh", "mesh", ArtifactRules.MeshWhole, "mesh").Set("spec", new YamlMap()
            .Set("transparentProxy", new YamlMap().Set("meshDestinationsOnly", false), ArtifactRules.MeshPassed, "mesh")
            .Set("allowEnablingPermissiveMutualTLS", system.Services.Any(plan => ConsulCalls.IsPlainTaken(system, plan)), ArtifactRules.MeshTls, "policies.mtls")
            .Set("tls", new YamlMap().Set("incoming", least).Set("outgoing", least), ArtifactRules.MeshTls, "policies.mtls")
            .Set("http", new YamlMap().Set("incoming", new YamlMap().Set("requestNormalization", new YamlMap().Set("mergeSlashes", true).Set("pathWithEscapedSlashesAction", "KEEP_UNCHANGED"))), ArtifactRules.MeshPaths, "mesh"));
    }

    private static void Check(SystemPlan system, IReadOnlyList<JobPlan> jobs, List<Finding> findings)
    {
        MeshTarget.CheckIdentity(system, findings);
        if (EdgeName(system) is { } edge && (system.Services.Any(plan => plan.Label == edge) || jobs.Any(job => job.Label == edge)))
        {
            findings.Add(ArtifactFindings.Needed("system", $"Consul would know the gateway as '{edge}', and that is the name of a service.", "Name the system or the service another way."));
        }

        MeshTarget.CheckOnly(system, findings);
    }
}
