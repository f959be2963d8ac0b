using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;

namespace Conway.Service.Telemetry;

/// <summary>Where telemetry goes, how often, and whose it is.</summary>
/// <remarks>It leaves more often than the SDK's own defaults say (5 s for spans and logs, 60 s for metrics), because somebody is
/// watching. The SDK's variables win.</remarks>
internal sealed class OtlpTarget(ConwayEnvironment environment, string applicationName)
{
    private const int BatchMs = 500;
    private const int MetricsMs = 5_000;

    public int SpansMs => environment.Number("OTEL_BSP_SCHEDULE_DELAY") ?? BatchMs;

    public int LogsMs => environment.Number("OTEL_BLRP_SCHEDULE_DELAY") ?? BatchMs;

    public int MetricsEveryMs => environment.Number("OTEL_METRIC_EXPORT_INTERVAL") ?? MetricsMs;

    /// <param name="exporter">The options to fill in.</param>
    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    public void Apply(OtlpExporterOptions exporter, string signal)
    {
        var overGrpc = environment.TelemetryProtocol == "grpc";
        exporter.Protocol = overGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // An address for one signal is taken as it is; from the common one the signal's path follows (OTLP exporter specification).
        var address = environment.Text($"OTEL_EXPORTER_OTLP_{signal.ToUpperInvariant()}_ENDPOINT")
            ?? (overGrpc ? environment.TelemetryEndpoint! : $"{environment.TelemetryEndpoint!.TrimEnd('/')}/v1/{signal}");
        exporter.Endpoint = new Uri(address);
    }

    /// <summary>The service's name, then whatever <c>OTEL_RESOURCE_ATTRIBUTES</c> says, which wins: system and replica above all.</summary>
    public void Describe(ResourceBuilder resource) =>
        resource.AddTelemetrySdk().AddService(environment.ServiceName ?? applicationName).AddEnvironmentVariableDetector();
}
