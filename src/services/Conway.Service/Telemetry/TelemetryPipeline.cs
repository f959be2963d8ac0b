using Conway.Service.Logs;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Conway.Service.Telemetry;

/// <summary>Traces and metrics of this process on their way to the collector.</summary>
/// <remarks>Built on another thread while the host is being built, because together they are the larger part of a small
/// service's start; the host waits for it before it listens, so the first request is recorded.</remarks>
internal sealed class TelemetryPipeline : IHostedService, IDisposable
{
    /// <summary>The framework's own sources. What they leave off a server span is added by <see cref="Requests.RequestSpan"/>.</summary>
    internal static readonly string[] FrameworkSources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    internal static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "Npgsql",
    ];

    private const int EndTimeMs = 1_000;

    private readonly Task<TracerProvider> _traces;
    private readonly Task<MeterProvider> _metrics;

    public TelemetryPipeline(string applicationName, OtlpTarget target, ConwayOptions options, Masks masks)
    {
        string[] sources = [.. FrameworkSources, applicationName, .. options.Sources];
        string[] meters = [.. FrameworkMeters, applicationName, .. options.Meters];
        _traces = Task.Run(() => BuildTraces(sources, target, masks));
        _metrics = Task.Run(() => BuildMetrics(meters, target));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(_traces, _metrics).WaitAsync(cancellationToken);

    // What is left is sent before the process ends, and for a bounded time: a collector that hangs must not hold the drain up.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces.Result.Shutdown(EndTimeMs);
            _metrics.Result.Shutdown(EndTimeMs);
        },
        cancellationToken);

    public void Dispose()
    {
        if (_traces.IsCompletedSuccessfully)
            _traces.Result.Dispose();
        if (_metrics.IsCompletedSuccessfully)
            _metrics.Result.Dispose();
    }

    private static TracerProvider BuildTraces(string[] sources, OtlpTarget target, Masks masks) =>
        Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(target.Describe)
            .AddSource(sources)
            .AddProcessor(new MaskSpans(masks))
            .AddOtlpExporter(exporter =>
            {
                target.Apply(exporter, "traces");
                exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds = target.SpansMs;
            })
            .Build();

    private static MeterProvider BuildMetrics(string[] meters, OtlpTarget target) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(target.Describe)
            .AddMeter(meters)
            .AddOtlpExporter((exporter, reader) =>
            {
                target.Apply(exporter, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = target.MetricsEveryMs;
            })
            .Build();
}
