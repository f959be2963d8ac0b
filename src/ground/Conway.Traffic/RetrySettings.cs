namespace Conway.Traffic;

/// <summary>Which endings of an attempt are worth another one.</summary>
[Flags]
public enum RetryConditions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The connection could not be opened.</summary>
    ConnectFailure = 1,

    /// <summary>The connection broke before the head of an answer.</summary>
    Reset = 2,

    /// <summary>Status 502, 503 or 504; gRPC status UNAVAILABLE in the head of the answer.</summary>
    GatewayError = 4,

    /// <summary>Any status from 500 to 599.</summary>
    ServerError = 8,

    /// <summary>The attempt's own time ran out while the budget has more.</summary>
    AttemptTimeout = 16,

    /// <summary>Status 409.</summary>
    Conflict = 32,

    /// <summary>Status 429.</summary>
    TooManyRequests = 64,

    /// <summary>Connect failure, reset, gateway error and attempt timeout.</summary>
    Default = ConnectFailure | Reset | GatewayError | AttemptTimeout,
}

/// <summary>How long to wait before a further attempt: uniform in [0, (2^n − 1) × <paramref name="Base"/>), n the number of the retry, never over <paramref name="Max"/>.</summary>
/// <param name="Base">Default 25 ms.</param>
/// <param name="Max">Default ten times the base.</param>
/// <remarks>Source: Envoy, <c>router_filter</c>, x-envoy-max-retries.</remarks>
public sealed record BackOffSettings(TimeSpan Base, TimeSpan Max)
{
    /// <summary>25 ms and 250 ms.</summary>
    public static BackOffSettings Default { get; } = new(TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(250));
}

/// <summary>The share of the requests under way that may be retries: max(<paramref name="ConcurrencyMin"/>, <paramref name="Percent"/> % of the active ones).</summary>
/// <param name="Percent">0 to 100; default 20.</param>
/// <param name="ConcurrencyMin">Default 3.</param>
/// <remarks>Source: Envoy, <c>circuit_breakers.retry_budget</c>.</remarks>
public sealed record RetryBudgetSettings(double Percent, int ConcurrencyMin)
{
    /// <summary>20 % and at least 3.</summary>
    public static RetryBudgetSettings Default { get; } = new(20, 3);
}
