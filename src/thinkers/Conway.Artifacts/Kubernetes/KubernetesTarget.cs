using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Kubernetes;

/// <summary>Plain manifests: a file for what holds for the namespace, one for the way in, one for each service and each job.</summary>
internal static partial class KubernetesTarget
{
    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        CheckNamespace(system, findings);
        EdgeObjects.Check(system, findings);
        var services = system.Services.Select(service => KubeService.Of(system, service, findings)).ToArray();
        var jobs = JobPlan.All(system, findings);
        foreach (var service in services)
        {
            CheckSecrets(service.Plan, findings);
            yield return File($"kubernetes/{service.Name}.yaml", service.Plan.Path,
                [.. ServiceObjects.Of(system, service), .. Workloads.Of(system, service), NetworkPolicies.OfService(system, service, jobs, findings), .. EdgeObjects.OfService(system, service)]);
        }

        foreach (var job in jobs)
        {
            yield return File($"kubernetes/{job.Label}.yaml", job.Path, [job.Write(system, services.First(service => service.Plan.Name == job.Service.Name)), NetworkPolicies.OfJob(system, job, findings)]);
        }

        // First by name, because kubectl applies files in the order of their names and the namespace must be there.
        yield return File("kubernetes/0-namespace.yaml", "system", [.. NamespaceObjects.Of(system, services, jobs)]);
        if (EdgeObjects.Gateway(system).ToArray() is { Length: > 0 } edge)
        {
            yield return File("kubernetes/1-edge.yaml", "gateway", edge);
        }
    }

    public static string ConfigName(SystemPlan system, ServicePlan plan) => Derived(system, plan, "-config");

    public static string HeadlessName(SystemPlan system, ServicePlan plan) => Derived(system, plan, "-headless");

    public static string SecretName(ServicePlan plan) => ObjectNames.Derived(plan.Label, "-secrets", _ => false);

    private static string Derived(SystemPlan system, ServicePlan plan, string suffix) => ObjectNames.Derived(plan.Label, suffix, taken => system.Services.Any(other => other.Label == taken));

    private static ArtifactFile File(string path, string modelPath, IReadOnlyList<YamlMap> objects)
    {
        var origin = new Origin(modelPath, ArtifactRules.KeepRegion);
        return new ArtifactFile(path, [.. YamlWriter.Write(objects), new(Keep.Begin("more"), origin), new(Keep.End, origin)]);
    }

    private static void CheckNamespace(SystemPlan system, List<Finding> findings)
    {
        var name = KubeMetadata.NamespaceOf(system);
        if (name == "default" || name.StartsWith("kube-", StringComparison.Ordinal))
        {
            findings.Add(ArtifactFindings.Needed("deploy.namespace", $"The namespace '{name}' belongs to the cluster.", "Write 'deploy: { namespace: NAME }' with a name of the system's own."));
        }
    }

    private static void CheckSecrets(ServicePlan plan, List<Finding> findings)
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
