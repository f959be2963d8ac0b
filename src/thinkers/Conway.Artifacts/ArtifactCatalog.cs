using Conway.Artifacts.Containers;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Observability;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts;

/// <summary>Something that can be generated from a model.</summary>
public sealed class ArtifactTarget
{
    private readonly Func<SystemPlan, List<Finding>, IEnumerable<ArtifactFile>> _files;

    internal ArtifactTarget(string name, string summary, Func<SystemPlan, List<Finding>, IEnumerable<ArtifactFile>> files)
    {
        (Name, Summary, _files) = (name, summary, files);
    }

    /// <summary>As it is asked for; also the folder that its files lie in.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Summary { get; }

    /// <summary>All files of the target. The same values give the same bytes.</summary>
    /// <param name="model">The system, with the settings of the environment.</param>
    /// <param name="environment">Name of the environment; null for none.</param>
    /// <param name="facts">What the system's files say.</param>
    public ArtifactTree Generate(SystemModel model, string? environment, BuildFacts facts)
    {
        var findings = new List<Finding>();
        var plan = SystemPlan.Of(model, environment, facts, findings);
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
        new("observability", "rules and alerts of objectives, their tests, a collector", ObservabilityTarget.Files),
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static ArtifactTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
