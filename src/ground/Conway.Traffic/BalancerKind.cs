namespace Conway.Traffic;

/// <summary>How one of several ready endpoints is chosen.</summary>
public enum BalancerKind
{
    /// <summary>The better of two drawn at random, by moving latency times requests in flight. Avoids a slow replica without being told.</summary>
    PeakEwma,

    /// <summary>The better of two drawn at random, by requests in flight.</summary>
    LeastRequest,

    /// <summary>One after the other.</summary>
    RoundRobin,
}
