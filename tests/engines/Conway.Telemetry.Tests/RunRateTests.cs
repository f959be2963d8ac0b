namespace Conway.Telemetry.Tests;

public sealed class RunRateTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    private static byte[] Served(int id, string route, double at, double ms, int status = 200, bool old = false) => Some.Span(
        id, kind: SpanKind.Server, at: at, ms: ms, parent: 1,
        attributes: [("http.route", route), (old ? "http.method" : "http.request.method", "GET"), (old ? "http.status_code" : "http.response.status_code", status)]);

    private static string Show(RequestRate rate) =>
        FormattableString.Invariant($"{rate.Service} {rate.Operation} {rate.Count} {rate.Errors} {rate.P50.TotalMilliseconds:0.0} {rate.P90.TotalMilliseconds:0.0} {rate.P99.TotalMilliseconds:0.0}");

    [Fact]
    public async Task A_run_that_has_ended_has_the_rows_it_had_while_it_ran()
    {
        var clock = new ManualClock(Some.Start.AddSeconds(30));
        var root = EngineFixture.NewRoot();
        string[] live;
        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1" }, clock, Stop))
        {
            await SendAsync(engine, "catalog",
                [.. Enumerable.Range(0, 200).Select(n => Served(n + 2, n % 3 == 0 ? "/a" : "/b/{id}", n * 100, 1 + n, n % 50 == 0 ? 503 : 200, old: n % 2 == 0))]);
            await SendAsync(engine, "payments",
                Some.Span(1000, kind: SpanKind.Server, ms: 5, attributes: [("rpc.service", "shop.Payments"), ("rpc.method", "Charge"), ("rpc.grpc.status_code", 14)]),
                Some.Span(1001, kind: SpanKind.Server, ms: 6, attributes: [("rpc.service", "shop.Payments"), ("rpc.method", "Charge"), ("rpc.grpc.status_code", "0")]),
                Some.Span(1002, kind: SpanKind.Consumer, ms: 7, name: "orders process", error: true),
                Some.Span(1003, kind: SpanKind.Server, ms: 8, name: ""),
                Some.Span(1004, kind: SpanKind.Client, ms: 9),
                Some.Span(1005, ms: 10));
            live = [.. engine.ServiceRates(TimeSpan.FromHours(1)).Concat(engine.RouteRates(TimeSpan.FromHours(1))).Select(Show)];
            Assert.Equal(live, Rows(await engine.Queries.RatesAsync(null, Stop)));
        }

        var rates = await (await TelemetryArchive.OpenAsync(root, "r-1", clock, Stop))!.RatesAsync(null, Stop);
        Assert.Equal(live, Rows(rates));
        Assert.Contains("payments shop.Payments/Charge 2 1 5.2 6.0 6.0", live);
        Assert.Contains(live, row => row.StartsWith("payments (unnamed) 1 0 ", StringComparison.Ordinal));
        Assert.True(rates.IsComplete);

        // As long as there were requests: the first began at the start, the last ended 20.1 s later.
        Assert.Equal((Some.Start, 20.1), (rates.From, (rates.Until - rates.From).TotalSeconds));
        Assert.Equal(200 / 20.1, rates.Services[0].PerSecond, 6);
        Directory.Delete(root, recursive: true);

        static string[] Rows(RunRates rates) => [.. rates.Services.Concat(rates.Routes).Select(Show)];
    }

    [Fact]
    public async Task A_window_counts_back_from_the_last_request_of_a_run_that_has_ended_and_from_now_in_one_that_goes_on()
    {
        var clock = new ManualClock(Some.Start.AddSeconds(100));
        var root = EngineFixture.NewRoot();
        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1" }, clock, Stop))
        {
            await SendAsync(engine, "catalog", [.. Enumerable.Range(0, 60).Select(n => Served(n + 2, "/a", n * 1000, 1))]);
            var now = await engine.Queries.RatesAsync(TimeSpan.FromSeconds(50), Stop);
            Assert.Equal((Some.Start.AddSeconds(50), Some.Start.AddSeconds(100), 10), (now.From, now.Until, now.Services.Single().Count));
            Assert.Equal(0.2, now.Services.Single().PerSecond);
            Assert.Empty((await engine.Queries.RatesAsync(TimeSpan.FromSeconds(10), Stop)).Services);
        }

        var ended = await (await TelemetryArchive.OpenAsync(root, "r-1", clock, Stop))!.RatesAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.Equal(11, ended.Services.Single().Count);
        Assert.Equal(Some.Start.AddSeconds(59).AddMilliseconds(1), ended.Until);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_series_has_at_most_sixty_points_and_zeros_where_nothing_was_asked()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start.AddSeconds(600)));
        await fixture.SendAsync(Signal.Traces, "catalog", Served(2, "/a", 0, 10), Served(3, "/a", 1000, 20, 500), Served(4, "/b", 300_000, 30));
        var rates = await fixture.Queries.RatesAsync(null, Stop);
        var points = rates.Routes.Single(route => route.Operation == "GET /a").Series;
        Assert.Equal(60, points.Count);
        Assert.Equal(TimeSpan.FromSeconds(10), points[1].At - points[0].At);
        Assert.Equal((0.2, 0.5), (points[0].PerSecond, points[0].ErrorRatio));
        Assert.InRange(points[0].P99.TotalMilliseconds, 19, 20);
        Assert.All(points.Skip(1), point => Assert.Equal((0.0, 0.0, TimeSpan.Zero), (point.PerSecond, point.ErrorRatio, point.P99)));
        Assert.Equal([0, 30], rates.Services.Single().Series.Select((point, number) => (point, number)).Where(one => one.point.PerSecond > 0).Select(one => one.number));
    }

    [Fact]
    public async Task A_sender_with_a_broken_clock_spoils_nobodys_figures()
    {
        var root = EngineFixture.NewRoot();
        var clock = TimeProvider.System;
        var start = DateTimeOffset.UtcNow.AddSeconds(-20);
        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1" }, clock, Stop))
        {
            await SendAsync(engine, "catalog", [.. Enumerable.Range(0, 10).Select(n => Some.Span(n + 2, kind: SpanKind.Server, at: n * 1000, start: start))]);
            await SendAsync(engine, "broken",
                Some.Span(20, kind: SpanKind.Server, start: DateTimeOffset.UnixEpoch.AddDays(1)), Some.Span(21, kind: SpanKind.Server, start: new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                Some.Span(22, kind: SpanKind.Server, start: start, ms: 1e12));
        }

        var rates = await (await TelemetryArchive.OpenAsync(root, "r-1", clock, Stop))!.RatesAsync(null, Stop);
        Assert.Equal(["catalog"], rates.Services.Select(rate => rate.Service));
        Assert.Equal(10 / 9.01, rates.Services[0].PerSecond, 3);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Endless_routes_share_one_row_and_a_run_without_requests_has_none()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start.AddSeconds(600)));
        var nothing = await fixture.Queries.RatesAsync(null, Stop);
        Assert.Empty(nothing.Services);
        Assert.True(nothing.Until >= nothing.From);
        for (var batch = 0; batch < 3; batch++)
        {
            await fixture.SendAsync(Signal.Traces, "catalog", [.. Enumerable.Range(0, 1000).Select(n => Served((batch * 1000) + n + 2, $"/{batch}/{n}", n, 1))]);
        }

        var rates = await fixture.Queries.RatesAsync(null, Stop);
        Assert.Equal((1025, 3000, 1976), (rates.Routes.Count, rates.Services.Single().Count, rates.Routes.Single(route => route.Operation == "(other)").Count));
    }

    [Fact]
    public async Task Two_runs_are_compared_by_service_and_route_and_what_only_one_of_them_served_stands_alone()
    {
        var root = EngineFixture.NewRoot();
        var clock = new ManualClock(Some.Start.AddSeconds(600));
        await LeaveAsync("r-1", 1, "/old", failing: 100);
        await LeaveAsync("r-2", 3, "/new", failing: 2);
        var compared = await (await OpenAsync("r-2")).CompareAsync(await OpenAsync("r-1"), null, Stop);
        Assert.Equal(["catalog ", "catalog GET /a", "catalog GET /new", "catalog GET /old"], compared.Rows.Select(row => $"{row.Service} {row.Operation}"));
        var route = compared.Rows[1];
        Assert.Equal((1000, 2, 1000, 100), (route.Run!.Count, route.Run.Errors, route.With!.Count, route.With.Errors));
        Assert.Equal((Verdict.Less, Verdict.More, Verdict.More, Verdict.More), (route.Change!.ErrorRatio.Verdict, route.Change.P50.Verdict, route.Change.P95.Verdict, route.Change.P99.Verdict));
        Assert.Equal(-0.098, route.Change.ErrorRatio.Value!.Value, 6);
        Assert.InRange(route.Change.P95.Value!.Value, 2.7, 3.3);
        Assert.Equal(1, route.Change.RateRatio!.Value, 2);
        Assert.Equal((1, null, null), (compared.Rows[2].Run!.Count, compared.Rows[2].With, compared.Rows[2].Change));
        Assert.Equal((null, 1), (compared.Rows[3].Run, compared.Rows[3].With!.Count));

        // A run held against itself differs in nothing.
        var same = await (await OpenAsync("r-2")).CompareAsync(await OpenAsync("r-2"), TimeSpan.FromSeconds(30), Stop);
        Assert.All(same.Rows, row => Assert.DoesNotContain(
            (Change[])[row.Change!.ErrorRatio, row.Change.P50, row.Change.P95, row.Change.P99], change => change.Verdict is Verdict.More or Verdict.Less || change.Value is not (0 or 1)));
        Directory.Delete(root, recursive: true);

        async Task<TelemetryQueries> OpenAsync(string run) => (await TelemetryArchive.OpenAsync(root, run, clock, Stop))!;

        async Task LeaveAsync(string run, double slower, string own, int failing)
        {
            await using var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = run }, clock, Stop);
            await SendAsync(engine, "catalog", [.. Enumerable.Range(0, 1000).Select(n => Served(n + 2, "/a", n * 100, slower * (1 + (n % 10)), n % (1000 / failing) == 0 ? 500 : 200)), Served(2000, own, 50, 1)]);
        }
    }

    [Fact]
    public async Task A_damaged_piece_is_counted_and_the_rest_is_shown()
    {
        var root = EngineFixture.NewRoot();
        var clock = new ManualClock(Some.Start.AddSeconds(600));
        await using (var engine = await TelemetryEngine.StartAsync(new() { Root = root, Run = "r-1" }, clock, Stop))
        {
            await SendAsync(engine, "catalog", Served(2, "/a", 0, 1));
            await SendAsync(engine, "orders", Served(3, "/b", 0, 1));
        }

        // One bit of a block that the index says is whole.
        var segment = Directory.GetFiles(Path.Combine(root, "r-1", "traces"), "*.seg").Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(segment, Stop);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, Stop);
        var rates = await (await TelemetryArchive.OpenAsync(root, "r-1", clock, Stop))!.RatesAsync(null, Stop);
        Assert.Equal((1, 1), (rates.Unreadable, rates.Services.Count));
        Directory.Delete(root, recursive: true);
    }

    private static async Task SendAsync(TelemetryEngine engine, string service, params byte[][] spans)
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(Otlp.Request(service, spans));
        content.Headers.ContentType = new("application/x-protobuf");
        using var answer = await client.PostAsync(new Uri(engine.Endpoint + "/v1/traces"), content, Stop);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
