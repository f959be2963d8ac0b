using Conway.Console.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>Logs, traces and metrics, of this run or of an earlier one.</summary>
internal static class TelemetryEndpoints
{
    public static void Map(IEndpointRouteBuilder all, ConsoleSource source)
    {
        var api = all.MapGroup("").AddEndpointFilter(static async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (NoSuchRunException missing)
            {
                return Problems.NotFound("No such run", missing.Message);
            }
        });

        api.MapGet("/logs", async Task<Results<Ok<LogPage>, ProblemHttpResult>> (string? query, int? limit, string? before, string? run, CancellationToken cancel) =>
        {
            try
            {
                return TypedResults.Ok(await source.SearchLogsAsync(query ?? "", Bounds.Limit(limit, 200), before, run, cancel));
            }
            catch (BadQueryException bad)
            {
                return Problems.Of(bad);
            }
        }).WithSummary("Records that match, newest last");

        api.MapGet("/traces", async Task<Results<Ok<TracePage>, ProblemHttpResult>> (string? query, int? limit, string? before, string? run, CancellationToken cancel) =>
        {
            try
            {
                return TypedResults.Ok(await source.SearchTracesAsync(query ?? "", Bounds.Limit(limit, 50), before, run, cancel));
            }
            catch (BadQueryException bad)
            {
                return Problems.Of(bad);
            }
        }).WithSummary("Traces that match, newest first");

        api.MapGet("/traces/{traceId}", async Task<Results<Ok<Trace>, ProblemHttpResult>> (string traceId, string? run, CancellationToken cancel) =>
            await source.FindTraceAsync(traceId, run, cancel) is { } found
                ? TypedResults.Ok(found)
                : Problems.NotFound("No such trace", $"No span of trace '{traceId}' is stored{(run is null ? " in this run" : $" of run '{run}'")}: it may have been dropped, or belong to another run.")).WithSummary("One trace with its logs");

        api.MapGet("/metrics/red", async (double? windowMs, string? run, string? service, bool? routes, CancellationToken cancel) =>
            TypedResults.Ok(Asked(await source.RedAsync(Bounds.Window(windowMs), run, cancel), service, routes ?? true))).WithSummary("Requests, errors and duration by service and route");

        api.MapGet("/metrics/compare", async Task<Results<Ok<Comparison>, ProblemHttpResult>> (string? run, string? with, double? windowMs, CancellationToken cancel) =>
        {
            if (string.IsNullOrEmpty(with))
            {
                return Problems.Bad("Compare with which run?", "Give the run to hold this one against: ?with=r-20261120-101500-9b1c. GET /api/v1/telemetry lists the runs.");
            }

            return TypedResults.Ok(await source.CompareAsync(run, with, Bounds.Window(windowMs), cancel));
        }).WithSummary("How one run fares against another, by service and route");

        api.MapGet("/metrics", async (string? service, string? run, CancellationToken cancel) =>
            TypedResults.Ok(new MetricList(await source.MetricsAsync(service, run, cancel)))).WithSummary("The instruments that were seen");

        api.MapGet("/metrics/series", async Task<Results<Ok<MetricSeries>, ProblemHttpResult>> (
            string? name, string? service, DateTimeOffset? from, DateTimeOffset? until, int? points, string? run, CancellationToken cancel) =>
        {
            if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(service))
            {
                return Problems.Bad("Which series?", "Give the name of the metric and of the service: ?name=process.memory.usage&service=orders");
            }

            if (from >= until)
            {
                return Problems.Bad("No time between", $"'from' ({from:O}) must lie before 'until' ({until:O}).");
            }

            return await source.SeriesAsync(new(name, service, from, until, Bounds.Limit(points, 60), run), cancel) is { } found
                ? TypedResults.Ok(found)
                : Problems.NotFound("No such metric", $"'{service}' has sent no metric '{name}'.");
        }).WithSummary("One instrument over time");

        api.MapGet("/telemetry/runs/{run}", async Task<Results<Ok<TelemetryRunDetail>, ProblemHttpResult>> (string run, CancellationToken cancel) =>
            TypedResults.Ok(await source.FindRunAsync(run, cancel))).WithSummary("One run whose telemetry is stored");

        api.MapGet("/telemetry", async (CancellationToken cancel) => TypedResults.Ok(await source.TelemetryAsync(cancel))).WithSummary("Telemetry about telemetry");
    }

    private static Red Asked(Red red, string? service, bool routes) =>
        red with { Rows = [.. red.Rows.Where(row => (string.IsNullOrEmpty(service) || row.Service == service) && (routes || row.Route is null))] };
}
