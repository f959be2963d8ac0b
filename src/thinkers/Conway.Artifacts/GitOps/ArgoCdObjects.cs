using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.GitOps;

/// <summary>A project of Argo CD, which says what the repository may change, and an application for each part.</summary>
internal static class ArgoCdObjects
{
    private const string ApiVersion = "argoproj.io/v1alpha1";

    // Argo CD hides from its pages what a project does not let in, also what the cluster made of it.
    private static readonly (string Of, string Group, string Kind)[] MadeOf =
    [
        ("Deployment", "apps", "ReplicaSet"), ("Deployment", "", "Pod"),
        ("StatefulSet", "apps", "ControllerRevision"), ("StatefulSet", "", "PersistentVolumeClaim"), ("StatefulSet", "", "Pod"),
        ("DaemonSet", "apps", "ControllerRevision"), ("DaemonSet", "", "Pod"),
        ("CronJob", "batch", "Job"), ("CronJob", "", "Pod"), ("Job", "", "Pod"),
        ("Service", "discovery.k8s.io", "EndpointSlice"), ("ScaledObject", "autoscaling", "HorizontalPodAutoscaler"),
    ];

    public static IEnumerable<YamlMap> Of(GitOpsPlan plan)
    {
        yield return Project(plan);
        foreach (var part in plan.Parts)
        {
            yield return Application(plan, part);
        }
    }

    private static YamlMap Project(GitOpsPlan plan)
    {
        var objects = plan.Parts.SelectMany(part => part.Objects).ToArray();
        var whole = objects.Where(one => one.Namespace is null).Select(one => (one.Group, one.Kind, one.Name)).Distinct().Order().ToArray();
        var inside = objects.Where(one => one.Namespace is not null).Select(one => (one.Group, one.Kind)).ToHashSet();
        inside.UnionWith(MadeOf.Where(made => inside.Any(one => one.Kind == made.Of)).Select(made => (made.Group, made.Kind)).ToArray());
        return GitOpsTarget.Object(plan, ApiVersion, "AppProject", plan.Name, ArtifactRules.GitOpsProject).Set("spec", new YamlMap()
            .Set("description", $"What is generated for {plan.Name}, and nothing else.")
            .Set("sourceRepos", new YamlList(plan.Repository), ArtifactRules.GitOpsSource, "deploy.gitops.repository")
            .Set("destinations", new YamlList([.. objects.Select(one => one.Namespace ?? plan.Name).Distinct().Order(StringComparer.Ordinal).Select(space => Destination(plan, space))]))
            .Set("clusterResourceWhitelist", new YamlList([.. whole.Select(one => new YamlMap().Set("group", one.Group).Set("kind", one.Kind).Set("name", one.Name))]))
            .Set("namespaceResourceWhitelist", new YamlList([.. inside.Order().Select(one => new YamlMap().Set("group", one.Group).Set("kind", one.Kind))])));
    }

    private static YamlMap Application(GitOpsPlan plan, GitOpsPart part)
    {
        var application = GitOpsTarget.Object(plan, ApiVersion, "Application", part.Name, ArtifactRules.GitOpsSync);
        ((YamlMap)application["metadata"]!).Set("annotations", new YamlMap().Set("argocd.argoproj.io/compare-options", "ServerSideDiff=true", ArtifactRules.GitOpsCompare, "deploy.gitops"));
        var source = new YamlMap()
            .Set("repoURL", plan.Repository, ArtifactRules.GitOpsSource, "deploy.gitops.repository")
            .Set("targetRevision", plan.Place.Branch, ArtifactRules.GitOpsSource, "deploy.gitops.branch")
            .Set("path", part.Folder, ArtifactRules.GitOpsSource, "deploy.gitops.path");
        if (part.IsChart)
        {
            source.Set("helm", new YamlMap().Set("releaseName", plan.Name), ArtifactRules.Declared, "deploy.gitops.form");
        }

        return application.Set("spec", new YamlMap()
            .Set("project", plan.Name)
            .Set("source", source)
            .Set("destination", Destination(plan, plan.Name))
            .Set("syncPolicy", new YamlMap()
                .Set("automated", new YamlMap().Set("prune", true).Set("selfHeal", true))
                .Set("syncOptions", new YamlList("ServerSideApply=true", "PruneLast=true", "FailOnSharedResource=true"))
                .Set("retry", new YamlMap().Set("limit", 5).Set("backoff", new YamlMap().Set("duration", "10s").Set("factor", 2).Set("maxDuration", "3m")))));
    }

    private static YamlMap Destination(GitOpsPlan plan, string space) => new YamlMap()
        .Set("server", plan.Place.Cluster, ArtifactRules.GitOpsPlace, "deploy.gitops.cluster")
        .Set("namespace", space);
}
