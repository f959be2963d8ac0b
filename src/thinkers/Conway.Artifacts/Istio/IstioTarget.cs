using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;
using Conway.Model;

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
        if (!MeshPods.IsIstio(system))
        {
            findings.Add(ArtifactFindings.Needed("mesh", $"The system is in no mesh of this kind: 'mesh' is '{system.Model.Mesh ?? "none"}'.", "Write 'mesh: istio' in the settings of the environment."));
            yield break;
        }

        Check(system, findings);
        EdgeObjects.Check(system, findings);
        yield return File("0-namespace", "mesh", [.. IstioIdentity.Whole(system), .. IstioReach.Outside(system)]);
        if (IstioEdge.Of(system).ToArray() is { Length: > 0 } edge)
        {
            yield return File("1-edge", "gateway", edge);
        }

        foreach (var plan in system.Services)
        {
            yield return File(plan.Label, plan.Path, [.. IstioCalls.Into(system, plan), .. IstioCalls.From(system, plan), IstioReach.Of(system, plan), .. IstioIdentity.Of(system, plan)]);
        }

        yield return new ArtifactFile("istio/not-said.txt", [.. NotSaid.ByIstio(system).Select(one => new ArtifactLine($"{one.Path}: {one.Text}", new Origin(one.Path, ArtifactRules.MeshNotSaid)))]);
    }

    /// <summary>The name under which a service is called.</summary>
    public static string HostOf(SystemPlan system, ServicePlan plan) => $"{plan.Label}.{KubeMetadata.NamespaceOf(system)}.svc.cluster.local";

    /// <summary>Who somebody is that runs with the account of a service.</summary>
    public static string PrincipalOf(SystemPlan system, ServicePlan plan) => $"cluster.local/ns/{KubeMetadata.NamespaceOf(system)}/sa/{plan.Label}";

    /// <summary>The label by which the pods of a service and of its jobs are found.</summary>
    public static YamlMap Workload(ServicePlan plan) => new YamlMap().Set(MeshPods.ServiceLabel, plan.Label);

    /// <summary>A name of an object of the namespace that no service has.</summary>
    public static string NameOf(SystemPlan system, string name) => system.Services.Any(plan => plan.Label == name) ? ObjectNames.Derived(name, "", _ => true) : name;

    private static ArtifactFile File(string name, string path, IReadOnlyList<YamlMap> objects)
    {
        var origin = new Origin(path, ArtifactRules.KeepRegion);
        return new ArtifactFile($"istio/{name}.yaml", [.. YamlWriter.Write(objects), new(Keep.Begin("more"), origin), new(Keep.End, origin)]);
    }

    private static void Check(SystemPlan system, List<Finding> findings)
    {
        KubernetesTarget.CheckNamespace(system, findings);
        if (!RoutePlan.HasIdentity(system))
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.NotCarriedOver,
                Message = $"The mesh does not ask who calls: {(system.Model.Policies.Mtls == MtlsMode.Off ? "without TLS between services nobody can prove who he is" : "with TLS where both can, callers without it would be shut out")}.",
                Mend = $"Write 'policies: {{ mtls: {(system.Model.Policies.Mtls == MtlsMode.Off ? "strict" : "strict }' when every pod has joined, or 'policies: { mtls: permissive, default-deny: true")} }}'.",
                ModelPath = "policies.mtls",
            });
        }

        if (system.Model.Gateway.Routes.Count > 0 && system.Model.Deploy.Edge.Namespace == KubeMetadata.NamespaceOf(system))
        {
            findings.Add(ArtifactFindings.Needed("deploy.edge.namespace", "The gateway's pods run in the namespace of the system, so every service there would be let in as the gateway is.", "Write a namespace in which only the gateway runs."));
        }

        foreach (var plan in system.Services)
        {
            foreach (var (callee, call) in plan.Service.Calls)
            {
                foreach (var one in call.Only.Where(one => PathPlan.ProblemOf(one[one.IndexOf('/', StringComparison.Ordinal)..]) is not null))
                {
                    findings.Add(ArtifactFindings.Needed($"{plan.Path}.calls.{callee}.only", $"'{one}' can't be matched: {PathPlan.ProblemOf(one[one.IndexOf('/', StringComparison.Ordinal)..])}.", "Write '*' for one segment, and '/**' at the end for everything below."));
                }
            }
        }
    }
}
