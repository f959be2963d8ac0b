using Conway.Gateway;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Conway.Node;

/// <summary>Sends the gateway's own spans the way every service sends its: over OTLP, so that a trace begins where the request came in.</summary>
internal sealed class PlatformSpans : IDisposable
{
    private readonly TracerProvider _provider;

    /// <param name="endpoint">The run's own OTLP address.</param>
    public PlatformSpans(string system, string endpoint) =>
        _provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("gateway", serviceNamespace: system, serviceInstanceId: "gateway-1"))
            .AddSource(GatewaySpans.SourceName)
            .AddOtlpExporter(otlp =>
            {
                // Set in full: OTEL_… variables of the shell that started the node must not send these spans elsewhere.
                otlp.Endpoint = new Uri($"{endpoint}/v1/traces");
                otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                otlp.Headers = "";
                otlp.BatchExportProcessorOptions = new BatchExportActivityProcessorOptions { ScheduledDelayMilliseconds = 500, MaxQueueSize = 8192 };
            })
            .Build();

    public void Dispose() => _provider.Dispose();
}
