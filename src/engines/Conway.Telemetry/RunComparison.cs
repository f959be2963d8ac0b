namespace Conway.Telemetry;

/// <summary>How one run fares against another, by service and route, from the stored server and consumer spans of both.</summary>
/// <param name="Run">What was looked at of the one.</param>
/// <param name="With">And of the other, which it is held against.</param>
/// <param name="Rows">Services and their routes by name; the row of a service, whose operation is empty, stands before those of its routes.</param>
public sealed record RunComparison(RunStretch Run, RunStretch With, IReadOnlyList<ComparedRoute> Rows);

/// <summary>The stretch of a run that was looked at.</summary>
/// <param name="From">Its begin; requests that ended in it are counted.</param>
/// <param name="Until">Its end.</param>
/// <param name="IsComplete">False when there is more telemetry than one question reads: then the oldest of the stretch is missing.</param>
/// <param name="Unreadable">Damaged pieces of its telemetry.</param>
public sealed record RunStretch(DateTimeOffset From, DateTimeOffset Until, bool IsComplete, int Unreadable);

/// <summary>A route in both runs.</summary>
/// <param name="Run">Unset when the one served none of it.</param>
/// <param name="With">Unset when the other served none of it.</param>
/// <param name="Change">Unset when one of them is.</param>
public sealed record ComparedRoute(string Service, string Operation, RouteFigures? Run, RouteFigures? With, RouteChange? Change);

/// <summary>How a route fared in one run. Percentiles are off by at most 6 %.</summary>
public sealed record RouteFigures(long Count, long Errors, double PerSecond, TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    /// <summary>0 to 1.</summary>
    public double ErrorRatio => Count == 0 ? 0 : (double)Errors / Count;
}

/// <summary>What is different, and whether that is more than noise.</summary>
/// <param name="RateRatio">Requests a second, run over other. Without a verdict: how much is asked is not of the route's making.</param>
/// <param name="ErrorRatio">Difference of the shares of errors.</param>
/// <param name="P50">Ratio of the medians.</param>
/// <param name="P95">Ratio of the 95th percentiles.</param>
/// <param name="P99">Ratio of the 99th percentiles.</param>
public sealed record RouteChange(double? RateRatio, Change ErrorRatio, Change P50, Change P95, Change P99);

/// <summary>A difference or a ratio, with the range it may as well have been by chance.</summary>
/// <param name="Value">As it was measured; unset for a ratio over nothing.</param>
/// <param name="Low">With 99 % certainty it is not below this; unset when there are too few requests to say.</param>
/// <param name="High">Nor above this.</param>
/// <param name="Verdict">What follows.</param>
public readonly record struct Change(double? Value, double? Low, double? High, Verdict Verdict);

/// <summary>Whether a difference is more than noise.</summary>
public enum Verdict
{
    /// <summary>What was seen may as well have come by chance.</summary>
    Noise,

    /// <summary>The run has more than the other.</summary>
    More,

    /// <summary>The run has less.</summary>
    Less,

    /// <summary>One of the runs has too few requests for its percentile to be known from above.</summary>
    TooFew,
}
