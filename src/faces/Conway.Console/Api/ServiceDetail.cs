namespace Conway.Console.Api;

/// <summary>A variable as the first replica gets it.</summary>
/// <param name="Value">Dots when it is masked.</param>
/// <param name="From">What it follows from: <c>call inventory</c>.</param>
public sealed record EnvironmentVariable(string Name, string Value, bool Masked, string From);

/// <summary>One instance as a caller's listener sees it.</summary>
public sealed record Endpoint(
    string Id, string Address, string State, int InFlight, double? EwmaMs, DateTimeOffset? EjectedUntil, long Requests, long Failures);

/// <summary>A declared call.</summary>
public sealed record Call(
    string Callee, string? Listener, double AttemptTimeoutMs, double BudgetMs, int Retries, string Balance, bool Required, IReadOnlyList<Endpoint> Endpoints);

/// <summary>A store it owns.</summary>
public sealed record Store(string Name, string Engine, string Location, long? SizeBytes);

/// <summary>A way in through the gateway.</summary>
public sealed record GatewayRoute(string Path, IReadOnlyList<string> Methods, string Url);

/// <summary>How its health is asked for.</summary>
public sealed record Health(string Path, double IntervalMs, DateTimeOffset? LastCheckedAt, string? LastAnswer);

/// <summary>What it promises. <paramref name="Availability"/> is in percent.</summary>
public sealed record Objective(double? Availability, double? P99Ms);

/// <summary>Everything about one service.</summary>
public sealed record ServiceDetail : ServiceInfo
{
    public required IReadOnlyList<EnvironmentVariable> Environment { get; init; }

    public required IReadOnlyList<Call> Calls { get; init; }

    public required IReadOnlyList<Store> Stores { get; init; }

    public required IReadOnlyList<GatewayRoute> Routes { get; init; }

    public required Health? Health { get; init; }

    public required Objective? Slo { get; init; }
}
