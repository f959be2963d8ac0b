using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.GitOps;

/// <summary>What tells a controller of a cluster to apply what is generated, from a repository: one file, applied once by hand.</summary>
internal static class GitOpsTarget
{
    /// <summary>As <c>deploy.gitops.by</c> names it.</summary>
    public const string ArgoCd = "argocd";

    /// <summary>Likewise.</summary>
    public const string Flux = "flux";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        if (system.Model.Deploy.Gitops.By is not { } by)
        {
            findings.Add(ArtifactFindings.Needed("deploy.gitops.by", "It is not said which controller applies what is generated.", "Write 'deploy: { gitops: { by: argocd, repository: … } }', or flux, in the settings of the environment."));
            yield break;
        }

        if (GitOpsPlan.Of(system, findings) is { } plan)
        {
            yield return YamlWriter.File($"gitops/{by}.yaml", "deploy.gitops", [.. by == ArgoCd ? ArgoCdObjects.Of(plan) : FluxObjects.Of(plan)]);
        }
    }

    /// <summary>An object of the controller.</summary>
    public static YamlMap Object(GitOpsPlan plan, string apiVersion, string kind, string name, ArtifactRule rule, string path = "deploy.gitops") => new YamlMap { Origin = new Origin(path, rule) }
        .Set("apiVersion", apiVersion).Set("kind", kind)
        .Set("metadata", new YamlMap().Set("name", name).Set("namespace", plan.Space, ArtifactRules.GitOpsPlace, "deploy.gitops.namespace").Set("labels", new YamlMap()
            .Set("app.kubernetes.io/part-of", ObjectNames.Label(plan.System.Model.System))
            .Set("app.kubernetes.io/managed-by", "conway")));
}
