using Conway.Findings;
using Conway.Observations;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Receiving;
using Conway.Telemetry.Scraping;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry;

/// <summary>Takes telemetry over OTLP and from output lines, keeps it under quotas, and answers questions about it.</summary>
/// <remarks>Safe for concurrent use. Dispose of it to write out what is in memory and free the port.</remarks>
public sealed class TelemetryEngine : IAsyncDisposable
{
    private readonly TelemetryOptions _options;
    private readonly TelemetryStore _store;
    private readonly Watchers _watchers;
    private readonly OtlpIntake _intake;
    private readonly LineIntake _lines;
    private readonly OtlpListener _listener;

    private TelemetryEngine(TelemetryOptions options, TelemetryStore store, Watchers watchers, OtlpIntake intake, LineIntake lines, OtlpListener listener, TimeProvider clock)
    {
        _options = options;
        _store = store;
        _watchers = watchers;
        _intake = intake;
        _lines = lines;
        _listener = listener;
        Queries = new TelemetryQueries(store, clock, watchers.Metrics);
    }

    /// <summary>The port OTLP is taken on, gRPC and HTTP alike.</summary>
    public int Port => _listener.Port;

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>: <c>http://127.0.0.1:41001</c>.</summary>
    public string Endpoint => $"http://127.0.0.1:{Port}";

    /// <summary>Questions to this run.</summary>
    public TelemetryQueries Queries { get; }

    /// <summary>What is wrong with the store now; empty when all is well. Codes CW7201 to CW7206.</summary>
    public IReadOnlyList<Finding> Findings => StoreFindings.Of(_store, _options);

    /// <summary>How the store is doing.</summary>
    public TelemetryStatus Status => new()
    {
        Services = [.. _store.Shelves.All.OrderBy(shelf => shelf.Service, StringComparer.Ordinal).Select(shelf => new ServiceTelemetry(
            shelf.Service, shelf.Received(Signal.Traces), shelf.Received(Signal.Metrics), shelf.Received(Signal.Logs), shelf.Dropped,
            Enum.GetValues<Signal>().Sum(shelf.Evicted), shelf.Bytes))],
        BytesKept = _store.Shelves.All.Sum(shelf => shelf.Bytes),
        BytesPending = _store.PendingBytes,
        IsMemoryOnly = _options.Root is null || _store.Refusal is not null,
        RequestsDeferred = _intake.Deferred,
        RequestsMalformed = _intake.Malformed,
    };

    /// <summary>Opens the run's folder and listens on loopback.</summary>
    /// <remarks>A folder that cannot be written is a finding, not an error: telemetry is then kept in memory.</remarks>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<TelemetryEngine> StartAsync(TelemetryOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        StartAsync(options, new SegmentDisk(), clock, cancellationToken);

    /// <summary>Takes one line a service printed. Never waits: a service that prints faster than can be written loses lines, which are counted.</summary>
    /// <remarks>A line that says it is exported is held until its OTLP record comes, which is shown in its stead, for ten seconds at most.</remarks>
    /// <returns>False when the line was dropped.</returns>
    public bool AppendLog(in OutputLine line) => _lines.Append(line);

    /// <summary>A replica's process has ended: lines of it that are still held are stored now, since nothing more will be exported.</summary>
    public void ReplicaEnded(string service, string replica) => _lines.Ended(service, replica);

    /// <summary>New logs from now on, those that a search wants.</summary>
    /// <param name="query">Service, level, words and the rest, as in a search; times are ignored.</param>
    /// <param name="itemsMax">Logs that may wait for the reader; the oldest are dropped beyond.</param>
    public LiveSubscription<LogEntry> SubscribeLogs(TelemetryQuery query, int itemsMax = 1000) => _watchers.Logs.Subscribe(query, itemsMax);

    /// <summary>New spans from now on, those that a search wants.</summary>
    /// <param name="query">Service, duration, status and the rest, as in a search; times are ignored.</param>
    /// <param name="itemsMax">Spans that may wait for the reader; the oldest are dropped beyond.</param>
    public LiveSubscription<Span> SubscribeSpans(TelemetryQuery query, int itemsMax = 1000) => _watchers.Spans.Subscribe(query, itemsMax);

    /// <summary>Rate, errors and duration of each service, from its server spans, busiest first.</summary>
    /// <param name="window">Up to now: 10 s to 5 min in steps of 10 s, to 1 h in steps of a minute.</param>
    public IReadOnlyList<RequestRate> ServiceRates(TimeSpan window) => _watchers.Red.Rates(window, null, perRoute: false);

    /// <summary>The same for each route of a service, or of all.</summary>
    public IReadOnlyList<RequestRate> RouteRates(TimeSpan window, string? service = null) => _watchers.Red.Rates(window, service, perRoute: true);

    /// <summary>Who called whom, from client spans paired with server spans, up to now.</summary>
    public IReadOnlyList<ObservedTraffic> ObservedTraffic(TimeSpan window) => _watchers.Pairs.Observe(window);

    /// <summary>Everything received so far, held lines aside, is in the hands of the disk when this completes.</summary>
    public Task FlushAsync() => _store.FlushAsync();

    /// <summary>Stops listening, writes out what is in memory, ends subscriptions.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _lines.DisposeAsync();
        _watchers.Spans.Close();
        _watchers.Logs.Close();
        await _store.DisposeAsync();
    }

    internal static async Task<TelemetryEngine> StartAsync(TelemetryOptions options, SegmentDisk disk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = await Task.Run(() => new TelemetryStore(options, disk, clock, cancellationToken), cancellationToken);
        try
        {
            var watchers = new Watchers(clock);
            var intake = new OtlpIntake(store, watchers);
            var metrics = new MetricsPage(new OwnFamilies(store, intake, watchers, options, clock.GetUtcNow()), watchers.Scrape);
            var listener = await OtlpListener.StartAsync(intake, metrics, options, clock, cancellationToken);
            return new TelemetryEngine(options, store, watchers, intake, new LineIntake(store, watchers, clock), listener, clock);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
