using Conway.Findings;
using Conway.Lowering;
using Conway.Supervision;

namespace Conway.Node;

/// <summary>Where the whole system stands.</summary>
public enum SystemState
{
    /// <summary>Not every service has been healthy yet.</summary>
    Starting,

    /// <summary>Every wanted service is healthy.</summary>
    Running,

    /// <summary>A service is unhealthy or failed.</summary>
    Degraded,

    /// <summary>Everything is being drained.</summary>
    Stopping,
}

/// <summary>The system as a whole, at one moment.</summary>
public sealed record SystemView
{
    public required string Name { get; init; }

    public required string Run { get; init; }

    public required SystemState State { get; init; }

    public string? Environment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string ModelFile { get; init; }

    public required string Folder { get; init; }

    public required string Version { get; init; }

    public required string GatewayUrl { get; init; }

    public required string ConsoleUrl { get; init; }

    public required string RegistryUrl { get; init; }

    public required string OtlpUrl { get; init; }

    public required int Services { get; init; }

    public required int Healthy { get; init; }

    public required FindingCounts Findings { get; init; }
}

/// <summary>How many findings of each weight.</summary>
public sealed record FindingCounts(int Error, int Warning, int Info)
{
    public static FindingCounts Of(IReadOnlyList<Finding> findings) => new(
        findings.Count(f => f.Severity == Severity.Error),
        findings.Count(f => f.Severity == Severity.Warning),
        findings.Count(f => f.Severity == Severity.Info));
}

/// <summary>Where the build of a service stands.</summary>
public enum BuildState
{
    /// <summary>There is nothing to build.</summary>
    None,

    /// <summary>Its turn has not come.</summary>
    Waiting,

    Running,

    Succeeded,

    Failed,
}

/// <summary>The last build of a service.</summary>
/// <param name="Lines">The compiler's error lines, when it failed.</param>
public sealed record BuildView(BuildState State, DateTimeOffset? StartedAt, TimeSpan Duration, IReadOnlyList<string> Lines)
{
    public static BuildView None { get; } = new(BuildState.None, null, TimeSpan.Zero, []);
}

/// <summary>One service, at one moment.</summary>
public sealed record ServiceView
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Context { get; init; }

    public string? Team { get; init; }

    public required ServiceKind Kind { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The worst of its replicas, read kindly: one healthy replica of two is <see cref="ReplicaState.Unhealthy"/> only when the other gave up.</summary>
    public required ReplicaState State { get; init; }

    /// <summary>How many replicas should run; 0 when it was stopped by hand.</summary>
    public required int Wanted { get; init; }

    /// <summary>Services that have to be healthy first.</summary>
    public required IReadOnlyList<string> WaitingFor { get; init; }

    /// <summary>Addresses at the gateway.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    public required IReadOnlyList<ReplicaStatus> Replicas { get; init; }

    public required BuildView Build { get; init; }

    /// <summary>Replicas that a caller leaves out of its balance.</summary>
    public required IReadOnlyList<Ejection> Ejections { get; init; }
}

/// <summary>A store and what it holds on disk.</summary>
/// <param name="Location">File or address, or a word on why there is none.</param>
/// <param name="SizeBytes">Of the file; null: it is none.</param>
public sealed record StoreView(string Name, string Engine, string Location, long? SizeBytes);

/// <summary>Everything about one service that is not in <see cref="ServiceView"/>.</summary>
/// <param name="Environment">As the first replica gets it.</param>
public sealed record ServiceDetail(
    ServicePlan Plan,
    IReadOnlyList<VariablePlan> Environment,
    IReadOnlyList<CallView> Calls,
    IReadOnlyList<StoreView> Stores,
    IReadOnlyList<RouteView> Routes,
    Conway.Model.Slo? Slo);

/// <summary>One declared call and what its listener knows.</summary>
public sealed record CallView(ListenerPlan Listener, Conway.Traffic.PoolSnapshot? Pool);

/// <summary>One way in from outside.</summary>
public sealed record RouteView(string Path, IReadOnlyList<string> Methods, string Url);

/// <summary>The system as a picture: what was declared and what was seen.</summary>
public sealed record GraphView(TimeSpan Window, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges);

/// <param name="Kind"><c>service</c>, <c>gateway</c> or <c>store</c>.</param>
/// <param name="Traffic">What came in; null when nothing was seen.</param>
public sealed record GraphNode(
    string Id, string Kind, ReplicaState? State, string? Context, string? Team, int Replicas, int Healthy, EdgeTraffic? Traffic);

/// <param name="Traffic">Null when nothing was seen.</param>
public sealed record GraphEdge(string From, string To, bool Declared, bool Required, string Protocol, EdgeTraffic? Traffic);

/// <summary>Traffic over the window.</summary>
public sealed record EdgeTraffic(double RequestsPerSecond, double ErrorRatio, double RetriesPerSecond, TimeSpan P50, TimeSpan P99);

/// <summary>The model in use.</summary>
/// <param name="Revision">Counts accepted changes, from 1.</param>
/// <param name="Accepted">False when the files on disk are worse than what runs.</param>
public sealed record ModelView(int Revision, bool Accepted, IReadOnlyDictionary<string, string> Files, RunPlan Plan);
