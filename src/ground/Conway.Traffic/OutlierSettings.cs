namespace Conway.Traffic;

/// <summary>When an endpoint is set aside because its answers differ from what is healthy.</summary>
/// <remarks>
/// Names, meaning and defaults are those of Envoy's <c>outlier_detection</c>, with one difference: <see cref="AlwaysEjectOneHost"/> is on,
/// since with two or three replicas 10 % would never eject any.
/// </remarks>
public sealed record OutlierSettings
{
    /// <summary>Envoy's defaults, and one host may always be ejected.</summary>
    public static OutlierSettings Default { get; } = new();

    /// <summary>Nothing is ever ejected.</summary>
    public static OutlierSettings Off { get; } = new() { Enabled = false };

    /// <summary>Whether anything is ejected at all. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Failures in a row (5xx, resets, time-outs) that eject. Default 5; 0 turns this detector off.</summary>
    public int Consecutive5xx { get; init; } = 5;

    /// <summary>Percent of such detections that are carried out. Default 100.</summary>
    public int EnforcingConsecutive5xx { get; init; } = 100;

    /// <summary>Gateway failures in a row (502, 503, 504, no connection) that eject. Default 5; 0 turns this detector off.</summary>
    public int ConsecutiveGatewayFailure { get; init; } = 5;

    /// <summary>Percent of such detections that are carried out. Default 0.</summary>
    public int EnforcingConsecutiveGatewayFailure { get; init; }

    /// <summary>Time between two sweeps, in which ejections end and the statistical detectors run. Default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First ejection's length; the n-th in a row is n times as long. Default 30 s.</summary>
    public TimeSpan BaseEjectionTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest ejection. Default 300 s; never less than the base.</summary>
    public TimeSpan MaxEjectionTime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Random addition to an ejection, from 0 to this. Default 0.</summary>
    public TimeSpan MaxEjectionTimeJitter { get; init; }

    /// <summary>Largest share of endpoints that may be out at once, in percent. Default 10.</summary>
    public int MaxEjectionPercent { get; init; } = 10;

    /// <summary>Whether one may be out whatever the share. Default true (Envoy: false).</summary>
    public bool AlwaysEjectOneHost { get; init; } = true;

    /// <summary>Endpoints with enough volume that the success-rate detector needs. Default 5.</summary>
    public int SuccessRateMinimumHosts { get; init; } = 5;

    /// <summary>Requests in an interval that make an endpoint count for the success rate. Default 100.</summary>
    public int SuccessRateRequestVolume { get; init; } = 100;

    /// <summary>Threshold is mean − standard deviation × this ÷ 1000. Default 1900.</summary>
    public int SuccessRateStdevFactor { get; init; } = 1900;

    /// <summary>Percent of such detections that are carried out. Default 100.</summary>
    public int EnforcingSuccessRate { get; init; } = 100;

    /// <summary>Failure percentage from which an endpoint is ejected. Default 85.</summary>
    public int FailurePercentageThreshold { get; init; } = 85;

    /// <summary>Endpoints with enough volume that the failure-percentage detector needs. Default 5.</summary>
    public int FailurePercentageMinimumHosts { get; init; } = 5;

    /// <summary>Requests in an interval that make an endpoint count for the failure percentage. Default 50.</summary>
    public int FailurePercentageRequestVolume { get; init; } = 50;

    /// <summary>Percent of such detections that are carried out. Default 0.</summary>
    public int EnforcingFailurePercentage { get; init; }
}
