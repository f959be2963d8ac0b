namespace Conway.Traffic;

/// <summary>How calls from one caller to one callee are placed, bounded and repeated.</summary>
/// <remarks>Immutable; a changed policy arrives with a new table.</remarks>
public sealed record CallPolicy
{
    /// <summary>The policy of a call about which nothing was said.</summary>
    public static CallPolicy Default { get; } = new();

    /// <summary>How long one attempt may take until the head of the answer is there.</summary>
    /// <value>From 1 ms. Unset: only <see cref="Budget"/> and the caller's own deadline bound an attempt.</value>
    public TimeSpan? AttemptTimeout { get; init; }

    /// <summary>How long all attempts together may take, back-off included.</summary>
    /// <value>From 1 ms. Unset: only the caller's own deadline, if it sent one. Bounds the body too, except for streams
    /// (upgrades, gRPC, server-sent events), where it ends at the head of the answer.</value>
    public TimeSpan? Budget { get; init; }

    /// <summary>Extra attempts after the first, so 2 means three in all.</summary>
    /// <value>Default 0; at most <see cref="RetriesMax"/>, more is taken as that.</value>
    public int Retries { get; init; }

    /// <summary>The most extra attempts that any policy gets.</summary>
    public const int RetriesMax = 10;

    /// <summary>When an answer or a fault is worth another attempt.</summary>
    public RetryConditions RetryOn { get; init; } = RetryConditions.Default;

    /// <summary>Whether methods that are not idempotent are repeated although no <c>Idempotency-Key</c> came with them.</summary>
    /// <value>Default false.</value>
    public bool RetryNonIdempotent { get; init; }

    /// <summary>How many more endpoints are asked when a connection is refused, so that nothing of the request has left yet.</summary>
    /// <value>Default 2. Not counted as retries and safe for every method; only endpoints not asked before are used.</value>
    public int ConnectElsewhere { get; init; } = 2;

    /// <summary>How an endpoint is chosen.</summary>
    public BalancerKind Balancer { get; init; } = BalancerKind.PeakEwma;

    /// <summary>The base of the waiting time between attempts.</summary>
    public BackOffSettings BackOff { get; init; } = BackOffSettings.Default;

    /// <summary>How much of the traffic may be retries at once.</summary>
    public RetryBudgetSettings RetryBudget { get; init; } = RetryBudgetSettings.Default;

    /// <summary>When an endpoint that misbehaves is set aside.</summary>
    public OutlierSettings Outlier { get; init; } = OutlierSettings.Default;

    /// <summary>Below which share of healthy endpoints ejections are disregarded.</summary>
    /// <value>Percent, 0 to 100; default 50, as Envoy's panic threshold; 0 turns it off.</value>
    public int PanicThresholdPercent { get; init; } = 50;

    /// <summary>The latency that is booked for a failed attempt when it was faster, so that an endpoint that fails fast attracts nothing.</summary>
    /// <value>Unset (the default): a fast failure merely does not improve the estimate. Linkerd's load biaser uses 5 s.</value>
    public TimeSpan? FailurePenalty { get; init; }
}
