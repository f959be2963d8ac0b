using Conway.Grpc;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Receiving;

/// <summary>OTLP over gRPC: the three Export methods.</summary>
/// <remarks>Source: OTLP specification 1.x, section OTLP/gRPC: INVALID_ARGUMENT is not retried, UNAVAILABLE with RetryInfo is.</remarks>
internal static class OtlpGrpc
{
    public static GrpcMethods Methods(OtlpIntake intake, TelemetryOptions options, TimeProvider clock) => new(
        new Dictionary<string, GrpcUnaryHandler>
        {
            ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = call => Export(intake, Signal.Traces, call),
            ["/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"] = call => Export(intake, Signal.Metrics, call),
            ["/opentelemetry.proto.collector.logs.v1.LogsService/Export"] = call => Export(intake, Signal.Logs, call),
        },
        new GrpcLimits { MessageBytesMax = options.RequestBytesMax },
        clock);

    private static ValueTask<GrpcReply> Export(OtlpIntake intake, Signal signal, GrpcCall call)
    {
        var result = intake.Accept(signal, call.Message.Span);
        return ValueTask.FromResult(result.Outcome switch
        {
            IntakeOutcome.Malformed => GrpcReply.Refuse(GrpcStatusCode.InvalidArgument, result.Message!),
            IntakeOutcome.Busy => GrpcReply.Refuse(GrpcStatusCode.Unavailable, result.Message!,
                OtlpAnswer.Status((int)GrpcStatusCode.Unavailable, result.Message!, json: false, OtlpHttp.RetryAfter)),
            _ => GrpcReply.Ok(OtlpAnswer.Success(signal, result.Rejected, result.Message, json: false)),
        });
    }
}
