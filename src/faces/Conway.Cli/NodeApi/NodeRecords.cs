using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conway.Cli;

// What the verbs need of docs/reference/node-api.md; unknown keys are skipped, so that a newer node can be asked too.
// A key that is absent is set to null by the generated reader, whatever the initializer says: hence the `?? []`.

/// <summary>The system as a whole.</summary>
public sealed record SystemView
{
    public string Name { get; init => field = value ?? ""; } = "";

    public string Run { get; init => field = value ?? ""; } = "";

    /// <summary><c>starting running degraded stopping</c></summary>
    public string State { get; init => field = value ?? ""; } = "";

    public string? GatewayUrl { get; init; }

    public string? ConsoleUrl { get; init; }

    public int Services { get; init; }

    public int Healthy { get; init; }

    public DateTimeOffset StartedAt { get; init; }
}

/// <summary>A service in the running system.</summary>
public sealed record ServiceView
{
    public string Name { get; init => field = value ?? ""; } = "";

    public string? Description { get; init; }

    public string? Context { get; init; }

    public string? Team { get; init; }

    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary><c>stopped building starting waiting healthy unhealthy failed stopping</c></summary>
    public string State { get; init => field = value ?? ""; } = "";

    public int Wanted { get; init; }

    public IReadOnlyList<string> WaitingFor { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Urls { get; init => field = value ?? []; } = [];

    public IReadOnlyList<ReplicaView> Replicas { get; init => field = value ?? []; } = [];

    public BuildView? Build { get; init; }

    public RateView? Rate { get; init; }

    public IReadOnlyList<VariableView> Environment { get; init => field = value ?? []; } = [];

    public IReadOnlyList<CallView> Calls { get; init => field = value ?? []; } = [];

    public IReadOnlyList<StoreView> Stores { get; init => field = value ?? []; } = [];

    public IReadOnlyList<RouteView> Routes { get; init => field = value ?? []; } = [];

    public HealthView? Health { get; init; }
}

public sealed record ReplicaView
{
    public string Name { get; init => field = value ?? ""; } = "";

    public int Replica { get; init; }

    public string State { get; init => field = value ?? ""; } = "";

    public int? Pid { get; init; }

    public int? Port { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public int Restarts { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? EjectedUntil { get; init; }

    public string? LastLog { get; init; }
}

public sealed record BuildView
{
    public string State { get; init => field = value ?? ""; } = "";

    public double? DurationMs { get; init; }

    public IReadOnlyList<string> Lines { get; init => field = value ?? []; } = [];
}

public sealed record RateView(double RequestsPerSecond, double ErrorRatio, double? P50Ms, double? P99Ms, double WindowMs);

public sealed record VariableView(string Name, string? Value, bool Masked, string? From);

public sealed record CallView
{
    public string Callee { get; init => field = value ?? ""; } = "";

    public string? Listener { get; init; }

    public double? AttemptTimeoutMs { get; init; }

    public double? BudgetMs { get; init; }

    public int Retries { get; init; }

    public bool Required { get; init; }
}

public sealed record StoreView(string Name, string Engine, string? Location, long? SizeBytes);

public sealed record RouteView(string Path, IReadOnlyList<string>? Methods, string? Url);

public sealed record HealthView(string? Path, double? IntervalMs, string? LastAnswer);

/// <summary>The edges of the graph.</summary>
public sealed record GraphEdges
{
    public IReadOnlyList<GraphEdgeView> Edges { get; init => field = value ?? []; } = [];
}

public sealed record GraphEdgeView
{
    public string From { get; init => field = value ?? ""; } = "";

    public string To { get; init => field = value ?? ""; } = "";

    public bool Observed { get; init; }

    public string Protocol { get; init => field = value ?? ""; } = "";

    /// <summary>Null when nothing was observed.</summary>
    public double? RequestsPerSecond { get; init; }
}

/// <summary>A page of log records, newest last.</summary>
public sealed record LogPage
{
    public IReadOnlyList<LogView> Records { get; init => field = value ?? []; } = [];

    public string? Before { get; init; }
}

public sealed record LogView
{
    public string Id { get; init => field = value ?? ""; } = "";

    public DateTimeOffset Time { get; init; }

    public string Service { get; init => field = value ?? ""; } = "";

    public string? Instance { get; init; }

    public string Level { get; init => field = value ?? ""; } = "";

    public string Message { get; init => field = value ?? ""; } = "";

    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    public string? Source { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Attributes { get; init; }
}

public sealed record DroppedView(long Count);

public sealed record OnceCode(string Code, string Url);

/// <summary>An error of the node, RFC 9457.</summary>
public sealed record ProblemView(string? Title, string? Detail, int? Status, int? Position);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeFile))]
[JsonSerializable(typeof(SystemView))]
[JsonSerializable(typeof(ServiceView))]
[JsonSerializable(typeof(ServiceView[]))]
[JsonSerializable(typeof(GraphEdges))]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(LogView))]
[JsonSerializable(typeof(DroppedView))]
[JsonSerializable(typeof(OnceCode))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class NodeApiJson : JsonSerializerContext;
