namespace Outfitter.Infrastructure;

/// <summary>Tells of requests that took longer than a second.</summary>
public sealed partial class RequestTimingMiddleware(RequestDelegate next, TimeProvider time, ILogger<RequestTimingMiddleware> logger)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (time.GetElapsedTime(began) is var took && took > Slow)
                Log.SlowRequest(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, took.TotalMilliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Method} {Endpoint} took {Milliseconds} ms")]
        public static partial void SlowRequest(ILogger logger, string method, string? endpoint, double milliseconds);
    }
}
