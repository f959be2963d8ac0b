namespace Conway.Telemetry;

/// <summary>A metric some service sends.</summary>
/// <param name="Service">Who sends it.</param>
/// <param name="Name"><c>http.server.request.duration</c>.</param>
/// <param name="Unit"><c>s</c>, <c>By</c>, <c>{request}</c>; may be empty.</param>
/// <param name="Description">In the sender's words; may be empty.</param>
/// <param name="Kind">What its points are.</param>
/// <param name="AttributeKeys">Keys its points have carried when it was first seen, by name.</param>
public sealed record MetricName(string Service, string Name, string Unit, string Description, MetricKind Kind, IReadOnlyList<string> AttributeKeys);

/// <summary>Which values of a metric.</summary>
public sealed record MetricQuery
{
    /// <summary>The service that sends it.</summary>
    public required string Service { get; init; }

    /// <summary>The metric.</summary>
    public required string Name { get; init; }

    /// <summary>Only series with these attributes, of the point or its resource.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Begin of the window.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the window, exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>One value for each step; at least 1 s, and raised until the window has at most 2,000 steps.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>One series: a metric with one set of attributes.</summary>
/// <param name="Instance">Which replica sent it; may be empty.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Kind">What its points are.</param>
/// <param name="Unit">Unit of its values; may be empty.</param>
/// <param name="Points">One for each step that has any, by time.</param>
public sealed record MetricSeries(string Instance, IReadOnlyList<TelemetryAttribute> Attributes, MetricKind Kind, string Unit, IReadOnlyList<MetricPoint> Points);

/// <summary>A series' value over one step.</summary>
public readonly record struct MetricPoint
{
    /// <summary>Begin of the step.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gauges and sums that fall: the last value. Counters: increase per second. Histograms and summaries: observations per second.</summary>
    public required double Value { get; init; }

    /// <summary>How many values were observed in the step; unset for gauges and sums.</summary>
    public double? Count { get; init; }

    /// <summary>Median of what was observed in the step; unset for gauges and sums.</summary>
    public double? P50 { get; init; }

    /// <summary>Nine in ten are below.</summary>
    public double? P90 { get; init; }

    /// <summary>Ninety-nine in a hundred are below.</summary>
    public double? P99 { get; init; }

    /// <summary>Mean of what was observed in the step; unset for gauges and sums.</summary>
    public double? Mean { get; init; }
}
