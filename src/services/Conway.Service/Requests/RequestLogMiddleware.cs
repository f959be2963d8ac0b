using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Conway.Service.Requests;

/// <summary>Writes one line for each request, when it is over. Health probes leave neither line nor span.</summary>
internal sealed partial class RequestLogMiddleware(RequestDelegate next, ConwayOptions options, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger("Conway.Requests");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            // Probes come every second from everywhere; recorded, they would be most of what there is to see.
            Activity.Current?.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return next(context);
        }

        return options.RequestLogs ? InvokeLogged(context) : next(context);
    }

    private async Task InvokeLogged(HttpContext context)
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var request = context.Request;
            Served(
                LevelOf(context.Response.StatusCode),
                request.Method,
                request.Path.Value ?? "/",
                context.Response.StatusCode,
                Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1),
                RouteOf(context),
                request.Headers["conway-caller"],
                request.Headers["x-request-id"]);
        }
    }

    // The exception handler takes the endpoint off the context, and remembers it.
    private static string? RouteOf(HttpContext context) =>
        ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText;

    // What the caller did wrong is his to see; what we did wrong is ours.
    private static LogLevel LevelOf(int status) => status >= 500 ? LogLevel.Error : LogLevel.Information;

    // Route, caller and request id are fields of the record, to search by, and not part of the sentence.
#pragma warning disable SYSLIB1015
    [LoggerMessage(EventId = 1, EventName = "RequestServed", Message = "{Method} {Path} {Status} in {Milliseconds} ms")]
    private partial void Served(LogLevel level, string method, string path, int status, double milliseconds, string? route, string? caller, string? requestId);
#pragma warning restore SYSLIB1015
}
