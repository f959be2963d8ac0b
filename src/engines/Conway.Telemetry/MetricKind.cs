namespace Conway.Telemetry;

/// <summary>What a metric's points are. The numbers are the file format.</summary>
public enum MetricKind
{
    /// <summary>A value that goes up and down.</summary>
    Gauge = 1,

    /// <summary>A sum; monotonic ones are counters and are shown as rates.</summary>
    Sum = 2,

    /// <summary>Counts in buckets with explicit bounds.</summary>
    Histogram = 3,

    /// <summary>Counts in buckets whose bounds grow by a fixed factor.</summary>
    ExponentialHistogram = 4,

    /// <summary>Quantiles computed by the sender.</summary>
    Summary = 5,
}
