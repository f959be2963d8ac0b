using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Conway.Service.Problems;

internal static class ProblemSetup
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = AddTrace);
        services.AddExceptionHandler<KnownFailures>();
        // Binding failures come as exceptions in every environment, so that one place turns them into problems by field.
        services.PostConfigure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    private static void AddTrace(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Instance ??= context.HttpContext.Request.Path;
        // The bare trace id, as the console and every tracing tool take it; the framework would put the whole traceparent here.
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
    }
}
