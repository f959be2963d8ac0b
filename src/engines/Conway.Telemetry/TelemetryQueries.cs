using Conway.Telemetry.Querying;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry;

/// <summary>Questions to the telemetry of one run, running or earlier. Safe for concurrent use.</summary>
/// <remarks>Each question reads a snapshot and holds nobody up; it runs on the thread pool and ends soon after its token is cancelled.</remarks>
public sealed class TelemetryQueries
{
    private readonly IBlockSource _source;
    private readonly TimeProvider _clock;
    private readonly MetricNames? _names;

    internal TelemetryQueries(IBlockSource source, TimeProvider clock, MetricNames? names = null) => (_source, _clock, _names) = (source, clock, names);

    private ulong Now => UnixNano.Of(_clock.GetUtcNow());

    /// <summary>Logs that satisfy every term, newest first.</summary>
    public Task<LogPage> SearchLogsAsync(TelemetryQuery query, PageRequest page, CancellationToken cancellationToken) =>
        Task.Run(() => LogSearch.Search(_source, query, page, Now, cancellationToken), cancellationToken);

    /// <summary>Traces with a span that satisfies every term, newest first.</summary>
    public Task<TracePage> SearchTracesAsync(TelemetryQuery query, PageRequest page, CancellationToken cancellationToken) =>
        Task.Run(() => TraceSearch.Search(_source, query, page, Now, cancellationToken), cancellationToken);

    /// <summary>One trace with its logs; null when nothing of it is here.</summary>
    public Task<TraceView?> FindTraceAsync(TraceId id, CancellationToken cancellationToken) =>
        Task.Run(() => TraceLookup.Find(_source, id, cancellationToken), cancellationToken);

    /// <summary>The newest spans, whatever trace they are of.</summary>
    /// <param name="spansMax">About how many: a block of some thousand is read whole.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<SpanPage> ReadSpansAsync(int spansMax, CancellationToken cancellationToken) =>
        Task.Run(() => SpanScan.Read(_source, spansMax, cancellationToken), cancellationToken);

    /// <summary>Every metric seen, by service and name.</summary>
    public Task<IReadOnlyList<MetricName>> ListMetricsAsync(string? service, CancellationToken cancellationToken) => Task.Run(
        () => _names is { } live ? live.List(service) : MetricSearch.ListNames(_source, service, cancellationToken), cancellationToken);

    /// <summary>The values of one metric over time: rates of counters, last values of gauges, percentiles of histograms.</summary>
    public Task<IReadOnlyList<MetricSeries>> QueryMetricAsync(MetricQuery query, CancellationToken cancellationToken) =>
        Task.Run(() => MetricSearch.Query(_source, query, cancellationToken), cancellationToken);
}
