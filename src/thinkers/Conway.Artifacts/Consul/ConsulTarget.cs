using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Consul;

/// <summary>Configuration of Consul's mesh as custom resources beside the manifests: a file for the whole mesh, one for each service, and what they do not say.</summary>
internal static class ConsulTarget
{
    /// <summary>As <c>mesh</c> of the model names it.</summary>
    public const string Name = "consul";

    public const string Api = "consul.hashicorp.com/v1alpha1";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        if (system.Model.Mesh != Name)
        {
            findings.Add(ArtifactFindings.Needed("mesh", $"The system is in no mesh of this kind: 'mesh' is '{system.Model.Mesh ?? "none"}'.", "Write 'mesh: consul' in the settings of the environment."));
            yield break;
        }

        Check(system, findings);
        EdgeObjects.Check(system, findings);
        var jobs = JobPlan.All(system, []);
        yield return File("0-mesh", "mesh", [Mesh(system)]);
        foreach (var plan in system.Services)
        {
            yield return File(plan.Label, plan.Path, [ConsulCalls.Defaults(system, plan), .. ConsulCalls.Into(system, plan), ConsulIntentions.Of(system, plan, jobs)]);
        }

        yield return new ArtifactFile("consul/not-said.txt", [.. ConsulNotSaid.Of(system).Select(one => new ArtifactLine($"{one.Path}: {one.Text}", new Origin(one.Path, ArtifactRules.MeshNotSaid)))]);
    }

    /// <summary>The name under which the way in asks; null when nothing leads in.</summary>
    public static string? EdgeName(SystemPlan system) =>
        system.Model.Gateway.Routes.Count == 0 ? null : EdgeObjects.IsIngress(system) ? system.Model.Deploy.Edge.Class ?? "ingress" : ObjectNames.Label(system.Model.System);

    /// <summary>An entry about a service.</summary>
    public static YamlMap Object(SystemPlan system, ServicePlan plan, string kind, ArtifactRule rule, string? part = null) =>
        KubeMetadata.Object(system, plan, Api, kind, plan.Label, plan.Label, "service", rule, part);

    private static ArtifactFile File(string name, string path, IReadOnlyList<YamlMap> objects)
    {
        var origin = new Origin(path, ArtifactRules.KeepRegion);
        return new ArtifactFile($"consul/{name}.yaml", [.. YamlWriter.Write(objects), new(Keep.Begin("more"), origin), new(Keep.End, origin)]);
    }

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

        if (EdgeName(system) is { } edge && (system.Services.Any(plan => plan.Label == edge) || JobPlan.All(system, []).Any(job => job.Label == edge)))
        {
            findings.Add(ArtifactFindings.Needed("system", $"Consul would know the gateway as '{edge}', and that is the name of a service.", "Name the system or the service another way."));
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
