using Conway.Gateway;
using Conway.Mesh;
using Conway.Testing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Conway.Node;

/// <summary>Sends the platform's own spans the way every service sends its: over OTLP, each part under a name of its own, so that a trace begins where the request did
/// and shows every attempt.</summary>
internal sealed class PlatformSpans : IDisposable
{
    private readonly TracerProvider[] _providers;

    /// <param name="endpoint">The run's own OTLP address.</param>
    public PlatformSpans(string system, string endpoint) =>
        _providers =
        [
            Provider("gateway", GatewaySpans.SourceName, system, endpoint),
            Provider("mesh", MeshEngine.SpanSource, system, endpoint),
            Provider("journeys", JourneyRunner.SpanSource, system, endpoint),
        ];

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        // Side by side: an address that hangs costs its time once.
        Parallel.ForEach(_providers, provider => provider.Dispose());
    }

    private static TracerProvider Provider(string service, string source, string system, string endpoint) =>
        Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(service, serviceNamespace: system, serviceInstanceId: service + "-1"))
            .AddSource(source)
            .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
            .AddOtlpExporter(otlp =>
            {
                // Set in full: OTEL_… variables of the shell that started the node must not send these spans elsewhere.
                otlp.Endpoint = new Uri($"{endpoint}/v1/traces");
                otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                otlp.Headers = "";
                otlp.BatchExportProcessorOptions = new BatchExportActivityProcessorOptions { ScheduledDelayMilliseconds = 500, MaxQueueSize = 8192 };
            })
            .Build();
}
