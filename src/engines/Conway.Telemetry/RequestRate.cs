namespace Conway.Telemetry;

/// <summary>Rate, errors and duration of one service, or of one of its routes, over a window.</summary>
/// <param name="Service">The service that answered.</param>
/// <param name="Operation"><c>GET /products/{id}</c>, <c>Service/Method</c>, or the span's name; empty for the whole service.</param>
/// <param name="Count">Requests that ended in the window.</param>
/// <param name="Errors">Those that failed: marked so, status 5xx, gRPC status other than OK.</param>
/// <param name="PerSecond"><paramref name="Count"/> over the window.</param>
/// <param name="ErrorRatio">0 to 1; 0 when nothing was counted.</param>
/// <param name="P50">Median; off by at most 6 %.</param>
/// <param name="P90">Nine in ten are faster.</param>
/// <param name="P99">Ninety-nine in a hundred are faster.</param>
/// <param name="TotalCount">Requests since the engine started.</param>
/// <param name="TotalErrors">Failures since the engine started.</param>
/// <param name="Series">The window in slots of 10 s, or of a minute when it is longer than 5 min; slots without a request are left out.</param>
public sealed record RequestRate(
    string Service, string Operation, long Count, long Errors, double PerSecond, double ErrorRatio, TimeSpan P50, TimeSpan P90, TimeSpan P99, long TotalCount, long TotalErrors,
    IReadOnlyList<RatePoint> Series);

/// <summary>One slot of a window.</summary>
/// <param name="At">Its begin.</param>
/// <param name="PerSecond">Requests a second.</param>
/// <param name="ErrorRatio">0 to 1.</param>
/// <param name="P99">Ninety-nine in a hundred are faster.</param>
public readonly record struct RatePoint(DateTimeOffset At, double PerSecond, double ErrorRatio, TimeSpan P99);
