using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Conway.Service.Requests;

/// <summary>Outermost: finishes each request's span and writes its one line when it is over. Health probes leave neither.</summary>
internal sealed partial class RequestMiddleware(RequestDelegate next, ConwayOptions options, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger("Conway.Requests");

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            return InvokeSeen(context);
        // Probes come every second from everywhere; recorded, they would be most of what there is to see.
        Activity.Current?.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        return next(context);
    }

    private async Task InvokeSeen(HttpContext context)
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = RouteOf(context);
            RequestSpan.Finish(context, route);
            if (options.RequestLogs)
                InvokeSeen_Log(context, route, start);
        }
    }

    private void InvokeSeen_Log(HttpContext context, string? route, long start)
    {
        var status = context.Response.StatusCode;
        // What the caller did wrong is his to see; what we did wrong is ours.
        var level = status >= 500 ? LogLevel.Error : LogLevel.Information;
        var milliseconds = Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1);
        var request = context.Request;
        Served(level, request.Method, request.Path.Value ?? "/", status, milliseconds, route, request.Headers["conway-caller"], request.Headers["x-request-id"]);
    }

    // The exception handler takes the endpoint off the context, and remembers it.
    private static string? RouteOf(HttpContext context) =>
        ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText;

    // Route, caller and request id are fields of the record, to search by, and not part of the sentence.
#pragma warning disable SYSLIB1015
    [LoggerMessage(EventId = 1, EventName = "RequestServed", Message = "{Method} {Path} {Status} in {Milliseconds} ms")]
    private partial void Served(LogLevel level, string method, string path, int status, double milliseconds, string? route, string? caller, string? requestId);
#pragma warning restore SYSLIB1015
}
