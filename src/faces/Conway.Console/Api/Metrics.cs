using System.Text.Json;

namespace Conway.Console.Api;

/// <summary>A moment of a route. <paramref name="P99Ms"/> is null when no request ended in it.</summary>
public sealed record RedPoint(DateTimeOffset Time, double RequestsPerSecond, double ErrorRatio, double? P99Ms);

/// <summary>Requests, errors and duration of a route; of the whole service when <paramref name="Route"/> is null.</summary>
public sealed record RedRow(
    string Service, string? Route, long Count, double RequestsPerSecond, double ErrorRatio, double P50Ms, double P90Ms, double P99Ms, IReadOnlyList<RedPoint> Series);

/// <summary>Every service and route that served something in the window.</summary>
public sealed record Red(double WindowMs, IReadOnlyList<RedRow> Rows);

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
public sealed record TelemetryRun(string Run, DateTimeOffset StartedAt, long Bytes, bool Current);

/// <summary>Telemetry about telemetry.</summary>
public sealed record TelemetryOverview(
    long ReceivedSpans, long ReceivedLogs, long ReceivedPoints, IReadOnlyList<TelemetryDrop> Dropped, long BytesOnDisk, bool MemoryOnly, IReadOnlyList<TelemetryRun> Runs);
