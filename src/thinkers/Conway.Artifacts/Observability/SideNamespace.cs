using System.Security.Cryptography;
using System.Text;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Observability;

/// <summary>A namespace of the system's own beside that of its services, and one workload in it.</summary>
/// <param name="Space">Name of the namespace.</param>
/// <param name="Name">Of the workload and of its objects.</param>
/// <param name="Component">What it is: <c>collector</c>.</param>
/// <param name="Path">The part of the model that asks for it.</param>
internal sealed record SideNamespace(SystemPlan System, string Space, string Name, string Component, string Path)
{
    // The oldest Kubernetes that the manifests are validated for.
    private const string StandardVersion = "v1.31";

    public string PartOf => ObjectNames.Label(System.Model.System);

    /// <summary>The namespace, with a Pod Security Standard, and a policy that lets nothing through by itself.</summary>
    public IEnumerable<YamlMap> Whole(string standard, ArtifactRule why)
    {
        var labels = Common();
        foreach (var mode in new[] { "enforce", "audit", "warn" })
        {
            labels.Set($"pod-security.kubernetes.io/{mode}", standard, why, Path).Set($"pod-security.kubernetes.io/{mode}-version", StandardVersion, why, Path);
        }

        yield return new YamlMap { Origin = new Origin(Path, why) }
            .Set("apiVersion", "v1").Set("kind", "Namespace")
            .Set("metadata", new YamlMap().Set("name", Space).Set("labels", labels));
        yield return new YamlMap { Origin = new Origin(Path, ArtifactRules.DefaultDeny) }
            .Set("apiVersion", "networking.k8s.io/v1").Set("kind", "NetworkPolicy")
            .Set("metadata", new YamlMap().Set("name", "default-deny").Set("namespace", Space).Set("labels", Common()))
            .Set("spec", new YamlMap().Set("podSelector", new YamlMap()).Set("policyTypes", new YamlList("Ingress", "Egress")));
    }

    /// <summary>An object of the workload.</summary>
    /// <param name="ignored">Rules of the linter that do not hold here, each with the reason.</param>
    public YamlMap Object(string apiVersion, string kind, string name, ArtifactRule rule, params (string Id, string Reason)[] ignored)
    {
        var one = new YamlMap { Origin = new Origin(Path, rule) }.Set("apiVersion", apiVersion).Set("kind", kind)
            .Set("metadata", new YamlMap().Set("name", name).Set("namespace", Space).Set("labels", Labels()));
        foreach (var (id, reason) in ignored)
        {
            KubeMetadata.Ignore(one, id, reason, new Origin(Path, rule));
        }

        return one;
    }

    public YamlMap Labels() => KubeMetadata.Selector(Name)
        .Set("app", Name)
        .Set("app.kubernetes.io/component", Component)
        .Set("app.kubernetes.io/part-of", PartOf)
        .Set("app.kubernetes.io/managed-by", "conway") with
    { Origin = new Origin(Path, ArtifactRules.Labels) };

    /// <summary>What every pod of the workload says, before its containers and volumes.</summary>
    public YamlMap Pod(int graceSeconds) => new YamlMap()
        .Set("serviceAccountName", Name, ArtifactRules.ServiceAccount, Path)
        .Set("enableServiceLinks", false, ArtifactRules.ServiceLinks, Path)
        .Set("restartPolicy", "Always")
        .Set("terminationGracePeriodSeconds", graceSeconds, ArtifactRules.Graceful, Path)
        .Set("dnsConfig", new YamlMap().Set("options", new YamlList(new YamlMap().Set("name", "ndots").Set("value", "2"))), ArtifactRules.Dns, Path);

    /// <summary>Another for another configuration, so that pods with an older one are replaced. What is written by hand in a region is not known here.</summary>
    public static string Checksum(YamlMap config) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', YamlWriter.Write([config]).Select(line => line.Text)))).AsSpan(0, 8));

    private YamlMap Common() => new YamlMap().Set("app.kubernetes.io/part-of", PartOf).Set("app.kubernetes.io/managed-by", "conway");
}
