using Conway.Grpc;
using Conway.Service.Lifetime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Conway.Service.Grpc;

/// <summary>The health service of gRPC, for probes that ask no other way.</summary>
/// <remarks>gRPC, <c>doc/health-checking.md</c>. Of services by name it knows none: they are all as ready as the process. <c>Watch</c> is not served,
/// for which the document has probes ask again.</remarks>
internal static class GrpcHealth
{
    public const string Check = "/grpc.health.v1.Health/Check";

    // HealthCheckResponse { status = 1 }: SERVING is 1, NOT_SERVING is 2.
    private static readonly byte[] Serving = [0x08, 0x01];
    private static readonly byte[] NotServing = [0x08, 0x02];

    public static void MapGrpcHealth(this IEndpointRouteBuilder endpoints)
    {
        var state = endpoints.ServiceProvider.GetRequiredService<DrainState>();
        var checks = endpoints.ServiceProvider.GetRequiredService<HealthCheckService>();
        var methods = new GrpcMethods(new Dictionary<string, GrpcUnaryHandler> { [Check] = AnswerAsync }, new GrpcLimits(), endpoints.ServiceProvider.GetRequiredService<TimeProvider>());
        endpoints.MapPost(Check, methods.ServeAsync).ExcludeFromDescription().DisableHttpMetrics();

        async ValueTask<GrpcReply> AnswerAsync(GrpcCall call)
        {
            // HealthCheckRequest { service = 1 }: a text that is not empty names a service.
            if (call.Message.Length > 2)
                return GrpcReply.Refuse(GrpcStatusCode.NotFound, "No service is known here by name; ask without one.");
            if (state.Draining)
                return GrpcReply.Ok(NotServing);
            var report = await checks.CheckHealthAsync(check => !check.Tags.Contains("live") && !check.Tags.Contains("startup"), call.Cancelled);
            return GrpcReply.Ok(report.Status == HealthStatus.Unhealthy ? NotServing : Serving);
        }
    }
}
