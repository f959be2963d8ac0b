using System.Text.Json.Serialization;

using System.Text.Json;

namespace Conway.Console.Api;

/// <summary>A moment of a route. <paramref name="P99Ms"/> is null when no request ended in it.</summary>
public sealed record RedPoint(DateTimeOffset Time, double RequestsPerSecond, double ErrorRatio, double? P99Ms);

/// <summary>Requests, errors and duration of a route; of the whole service when <paramref name="Route"/> is null.</summary>
public sealed record RedRow(
    string Service, string? Route, long Count, double RequestsPerSecond, double ErrorRatio, double P50Ms, double P90Ms, double P99Ms, IReadOnlyList<RedPoint> Series);

/// <summary>Every service and route that served something in the window.</summary>
/// <param name="Complete">False when there was more telemetry than one question reads: then the oldest of the window is missing.</param>
/// <param name="Damage">What of an earlier run could not be read, a sentence each.</param>
public sealed record Red(double WindowMs, DateTimeOffset From, DateTimeOffset Until, bool Complete, IReadOnlyList<string> Damage, IReadOnlyList<RedRow> Rows);

/// <summary>The stretch of a run that was looked at.</summary>
public sealed record ComparedRun(string Run, DateTimeOffset From, DateTimeOffset Until, bool Complete, IReadOnlyList<string> Damage);

/// <summary>How a route fared in one run.</summary>
public sealed record ComparedFigures(long Count, long Errors, double RequestsPerSecond, double ErrorRatio, double P50Ms, double P95Ms, double P99Ms);

/// <summary>Whether a difference is more than noise.</summary>
[JsonConverter(typeof(Wording<Verdict>))]
public enum Verdict
{
    /// <summary>It may as well have come by chance.</summary>
    Noise,

    More,

    Less,

    /// <summary>Too few requests to say.</summary>
    TooFew,
}

/// <summary>A difference or a ratio, and between which numbers it lies with a certainty of 99 %; null where there are too few requests to say.</summary>
public sealed record Difference(double? Value, double? Low, double? High, Verdict Verdict);

/// <summary>How a route changed: ratios of the run over the other, and the difference of their shares of errors.</summary>
public sealed record ComparedChange(double? RateRatio, Difference ErrorRatio, Difference P50, Difference P95, Difference P99);

/// <summary>A route in both runs; the whole service when <paramref name="Route"/> is null. Of a run that served none of it the figures are null.</summary>
public sealed record ComparedRow(string Service, string? Route, ComparedFigures? Run, ComparedFigures? With, ComparedChange? Change);

/// <summary>How one run fares against another.</summary>
public sealed record Comparison(ComparedRun Run, ComparedRun With, IReadOnlyList<ComparedRow> Rows);

/// <summary>An instrument of a service.</summary>
public sealed record Metric(string Name, string Service, string? Unit, string Type, string? Description, IReadOnlyList<string> Attributes);

/// <summary>The instruments that were seen.</summary>
public sealed record MetricList(IReadOnlyList<Metric> Metrics);

/// <summary>A point of a series.</summary>
/// <param name="Value">Gauges: the last value. Counters: increase per second. Histograms: observations per second.</param>
/// <param name="P50">Of what was observed in the step; null for gauges and sums, as are the other three.</param>
public sealed record MetricPoint(DateTimeOffset Time, double? Value, double? P50, double? P90, double? P99, double? Count);

/// <summary>The points that share their attributes.</summary>
public sealed record MetricLine(IReadOnlyDictionary<string, JsonElement> Attributes, IReadOnlyList<MetricPoint> Points);

/// <summary>An instrument over time.</summary>
public sealed record MetricSeries(string Name, string? Unit, string Type, IReadOnlyList<MetricLine> Series);

/// <summary>What could not be kept.</summary>
public sealed record TelemetryDrop(string Service, string Signal, long Count, string Reason);

/// <summary>A run whose telemetry is stored.</summary>
/// <param name="EndedAt">When it was last written to; null while it runs.</param>
public sealed record TelemetryRun(string Run, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long Bytes, bool Current);

/// <summary>One run whose telemetry is stored, looked at closely.</summary>
/// <param name="Damage">What of it cannot be read, a sentence each.</param>
public sealed record TelemetryRunDetail(string Run, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long Bytes, bool Current, IReadOnlyList<string> Damage);

/// <summary>Telemetry about telemetry.</summary>
public sealed record TelemetryOverview(
    long ReceivedSpans, long ReceivedLogs, long ReceivedPoints, IReadOnlyList<TelemetryDrop> Dropped, long BytesOnDisk, bool MemoryOnly, IReadOnlyList<TelemetryRun> Runs);
