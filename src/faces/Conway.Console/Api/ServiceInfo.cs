using System.Text.Json.Serialization;

namespace Conway.Console.Api;

/// <summary>Where a service or a replica stands. <c>Waiting</c> is of services: alive, but a required callee is not healthy.</summary>
[JsonConverter(typeof(Wording<ServiceState>))]
public enum ServiceState
{
    Stopped,
    Building,
    Starting,
    Healthy,
    Unhealthy,
    Failed,
    Stopping,
    Waiting,

    /// <summary>Of parts of the graph that have no state: stores, callers that are none of ours.</summary>
    Unknown,
}

/// <summary>How a service is started.</summary>
[JsonConverter(typeof(Wording<ServiceKind>))]
public enum ServiceKind
{
    /// <summary>A project that is built here.</summary>
    Project,

    /// <summary>Any command.</summary>
    Command,
}

/// <summary>Where a build stands.</summary>
[JsonConverter(typeof(Wording<BuildState>))]
public enum BuildState
{
    /// <summary>There is nothing to build.</summary>
    None,
    Waiting,
    Running,
    Succeeded,
    Failed,
}

/// <summary>One process of a service.</summary>
/// <param name="Reason">Why it is in this state, in one sentence; null when there is nothing to say.</param>
/// <param name="EjectedUntil">When the last of <paramref name="EjectedBy"/> tries it again; null: it takes its share of everybody.</param>
/// <param name="EjectedBy">Callers that leave it out because calls to it failed, in order of name.</param>
public sealed record Replica(
    string Name, [property: JsonPropertyName("replica")] int Number, ServiceState State, int? Pid, int? Port, string? Url, DateTimeOffset? StartedAt,
    int Restarts, int? ExitCode, string? Reason, DateTimeOffset? EjectedUntil, IReadOnlyList<string> EjectedBy, string? LastLog);

/// <summary>The last build.</summary>
/// <param name="Lines">The compiler's error lines.</param>
public sealed record Build(BuildState State, DateTimeOffset? StartedAt, double? DurationMs, IReadOnlyList<string> Lines);

/// <summary>What came in over a window.</summary>
public sealed record Rate(double RequestsPerSecond, double ErrorRatio, double P50Ms, double P99Ms, double WindowMs);

/// <summary>One service.</summary>
public record ServiceInfo
{
    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required string? Context { get; init; }

    public required string? Team { get; init; }

    public required ServiceKind Kind { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required ServiceState State { get; init; }

    /// <summary>How many replicas should run.</summary>
    public required int Wanted { get; init; }

    public required IReadOnlyList<string> WaitingFor { get; init; }

    /// <summary>Addresses at the gateway.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    public required IReadOnlyList<Replica> Replicas { get; init; }

    public required Build Build { get; init; }

    /// <summary>Null when nothing was seen in the window.</summary>
    public required Rate? Rate { get; init; }
}
