using Conway.Artifacts.Catalogue;
using Conway.Artifacts.Consul;
using Conway.Artifacts.Containers;
using Conway.Artifacts.Engines;
using Conway.Artifacts.GitOps;
using Conway.Artifacts.Helm;
using Conway.Artifacts.Istio;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Kustomize;
using Conway.Artifacts.Linkerd;
using Conway.Artifacts.Observability;
using Conway.Artifacts.Pipelines;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Policies;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts;

/// <summary>Something that can be generated from a model.</summary>
public sealed class ArtifactTarget
{
    private readonly Func<SystemPlan, List<Finding>, IEnumerable<ArtifactFile>> _files;
    private readonly bool _deploys;
    private readonly Func<SystemModel, bool>? _isAskedFor;

    internal ArtifactTarget(string name, string summary, Func<SystemPlan, List<Finding>, IEnumerable<ArtifactFile>> files, string? insteadOf = null, bool deploys = true, Func<SystemModel, bool>? isAskedFor = null)
    {
        (Name, Summary, InsteadOf, _files, _deploys, _isAskedFor) = (name, summary, insteadOf, files, deploys, isAskedFor);
    }

    /// <summary>As it is asked for; also the folder that its files lie in.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Summary { get; }

    /// <summary>The target that says the same in another form; one of them is enough, so only that one belongs to <c>all</c>. Null for none.</summary>
    public string? InsteadOf { get; }

    /// <summary>Whether <c>all</c> writes it for a model: not what another target says too, unless it is that which a controller applies, nor a mesh or controller that the model does not name.</summary>
    public bool IsPartOfAll(SystemModel model) => (InsteadOf is null || (model.Deploy.Gitops is { By: not null } gitops && gitops.Form == Name)) && (_isAskedFor?.Invoke(model) ?? true);

    /// <summary>All files of the target. The same values give the same bytes.</summary>
    /// <param name="model">The system, with the settings of the environment.</param>
    /// <param name="environment">Name of the environment; null for none.</param>
    /// <param name="facts">What the system's files say.</param>
    public ArtifactTree Generate(SystemModel model, string? environment, BuildFacts facts)
    {
        var (planning, findings) = (new List<Finding>(), new List<Finding>());
        var plan = SystemPlan.Of(model, environment, facts, planning);
        if (_deploys)
        {
            // Images and variables that are missing or wrong are nothing to whoever writes neither.
            findings.AddRange(planning);
        }

        return new ArtifactTree([.. _files(plan, findings).OrderBy(file => file.Path, StringComparer.Ordinal)], findings);
    }
}

/// <summary>The visible list of what can be generated.</summary>
public static class ArtifactCatalog
{
    public static IReadOnlyList<ArtifactTarget> All { get; } =
    [
        new("containers", "an image for each service, and a compose file", ContainerTarget.Files),
        new("kubernetes", "plain manifests: workloads, policies, routes", KubernetesTarget.Files),
        new("helm", "the same objects as a Helm chart", HelmTarget.Files, insteadOf: "kubernetes"),
        new("kustomize", "the same objects as a Kustomize base and an overlay", KustomizeTarget.Files, insteadOf: "kubernetes"),
        new("istio", "traffic and policies of Istio, where mesh is istio", IstioTarget.Files, deploys: false, isAskedFor: model => model.Mesh == IstioTarget.Name),
        new("consul", "entries of Consul's service mesh, where mesh is consul", ConsulTarget.Files, deploys: false, isAskedFor: model => model.Mesh == ConsulTarget.Name),
        new("linkerd", "policies and routes of Linkerd, where mesh is linkerd", LinkerdTarget.Files, deploys: false, isAskedFor: model => model.Mesh == LinkerdTarget.Name),
        new("observability", "rules and alerts of objectives, their tests, a collector", ObservabilityTarget.Files, deploys: false),
        new("engines", "topics, queues, databases and rights at brokers and PostgreSQL", EnginesTarget.Files, deploys: false, isAskedFor: EnginesTarget.IsAskedFor),
        new("policies", "what is let into the namespace, and who reads which secret in Vault", PoliciesTarget.Files, isAskedFor: PoliciesTarget.IsAskedFor),
        new("gitops", "what Argo CD or Flux applies, where deploy.gitops says which", GitOpsTarget.Files, isAskedFor: model => model.Deploy.Gitops.By is not null),
        new("pipeline", "checks, images and release, where deploy.pipeline says by what", PipelineTarget.Files, isAskedFor: model => model.Deploy.Pipeline.By is not null),
        new("catalogue", "entries for Backstage, and AsyncAPI of what is published", CatalogueTarget.Files, deploys: false),
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static ArtifactTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
