using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Policies;

/// <summary>What holds the model up against what nobody generated.</summary>
internal static class PoliciesTarget
{
    /// <summary>As <c>deploy.admission.by</c> names it.</summary>
    public const string Kyverno = "kyverno";

    /// <summary>Whether the model says who asks, or where in Vault its secrets are.</summary>
    public static bool IsAskedFor(SystemModel model) => model.Deploy.Admission.By is not null || VaultPlan.IsAskedFor(model);

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        if (!IsAskedFor(system.Model))
        {
            findings.Add(ArtifactFindings.Needed("deploy.admission.by", "It is not said who asks whether an object is one of the model.", "Write 'deploy: { admission: kubernetes }', or kyverno, in the settings of the environment."));
            return [];
        }

        KubernetesTarget.CheckNamespace(system, findings);
        return [.. Admission(system, findings), .. VaultPlan.IsAskedFor(system.Model) ? VaultFiles.Of(system, findings) : []];
    }

    private static IEnumerable<ArtifactFile> Admission(SystemPlan system, List<Finding> findings)
    {
        if (system.Model.Deploy.Admission.By is not { } by)
        {
            yield break;
        }

        if (system.Model is { Mesh: { } mesh and not "none", Deploy.Admission.Images.Count: 0 })
        {
            findings.Add(ArtifactFindings.Needed("deploy.admission.images", $"The mesh '{mesh}' puts a proxy into each pod, and the model does not say of which image, so every pod would be refused.", "Write 'deploy: { admission: { images: [docker.io/istio/proxyv2] } }' with the images that your mesh uses."));
        }

        AdmissionPolicy[] policies = [PodPolicy.Of(system), ServicePolicy.Of(system), RoutePolicy.Of(system)];
        yield return YamlWriter.File("policies/kubernetes/admission.yaml", "deploy.admission", [.. by == Kyverno ? KyvernoAdmission.Of(system, policies) : KubernetesAdmission.Of(system, policies)]);
    }
}
