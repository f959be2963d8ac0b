using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>Plain manifests: a file for what holds for the namespace, one for the way in, one for each service and each job.</summary>
internal static partial class KubernetesTarget
{
    // What an API server gives away unless it is told otherwise.
    private const int FirstNodePort = 30000;
    private const int LastNodePort = 32767;

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        // First by name, because kubectl applies files in the order of their names and the namespace must be there.
        foreach (var group in KubeGroup.All(system, findings))
        {
            var name = group.Service is null && group.Job is null ? (group.Name == KubeGroup.Edge ? "1-edge" : "0-namespace") : group.Name;
            yield return YamlWriter.File($"kubernetes/{name}.yaml", group.Path, group.Objects);
        }
    }

    public static string ConfigName(SystemPlan system, ServicePlan plan) => Derived(system, plan, "-config");

    public static string HeadlessName(SystemPlan system, ServicePlan plan) => Derived(system, plan, "-headless");

    public static string OutsideName(SystemPlan system, ServicePlan plan) => Derived(system, plan, "-outside");

    public static string SecretName(ServicePlan plan) => ObjectNames.Derived(plan.Label, "-secrets", _ => false);

    private static string Derived(SystemPlan system, ServicePlan plan, string suffix) => ObjectNames.Derived(plan.Label, suffix, taken => system.Services.Any(other => other.Label == taken));

    internal static void CheckNamespace(SystemPlan system, List<Finding> findings)
    {
        var name = KubeMetadata.NamespaceOf(system);
        if (name == "default" || name.StartsWith("kube-", StringComparison.Ordinal))
        {
            findings.Add(ArtifactFindings.Needed("deploy.namespace", $"The namespace '{name}' belongs to the cluster.", "Write 'deploy: { namespace: NAME }' with a name of the system's own."));
        }
    }

    internal static void CheckExposure(ServicePlan plan, List<Finding> findings)
    {
        if (plan.Service.Expose is not { } expose)
        {
            return;
        }

        var path = $"{plan.Path}.expose";
        if (expose.From.Count == 0)
        {
            findings.Add(ArtifactFindings.Needed($"{path}.from", $"'{plan.Name}' is reached from outside, and nobody may connect.", "Write the blocks of addresses that may: 'from: [203.0.113.0/24]'."));
        }

        foreach (var block in expose.From.Where(block => !Reach.IsBlock(block)))
        {
            findings.Add(ArtifactFindings.Needed($"{path}.from", $"'{block}' is no block of addresses.", "Write the first address and how many bits of it count: 203.0.113.0/24."));
        }

        if (expose is { As: ExposureKind.NodePort, Port: < FirstNodePort or > LastNodePort })
        {
            findings.Add(ArtifactFindings.Needed($"{path}.port", $"Nodes give no port {ScaleTrigger.Text(expose.Port.Value)} away.", "Write one from 30000 to 32767, or leave it out."));
        }
    }

    internal static void CheckSecrets(ServicePlan plan, List<Finding> findings)
    {
        foreach (var variable in PodParts.ConfigOf(plan).Where(variable => Sensitive().IsMatch(variable.Name) && variable.Value!.Length > 0))
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.SecretInModel,
                Message = $"'{variable.Name}' looks like a secret, and its value stands in the model; it is written into a ConfigMap.",
                Mend = $"Write \"${{secret:{variable.Name.ToLowerInvariant().Replace('_', '-')}}}\" in its place, and change the value that was written.",
                ModelPath = variable.Origin.Path,
            });
        }
    }

    [GeneratedRegex("PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL", RegexOptions.IgnoreCase)]
    private static partial Regex Sensitive();
}
