using Conway.Telemetry.Querying;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry;

/// <summary>Questions to the telemetry of one run, running or earlier. Safe for concurrent use.</summary>
/// <remarks>Each question reads a snapshot and holds nobody up; it runs on the thread pool and ends soon after its token is cancelled.</remarks>
public sealed class TelemetryQueries
{
    // Between the clock of a sender and of the files.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly IBlockSource _source;
    private readonly TimeProvider _clock;
    private readonly MetricNames? _names;
    private readonly DateTimeOffset? _endedBy;

    /// <param name="source">The run's blocks.</param>
    /// <param name="clock">What is now.</param>
    /// <param name="names">Unset: they are read from the blocks.</param>
    /// <param name="endedBy">When the run was last written to; unset: it goes on.</param>
    /// <param name="damage">What of it cannot be read.</param>
    internal TelemetryQueries(IBlockSource source, TimeProvider clock, MetricNames? names = null, DateTimeOffset? endedBy = null, IReadOnlyList<string>? damage = null) =>
        (_source, _clock, _names, _endedBy, Damage) = (source, clock, names, endedBy, damage ?? []);

    /// <summary>What of a run that has ended cannot be read, a sentence each, ten at most; empty when all can, and for a run that goes on.</summary>
    public IReadOnlyList<string> Damage { get; }

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

    /// <summary>Rate, errors and duration of every service and route, from the stored server and consumer spans.</summary>
    /// <param name="last">How far back: from now, or from the last request of a run that has ended. Unset: the whole run.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<RunRates> RatesAsync(TimeSpan? last, CancellationToken cancellationToken) => Task.Run(() => Tally(last, cancellationToken).Report(), cancellationToken);

    /// <summary>How this run fares against another, by service and route, and what of the difference is more than noise.</summary>
    /// <param name="other">The run to hold it against.</param>
    /// <param name="last">How far back in each: from now, or from its last request. Unset: each whole.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<RunComparison> CompareAsync(TelemetryQueries other, TimeSpan? last, CancellationToken cancellationToken) =>
        Task.Run(() => RunComparer.Compare(Tally(last, cancellationToken), other.Tally(last, cancellationToken)), cancellationToken);

    private RateTally Tally(TimeSpan? last, CancellationToken cancelled) =>
        RateSearch.Search(_source, last, _endedBy is null ? Now : null, UnixNano.Of((_endedBy ?? _clock.GetUtcNow()) + Skew), cancelled);
}
