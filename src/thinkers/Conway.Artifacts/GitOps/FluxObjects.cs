using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.GitOps;

/// <summary>A source for Flux, and what applies each part of it: the services first, since their namespace must be there.</summary>
internal static class FluxObjects
{
    private const string Fetched = "1m";
    private const string Compared = "10m";
    private const string Again = "2m";
    private const string Patience = "10m";

    public static IEnumerable<YamlMap> Of(GitOpsPlan plan)
    {
        yield return Source(plan);
        foreach (var part in plan.Parts)
        {
            yield return part.IsChart ? Release(plan, part) : Kustomization(plan, part);
        }
    }

    private static YamlMap Source(GitOpsPlan plan)
    {
        var spec = new YamlMap()
            .Set("interval", Fetched)
            .Set("url", plan.Repository, ArtifactRules.GitOpsSource, "deploy.gitops.repository")
            .Set("ref", new YamlMap().Set("branch", plan.Place.Branch, ArtifactRules.GitOpsSource, "deploy.gitops.branch"))
            .Set("sparseCheckout", new YamlList(plan.Root), ArtifactRules.GitOpsSource, "deploy.gitops.path");
        if (plan.Place.Secret is { } secret)
        {
            spec.Set("secretRef", new YamlMap().Set("name", secret), ArtifactRules.Declared, "deploy.gitops.secret");
        }

        return GitOpsTarget.Object(plan, "source.toolkit.fluxcd.io/v1", "GitRepository", plan.Name, ArtifactRules.GitOpsSource).Set("spec", spec);
    }

    private static YamlMap Kustomization(GitOpsPlan plan, GitOpsPart part)
    {
        var spec = new YamlMap()
            .Set("interval", Compared).Set("retryInterval", Again).Set("timeout", Patience)
            .Set("sourceRef", SourceOf(plan))
            .Set("path", $"./{part.Folder}", ArtifactRules.GitOpsSource, "deploy.gitops.path")
            .Set("prune", true).Set("wait", true)
            .Set("deletionPolicy", "Orphan", ArtifactRules.GitOpsKeep, "deploy.gitops");

        // Flux waits only for its own kind, and a release of Helm is another.
        if (part != plan.Parts[0] && !plan.Parts[0].IsChart)
        {
            spec.Set("dependsOn", new YamlList(new YamlMap().Set("name", plan.Parts[0].Name)));
        }

        return GitOpsTarget.Object(plan, "kustomize.toolkit.fluxcd.io/v1", "Kustomization", part.Name, ArtifactRules.GitOpsSync).Set("spec", spec);
    }

    private static YamlMap Release(GitOpsPlan plan, GitOpsPart part) =>
        GitOpsTarget.Object(plan, "helm.toolkit.fluxcd.io/v2", "HelmRelease", part.Name, ArtifactRules.GitOpsSync, "deploy.gitops.form").Set("spec", new YamlMap()
            .Set("interval", Compared).Set("timeout", Patience)
            .Set("releaseName", plan.Name)
            .Set("chart", new YamlMap().Set("spec", new YamlMap()
                .Set("chart", $"./{part.Folder}", ArtifactRules.GitOpsSource, "deploy.gitops.path")
                .Set("reconcileStrategy", "Revision", ArtifactRules.GitOpsSource, "deploy.gitops.branch")
                .Set("interval", Fetched)
                .Set("sourceRef", SourceOf(plan))))
            .Set("install", new YamlMap().Set("remediation", new YamlMap().Set("retries", 3)))
            .Set("upgrade", new YamlMap().Set("cleanupOnFail", true).Set("remediation", new YamlMap().Set("retries", 3).Set("strategy", "rollback")))
            .Set("driftDetection", new YamlMap().Set("mode", "enabled")));

    private static YamlMap SourceOf(GitOpsPlan plan) => new YamlMap().Set("kind", "GitRepository").Set("name", plan.Name);
}
