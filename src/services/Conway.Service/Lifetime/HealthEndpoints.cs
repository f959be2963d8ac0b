using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Conway.Service.Lifetime;

/// <summary>Three questions, three answers: must it be restarted (live), may it get requests (ready), has it finished starting (startup).</summary>
/// <remarks>A check registered with <c>AddHealthChecks()</c> counts for readiness unless it is tagged <c>live</c> or <c>startup</c>.
/// Liveness has none by default: a broken database is no reason to restart every replica of every service that uses it.</remarks>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var state = endpoints.ServiceProvider.GetRequiredService<DrainState>();
        var health = endpoints.MapGroup("/health").ExcludeFromDescription().DisableHttpMetrics();
        health.MapGet("/live", context => Answer(context, null, check => check.Tags.Contains("live")));
        health.MapGet("/ready", context => Answer(context, state.Draining ? "draining" : null, IsReadiness));
        health.MapGet("/startup", context => Answer(context, state.Started ? null : "starting", check => check.Tags.Contains("startup")));
    }

    private static bool IsReadiness(HealthCheckRegistration check) => !check.Tags.Contains("live") && !check.Tags.Contains("startup");

    private static async Task Answer(HttpContext context, string? refusal, Func<HealthCheckRegistration, bool> counts)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (refusal is not null)
        {
            await Write(context, StatusCodes.Status503ServiceUnavailable, refusal, null);
            return;
        }

        var checks = context.RequestServices.GetRequiredService<HealthCheckService>();
        var report = await checks.CheckHealthAsync(counts, context.RequestAborted);
        var status = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await Write(context, status, NameOf(report.Status), report);
    }

    // { "status": "unhealthy", "checks": { "orders-db": { "status": "unhealthy", "description": "…" } } }
    private static async Task Write(HttpContext context, int status, string word, HealthReport? report)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", word);
        if (report is { Entries.Count: > 0 })
        {
            json.WriteStartObject("checks");
            foreach (var (name, entry) in report.Entries)
            {
                json.WriteStartObject(name);
                json.WriteString("status", NameOf(entry.Status));
                if (entry.Description is { } description)
                    json.WriteString("description", description);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
