using Conway.Service.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_request_arrives_as_a_span_of_the_callers_trace_named_by_its_route()
    {
        const string TraceId = "aaf7651916cd43dd8448eb211c80319c";
        await using var receiver = await OtlpReceiver.Start();
        await using var service = await StartFor(receiver);

        await Get(service, "/things/17?mail=ada@example.com", TraceId);

        await Eventually.True(
            () => receiver.Has("traces", TraceId, "GET /things/{id}", "http.route", "http.response.status_code", "thing-service"), "the span");
        Assert.False(receiver.Has("traces", "ada@example.com"));
    }

    [Fact]
    public async Task A_log_line_arrives_with_its_trace_and_masked()
    {
        const string TraceId = "bbf7651916cd43dd8448eb211c80319c";
        await using var receiver = await OtlpReceiver.Start();
        await using var service = await StartFor(receiver);

        await Get(service, "/things/18", TraceId);

        await Eventually.True(() => receiver.Has("logs", TraceId, "Found 18 for ***", "thing-service"), "the log record");
        Assert.False(receiver.Has("logs", "ada@example.com"));
    }

    [Fact]
    public async Task Metrics_of_the_framework_arrive()
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var service = await StartFor(receiver);

        await service.Http.GetStringAsync("/things/19", Ct);

        await Eventually.True(() => receiver.Has("metrics", "http.server.request.duration", "/things/{id}", "dotnet.gc.collections"), "the metrics");
    }

    [Fact]
    public async Task Health_probes_leave_no_span()
    {
        const string Probe = "ccf7651916cd43dd8448eb211c80319c";
        const string Work = "ddf7651916cd43dd8448eb211c80319c";
        await using var receiver = await OtlpReceiver.Start();
        await using var service = await StartFor(receiver);

        await Get(service, "/health/ready", Probe);
        await Get(service, "/things/20", Work);

        await Eventually.True(() => receiver.Has("traces", Work), "the other request's span");
        Assert.False(receiver.Has("traces", Probe));
    }

    [Fact]
    public async Task What_is_left_is_sent_before_the_process_ends()
    {
        const string TraceId = "eef7651916cd43dd8448eb211c80319c";
        await using var receiver = await OtlpReceiver.Start();
        await using var service = await StartFor(receiver, ("OTEL_BSP_SCHEDULE_DELAY", "600000"));
        await Get(service, "/things/21", TraceId);

        await service.App.StopAsync(Ct);

        Assert.True(receiver.Has("traces", TraceId));
    }

    [Fact]
    public async Task A_collector_that_is_gone_hurts_nobody()
    {
        string gone;
        await using (var receiver = await OtlpReceiver.Start())
            gone = receiver.Address;
        await using var service = await Start(
            app => app.MapGet("/work", () => "done"), options: o => o.DrainNotice = TimeSpan.Zero, environment: ("OTEL_EXPORTER_OTLP_ENDPOINT", gone));

        Assert.Equal("done", await service.Http.GetStringAsync("/work", Ct));
        await service.App.StopAsync(Ct).WaitAsync(TimeSpan.FromSeconds(8), Ct);
    }

    [Fact]
    public async Task Without_an_endpoint_one_line_says_so_and_nothing_is_collected()
    {
        await using var service = await Start();

        await service.Http.GetStringAsync("/health/ready", Ct);

        var line = Assert.Single(service.Logs.Of("Conway.Service"));
        Assert.Equal("OTEL_EXPORTER_OTLP_ENDPOINT is not set, so no traces, metrics and logs are sent. `conway run` sets it.", line.Message);
        Assert.Null(service.App.Services.GetService(typeof(Telemetry.TelemetryPipeline)));
    }

    private static Task<RunningService> StartFor(OtlpReceiver receiver, params (string, string)[] more) => Start(
        app => app.MapGet("/things/{id}", (string id, ILogger<TelemetryTests> log) =>
        {
            log.LogInformation("Found {Id} for {Mail}", id, "ada@example.com");
            return id;
        }),
        options: o => o.DrainNotice = TimeSpan.Zero,
        environment:
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_SERVICE_NAME", "thing-service"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "50"), ("OTEL_BSP_SCHEDULE_DELAY", "50"), .. more,
        ]);

    private static async Task Get(RunningService service, string path, string traceId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "traceparent", $"00-{traceId}-b7ad6b7169203331-01" } } };
        using var answer = await service.Http.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
    }
}
