using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Service.Requests;

/// <summary>What ASP.NET Core 10 leaves off its server span: a name by which requests can be grouped, the route, and how it ended.</summary>
/// <remarks>OpenTelemetry semantic conventions for HTTP server spans. .NET 11 sets the same itself; then this can go.</remarks>
internal static class RequestSpan
{
    public static void Finish(HttpContext context, string? route)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return;
        var status = context.Response.StatusCode;
        var method = KnownMethod(context.Request.Method);
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.response.status_code", status);
        if (route is not null)
            span.SetTag("http.route", route);
        if (status < 500)
            return;
        span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error);
    }

    // Anybody can send any word: names must stay few.
    private static string KnownMethod(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "HTTP";
}
