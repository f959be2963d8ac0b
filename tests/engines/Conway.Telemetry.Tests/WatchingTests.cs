using System.Text;
using Conway.Observations;

namespace Conway.Telemetry.Tests;

public sealed class WatchingTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private static CancellationToken Stop => EngineFixture.Stop;

    private static byte[] Served(int id, string route, double ms, int status = 200, int trace = 1, int parent = 0, bool oldNames = false) => Some.Span(
        id, trace, parent, "x", SpanKind.Server, ms: ms, attributes: oldNames
            ? [("http.method", "GET"), ("http.route", route), ("http.status_code", status)]
            : [("http.request.method", "GET"), ("http.route", route), ("http.response.status_code", status)]);

    [Fact]
    public async Task Rate_errors_and_duration_are_kept_per_service_and_route()
    {
        var clock = new ManualClock(Some.Start.AddSeconds(1));
        await using var fixture = await EngineFixture.StartAsync(clock: clock);
        await fixture.SendAsync(Signal.Traces, "catalog", [.. Enumerable.Range(1, 100).Select(i => Served(i, "/products/{id}", ms: i, status: i > 90 ? 503 : 200, trace: i, oldNames: i % 2 == 0))]);
        await fixture.SendAsync(Signal.Traces, "catalog", Served(1, "/health", 1, trace: 500), Some.Span(2, trace: 501, kind: SpanKind.Internal));

        var routes = fixture.Engine.RouteRates(Window);
        Assert.Equal(["GET /products/{id}", "GET /health"], routes.Select(r => r.Operation));
        Assert.Equal((100, 10, 0.1, 100 / 300.0), (routes[0].Count, routes[0].Errors, routes[0].ErrorRatio, routes[0].PerSecond));
        Assert.InRange(routes[0].P50.TotalMilliseconds, 47, 53);
        Assert.InRange(routes[0].P90.TotalMilliseconds, 85, 95);
        Assert.InRange(routes[0].P99.TotalMilliseconds, 93, 100);
        var service = Assert.Single(fixture.Engine.ServiceRates(Window));
        Assert.Equal(("catalog", "", 101L, 10L), (service.Service, service.Operation, service.Count, service.Errors));

        var slot = Assert.Single(routes[0].Series);
        Assert.Equal((Some.Start, 10.0, 0.1), (slot.At, slot.PerSecond, slot.ErrorRatio));

        // Old requests leave the window and stay in the total.
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((0, 100), (fixture.Engine.RouteRates(Window, "catalog")[1].Count, fixture.Engine.RouteRates(Window, "catalog")[1].TotalCount));
        Assert.Equal(101, fixture.Engine.ServiceRates(TimeSpan.FromHours(1)).Single().Count);
    }

    [Fact]
    public async Task Routes_without_number_share_one_row_beyond_the_limit()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start.AddSeconds(1)));
        await fixture.SendAsync(Signal.Traces, "catalog", [.. Enumerable.Range(1, 3000).Select(i => Served(i, "/products/" + i, 1, trace: i))]);
        var rows = fixture.Engine.RouteRates(Window);
        Assert.InRange(rows.Count, 1000, 1025);
        Assert.Equal("(other)", rows[0].Operation);
        Assert.Equal(3000, rows.Sum(row => row.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_span_and_its_server_span_are_one_call_whichever_comes_first(bool serverFirst)
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start.AddSeconds(1)));
        var client = Some.Span(2, parent: 1, kind: SpanKind.Client, ms: 12);
        var server = Served(3, "/products/{id}", 10, status: 500, parent: 2);
        var orphan = Served(4, "/products/{id}", 10, trace: 9, parent: 77);
        if (serverFirst)
        {
            await fixture.SendAsync(Signal.Traces, "catalog", server, orphan);
            await fixture.SendAsync(Signal.Traces, "orders", client);
        }
        else
        {
            await fixture.SendAsync(Signal.Traces, "orders", client);
            await fixture.SendAsync(Signal.Traces, "catalog", server, orphan);
        }

        var traffic = Assert.Single(fixture.Engine.ObservedTraffic(Window));
        Assert.Equal(("orders", "catalog", "http", "GET /products/{id}"), (traffic.Caller, traffic.Callee, traffic.Protocol, traffic.Operation));
        Assert.Equal((1, 1, TrafficSource.Spans, 0.5), (traffic.Count, traffic.Errors, traffic.Source, traffic.Coverage));
        Assert.InRange(traffic.Latency.P50.TotalMilliseconds, 11, 12.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_call_through_a_listener_counts_once_an_attempt_and_as_the_callers(int order)
    {
        // orders' own client span; the listener's two attempts; catalog's two server spans, the first of which failed.
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start.AddSeconds(1)));
        (string Service, byte[][] Spans)[] parts =
        [
            ("orders", [Some.Span(2, parent: 1, kind: SpanKind.Client, ms: 30)]),
            ("mesh", [Attempt(3), Attempt(5)]),
            ("catalog", [Served(4, "/products/{id}", 10, status: 503, parent: 3), Served(6, "/products/{id}", 10, parent: 5)]),
        ];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (var part in orders[order])
        {
            await fixture.SendAsync(Signal.Traces, parts[part].Service, parts[part].Spans);
        }

        var traffic = Assert.Single(fixture.Engine.ObservedTraffic(Window));
        Assert.Equal(("orders", "catalog", "GET /products/{id}", 2, 1, 1.0), (traffic.Caller, traffic.Callee, traffic.Operation, traffic.Count, traffic.Errors, traffic.Coverage));
        Assert.Equal(["catalog"], fixture.Engine.ServiceRates(Window).Select(rate => rate.Service));

        static byte[] Attempt(int id) => Some.Span(id, parent: 2, kind: SpanKind.Client, ms: 12, attributes: [("conway.caller", "orders"), ("peer.service", "catalog")]);
    }

    [Fact]
    public async Task A_client_span_that_names_a_database_is_traffic_to_it()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start.AddSeconds(1)));
        await fixture.SendAsync(Signal.Traces, "orders", Some.Span(2, kind: SpanKind.Client, name: "SELECT orders", attributes: [("db.system.name", "postgresql"), ("db.namespace", "orders-db")]));
        var traffic = Assert.Single(fixture.Engine.ObservedTraffic(Window));
        Assert.Equal(("orders", "orders-db", "sql", "SELECT orders"), (traffic.Caller, traffic.Callee, traffic.Protocol, traffic.Operation));
    }

    [Fact]
    public async Task A_live_reader_gets_what_its_search_wants_and_a_slow_one_is_told_what_it_missed()
    {
        await using var fixture = await EngineFixture.StartAsync();
        TelemetryQuery.TryParse("service:orders level:warn refused attr.n:>2 since:1s", out var query, out _);
        using var logs = fixture.Engine.SubscribeLogs(query!, itemsMax: 3);
        using var lines = fixture.Engine.SubscribeLogs(TelemetryQuery.Everything);
        await fixture.SendAsync(Signal.Logs, "orders", [.. Enumerable.Range(0, 10).Select(n => Some.Log($"refused {n}", n % 2 == 0 ? LogSeverity.Information : LogSeverity.Error, attributes: ("n", n)))]);
        await fixture.SendAsync(Signal.Logs, "payments", Some.Log("refused 11", LogSeverity.Error, attributes: ("n", 11)));
        fixture.Engine.AppendLog(new("orders", "orders-2", Some.Start, LogSource.Error, "printed"u8.ToArray()));

        Assert.Equal(1, logs.Dropped);
        Assert.Equal("refused 5", (await logs.Items.ReadAsync(Stop)).Body);
        Assert.Equal("refused 7", (await logs.Items.ReadAsync(Stop)).Body);
        Assert.Equal(12, lines.Items.Count);
        var all = new List<LogEntry>();
        while (lines.Items.TryRead(out var entry))
        {
            all.Add(entry);
        }

        Assert.Equal(("printed", "orders-2", LogSource.Error), (all[^1].Body, all[^1].Instance, all[^1].Source));
    }

    [Fact]
    public async Task A_live_reader_of_spans_sees_them_and_the_end()
    {
        LiveSubscription<Span> spans;
        await using (var fixture = await EngineFixture.StartAsync())
        {
            TelemetryQuery.TryParse("status:error", out var query, out _);
            spans = fixture.Engine.SubscribeSpans(query!);
            await fixture.SendAsync(Signal.Traces, "orders", Some.Span(1), Some.Span(2, error: true, attributes: ("k", "v")));
        }

        var span = await spans.Items.ReadAsync(Stop);
        Assert.Equal((new SpanId(2), "v"), (span.Id, span.Attributes.Single().Text));
        await spans.Items.Completion.WaitAsync(TimeSpan.FromSeconds(5), Stop);
    }

    [Fact]
    public async Task A_printed_line_is_cut_at_its_limit_and_not_inside_a_character()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Engine.AppendLog(new("orders", "orders-1", Some.Start, LogSource.Output, Encoding.UTF8.GetBytes("x" + new string('é', 50_000))));
        var body = Assert.Single((await fixture.Queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(), Stop)).Entries).Body;
        Assert.Equal(1 + (64 * 1024 - 1) / 2, body.Length);
        Assert.EndsWith("é", body, StringComparison.Ordinal);
    }
}
