using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.ManifestFacts;

/// <summary>How a system is deployed, as far as its manifests say.</summary>
/// <remarks>Ordered by file and line. Immutable.</remarks>
public sealed record Deployment
{
    /// <summary>What runs.</summary>
    public ImmutableArray<Workload> Workloads { get; init; } = [];

    /// <summary>Ways in from outside that route by host or path: an Ingress, a Gateway API route, a gateway of a mesh.</summary>
    public ImmutableArray<Entrance> Entrances { get; init; } = [];

    /// <summary>Kubernetes Services that are reachable from outside by themselves: NodePort or LoadBalancer.</summary>
    public ImmutableArray<Entrance> Exposed { get; init; } = [];

    /// <summary>Files of pipelines that were found: GitHub Actions, GitLab, Azure, Jenkins and others.</summary>
    public ImmutableArray<string> Pipelines { get; init; } = [];

    /// <summary>The root of a repository was searched for pipelines, so that one that was not found is not there. Without it nothing is known.</summary>
    public bool KnowsPipelines { get; init; }

    /// <summary>Files that hold manifests.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Files that look like manifests and could not be read, each with why.</summary>
    public ImmutableArray<UnreadManifest> Unread { get; init; } = [];
}

/// <summary>Something that runs: a service of a Compose file, or a workload of Kubernetes.</summary>
public sealed record Workload
{
    /// <summary>As the manifest calls it.</summary>
    public required string Name { get; init; }

    public required WorkloadKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceSpan Place { get; init; }

    /// <summary>Image of its first container as written; empty when it is built or not said.</summary>
    public string Image { get; init; } = "";

    /// <summary>Replicas as written; null when unsaid.</summary>
    public int? Replicas { get; init; }

    /// <summary>Every container has a limit of memory.</summary>
    public bool HasMemoryLimit { get; init; }

    /// <summary>It says how its health is asked: a healthcheck, a readiness or liveness probe.</summary>
    public bool HasHealthCheck { get; init; }

    /// <summary>A HorizontalPodAutoscaler sets its replicas.</summary>
    public bool IsScaled { get; init; }

    /// <summary>Variables that are set in the manifest itself, in order.</summary>
    public ImmutableArray<ManifestVariable> Environment { get; init; } = [];

    /// <summary>Ports published to the host, Compose only, as written.</summary>
    public ImmutableArray<string> Published { get; init; } = [];
}

/// <summary>What kind of thing runs.</summary>
public enum WorkloadKind
{
    /// <summary>A service of a Compose file.</summary>
    Compose,

    Deployment,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
    Pod,
}

/// <summary>A variable of a workload.</summary>
public sealed record ManifestVariable(string Name, string Value, SourceSpan Place);

/// <summary>A way in from outside.</summary>
/// <param name="Kind"><c>Ingress</c>, <c>HTTPRoute</c>, <c>LoadBalancer</c>, …</param>
/// <param name="Name">As the manifest calls it.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Entrance(string Kind, string Name, SourceSpan Place);

/// <summary>A file that could not be read.</summary>
/// <param name="File">Its name.</param>
/// <param name="Why">A clause: <c>it is not YAML (line 4)</c>.</param>
public sealed record UnreadManifest(string File, string Why);
