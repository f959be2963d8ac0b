namespace Conway.Observations;

/// <summary>What was seen on one edge in one window.</summary>
/// <remarks>The same record whether a listener counted it or two spans were paired; <see cref="Source"/> says which.</remarks>
public sealed record ObservedTraffic
{
    /// <summary>Start of the window.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the window, exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Name of the calling service; <c>gateway</c> for the gateway; <c>unknown</c> when the caller did not say.</summary>
    public required string Caller { get; init; }

    /// <summary>Name of the called service.</summary>
    public required string Callee { get; init; }

    /// <summary><c>http</c>, <c>grpc</c>, <c>websocket</c>, <c>sql</c>, <c>kafka</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Method and route, <c>GET /products/{id}</c>; for listeners that do not know routes, the method alone.</summary>
    public required string Operation { get; init; }

    /// <summary>Requests that ended in the window, retries not counted apart.</summary>
    public required long Count { get; init; }

    /// <summary>Requests that failed: status 5xx, no answer, gRPC status other than OK.</summary>
    public required long Errors { get; init; }

    /// <summary>Extra attempts made.</summary>
    public long Retries { get; init; }

    /// <summary>Time to the end of the answer.</summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>Who saw it.</summary>
    public required TrafficSource Source { get; init; }

    /// <summary>Share of the real traffic this record stands for, 0 to 1. Listeners see all (1); sampled spans see less.</summary>
    public double Coverage { get; init; } = 1;
}

/// <summary>Who saw the traffic.</summary>
public enum TrafficSource
{
    /// <summary>Conway's own gateway or upstream listener; complete.</summary>
    Listener,

    /// <summary>A client span paired with its server span; as complete as the sampling.</summary>
    Spans,
}

/// <summary>Latency over a window.</summary>
public readonly record struct LatencySummary(TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan Max);
