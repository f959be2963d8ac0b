using Conway.Artifacts.Engines;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Observability;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Policies;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.GitOps;

/// <summary>A folder of generated objects that is applied as one, so that an operator that is not there stops this part alone.</summary>
/// <param name="Name">Of what applies it.</param>
/// <param name="Folder">In the repository.</param>
/// <param name="IsChart">Whether the folder is a chart for Helm.</param>
internal sealed record GitOpsPart(string Name, string Folder, bool IsChart, IReadOnlyList<WrittenObject> Objects);

/// <summary>What a controller applies to a cluster from a repository.</summary>
/// <param name="Name">Of the system in this environment: its namespace, which is its own in the cluster.</param>
/// <param name="Space">The controller's namespace.</param>
/// <param name="Root">Folder of the repository that holds what is generated for the environment.</param>
/// <param name="Parts">That of the services first.</param>
internal sealed record GitOpsPlan(SystemPlan System, string Name, string Space, string Repository, string Root, IReadOnlyList<GitOpsPart> Parts)
{
    public GitOpsPlace Place => System.Model.Deploy.Gitops;

    /// <summary>Null, and a finding, when it is not said where the repository is.</summary>
    public static GitOpsPlan? Of(SystemPlan system, List<Finding> findings)
    {
        var place = system.Model.Deploy.Gitops;
        if (place.Repository is not { } repository)
        {
            findings.Add(ArtifactFindings.Needed("deploy.gitops.repository", "It is not said in which repository the generated files lie.", "Write 'deploy: { gitops: { repository: https://git.example.com/acme/shop.git } }' with your own."));
            return null;
        }

        var name = KubeMetadata.NamespaceOf(system);
        var root = RootOf(system.Model, system.Environment);
        return new GitOpsPlan(system, name, place.Namespace ?? (place.By == GitOpsTarget.ArgoCd ? "argocd" : "flux-system"), repository, root, [.. PartsOf(system, name, root)]);
    }

    /// <summary>Folder of the repository that holds what is generated for the environment.</summary>
    public static string RootOf(SystemModel model, string? environment) => model.Deploy.Gitops.Path ?? (environment is null ? "deploy" : $"deploy/{environment}");

    /// <summary>What is applied to the cluster, that of the services first.</summary>
    public static IEnumerable<GitOpsPart> PartsOf(SystemPlan system, string name, string root)
    {
        // What is wrong with a part is told by whoever generates it.
        var unheard = new List<Finding>();
        var form = system.Model.Deploy.Gitops.Form;
        var folder = form switch { "helm" => $"helm/{ObjectNames.Label(system.Model.System)}", "kustomize" => "kustomize/overlay", _ => "kubernetes" };
        yield return new GitOpsPart(name, $"{root}/{folder}", form == "helm", [.. WrittenObjects.In(KubernetesTarget.Files(system, unheard))]);
        var mesh = Mesh.Of(system);
        if (mesh.Name is { } kind)
        {
            yield return new GitOpsPart(Named(name, $"-{kind}"), $"{root}/{kind}", IsChart: false, [.. WrittenObjects.In(mesh.Files(system, unheard))]);
        }

        foreach (var (part, files) in new[] { ("engines", EnginesTarget.IsAskedFor(system.Model) ? EnginesTarget.Files(system, unheard) : []), ("policies", PoliciesTarget.IsAskedFor(system.Model) ? PoliciesTarget.Files(system, unheard) : []), ("observability", ObservabilityTarget.ClusterFiles(system, unheard)) })
        {
            // Only these folders hold objects of a cluster; what lies beside them is for whoever runs the engine.
            var objects = WrittenObjects.In(files.Where(file => file.Path.StartsWith($"{part}/kubernetes/", StringComparison.Ordinal))).ToArray();
            if (objects.Length > 0)
            {
                yield return new GitOpsPart(Named(name, $"-{part}"), $"{root}/{part}/kubernetes", IsChart: false, objects);
            }
        }
    }

    private static string Named(string name, string suffix) => ObjectNames.Derived(name, suffix, _ => false);
}
