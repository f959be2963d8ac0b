using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.GitOps;

/// <summary>What objects themselves say to the controller that applies them.</summary>
internal static class GitOpsMarks
{
    /// <summary>Annotations of what is never taken away, whatever is gone from the repository.</summary>
    public static YamlMap Kept(SystemPlan system)
    {
        var kept = new YamlMap();
        if (system.Model.Deploy.Gitops.By == GitOpsTarget.ArgoCd)
        {
            kept.Set("argocd.argoproj.io/sync-options", "Prune=false,Delete=false");
        }
        else
        {
            kept.Set("kustomize.toolkit.fluxcd.io/prune", "disabled");
        }

        return system.Model.Deploy.Gitops.Form == "helm" ? kept.Set("helm.sh/resource-policy", "keep") : kept;
    }
}
