using Conway.Telemetry.Otlp;
using Conway.Telemetry.Receiving;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry;

/// <summary>Takes telemetry over OTLP and from output lines, keeps it under quotas, and answers questions about it.</summary>
/// <remarks>Safe for concurrent use. Dispose of it to write out what is in memory and free the port.</remarks>
public sealed class TelemetryEngine : IAsyncDisposable
{
    private readonly TelemetryStore _store;
    private readonly Watchers _watchers;
    private readonly OtlpListener _listener;

    private TelemetryEngine(TelemetryStore store, Watchers watchers, OtlpListener listener)
    {
        _store = store;
        _watchers = watchers;
        _listener = listener;
        Queries = new TelemetryQueries(store);
    }

    /// <summary>The port OTLP is taken on, gRPC and HTTP alike.</summary>
    public int Port => _listener.Port;

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>: <c>http://127.0.0.1:41001</c>.</summary>
    public string Endpoint => $"http://127.0.0.1:{Port}";

    /// <summary>Questions to this run.</summary>
    public TelemetryQueries Queries { get; }

    /// <summary>Opens the run's folder and listens.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<TelemetryEngine> StartAsync(TelemetryOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        StartAsync(options, new SegmentDisk(), clock, cancellationToken);

    /// <summary>Everything received so far is in the hands of the disk when this completes.</summary>
    public Task FlushAsync() => _store.FlushAsync();

    /// <summary>Stops listening, writes out what is in memory, ends subscriptions.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _watchers.Spans.Close();
        _watchers.Logs.Close();
        await _store.DisposeAsync();
    }

    internal static async Task<TelemetryEngine> StartAsync(TelemetryOptions options, SegmentDisk disk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = new TelemetryStore(options, disk, clock);
        var watchers = new Watchers(clock);
        try
        {
            var listener = await OtlpListener.StartAsync(new OtlpIntake(store, watchers), options, clock, cancellationToken);
            return new TelemetryEngine(store, watchers, listener);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
