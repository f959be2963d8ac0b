using System.Diagnostics;
using System.Net;
using Conway.Observations;
using Conway.Traffic;
using Conway.Wire;
using Microsoft.AspNetCore.Http;
using Endpoint = Conway.Traffic.Endpoint;

namespace Conway.Gateway.Tests;

public sealed class OnTheWireTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_stranger_says_of_himself_is_not_passed_on()
    {
        await using var upstream = RawUpstream.Echoing();
        await using var gateway = await GatewayAsync(upstream);

        await RawClient.AskAsync(
            gateway.Place.Port,
            "GET / HTTP/1.1\r\nHost: shop.example:8080\r\nConnection: close\r\nconway-caller: orders\r\nConway-Deadline-Ms: 1\r\nconway_caller: orders\r\nCONWAY-anything: 1\r\n"
            + "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Client-Cert: By=x\r\nX_Forwarded_For: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\n"
            + "X-Real-IP: 1.2.3.4\r\nX-Original-URL: /admin\r\nX-Rewrite-Url: /admin\r\nProxy: http://evil\r\nX-Harmless: yes\r\n\r\n");

        var lines = Lines(upstream.Heads[0]);
        Assert.Equal(
            [
                "forwarded: for=127.0.0.1;host=\"shop.example:8080\";proto=http", "Host: shop.example:8080", "Via: 1.1 conway-gateway",
                "x-forwarded-for: 127.0.0.1", "x-forwarded-host: shop.example:8080", "x-forwarded-proto: http", "X-Harmless: yes",
            ],
            lines.Where(l => !l.StartsWith("x-request-id", StringComparison.OrdinalIgnoreCase) && !l.StartsWith("traceparent", StringComparison.Ordinal)).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_request_without_a_trace_gets_one_and_an_id()
    {
        await using var upstream = RawUpstream.Echoing();
        await using var gateway = await GatewayAsync(upstream);

        await RawClient.AskAsync(gateway.Place.Port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntracestate: stray=1\r\n\r\n");
        await RawClient.AskAsync(gateway.Place.Port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-request-id: mine-17\r\ntraceparent: nonsense\r\n\r\n");
        await RawClient.AskAsync(gateway.Place.Port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-request-id: with space\r\n\r\n");

        var (first, second, third) = (Lines(upstream.Heads[0]), Lines(upstream.Heads[1]), Lines(upstream.Heads[2]));
        Assert.Matches("^traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01$", first.Single(l => l.StartsWith("traceparent", StringComparison.Ordinal)));
        Assert.Matches("(?i)^x-request-id: [0-9a-f]{32}$", first.Single(l => l.StartsWith("x-request-id", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(first, l => l.StartsWith("tracestate", StringComparison.Ordinal));
        Assert.Contains("x-request-id: mine-17", second, StringComparer.OrdinalIgnoreCase);
        Assert.Matches("^traceparent: 00-[0-9a-f]{32}", second.Single(l => l.StartsWith("traceparent", StringComparison.Ordinal)));
        Assert.Matches("(?i)^x-request-id: [0-9a-f]{32}$", third.Single(l => l.StartsWith("x-request-id", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("strip", "/api/products/1?a=b", "/products/1?a=b")]
    [InlineData("strip", "/api", "/")]
    [InlineData("prefix", "/v1/orders", "/orders")]
    [InlineData("prefix", "/v1", "/")]
    [InlineData("prefix-to", "/old/x", "/new/home/x")]
    [InlineData("prefix-to", "/old", "/new/home")]
    [InlineData("full", "/anything/at/all?q=1", "/status?q=1")]
    [InlineData("none", "/plain//x/../y%2fz?a=%20", "/plain/y%2Fz?a=%20")]
    public async Task A_route_rewrites_what_the_upstream_is_asked_for(string kind, string asked, string got)
    {
        await using var upstream = RawUpstream.Echoing();
        var (path, rewrite) = kind switch
        {
            "strip" => ("/api/**", new Rewrite { StripSegments = 1 }),
            "prefix" => ("/v1/**", new Rewrite { ReplacePrefix = "/" }),
            "prefix-to" => ("/old/**", new Rewrite { ReplacePrefix = "/new/home/", Host = "inner" }),
            "full" => ("/**", new Rewrite { FullPath = "/status" }),
            _ => ("/**", null as Rewrite),
        };
        await using var gateway = await Some.GatewayAsync(new RouteTable([Some.Route(path, "c") with { Rewrite = rewrite }], [Cluster(upstream)]));

        await RawClient.AskAsync(gateway.Place.Port, $"GET {asked} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"GET {got} HTTP/1.1\r\n", upstream.Heads[0], StringComparison.Ordinal);
        Assert.Contains(rewrite?.Host is { } host ? $"Host: {host}\r\n" : "Host: x\r\n", upstream.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("GET /a%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("GET /a\\b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", "413")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3e9\r\nBODY\r\n0\r\n\r\n", "413")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Large: HEAD\r\n\r\n", "431")]
    public async Task What_is_malformed_or_too_large_is_refused(string request, string status)
    {
        await using var upstream = await Upstream.StartAsync(http => http.Request.Body.CopyToAsync(Stream.Null, Cancelled));
        await using var gateway = await Some.GatewayAsync(
            new RouteTable([Some.Route("/**", "c")], [Some.Cluster("c", upstream)]), o => o with { RequestBodyBytesMax = 1000, RequestHeaderBytesMax = 8000 });

        var text = request.Replace("BODY", new string('x', 1001), StringComparison.Ordinal).Replace("HEAD", new string('x', 9000), StringComparison.Ordinal);
        var answer = await RawClient.AskAsync(gateway.Place.Port, text);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_sends_its_head_too_slowly_is_cut()
    {
        await using var gateway = await Some.GatewayAsync(RouteTable.Empty, o => o with { RequestHeadTimeout = TimeSpan.FromSeconds(1) });
        using var client = await RawClient.ConnectAsync(gateway.Place.Port);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n");

        Assert.StartsWith("HTTP/1.1 408 ", await client.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_never_ends_its_head_is_cut_however_busily_it_sends()
    {
        await using var gateway = await Some.GatewayAsync(RouteTable.Empty, o => o with { RequestHeadTimeout = TimeSpan.FromSeconds(1) });
        using var client = await RawClient.ConnectAsync(gateway.Place.Port);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n");
        var sending = client.DribbleAsync("X-Slow: 1\r\n", TimeSpan.FromMilliseconds(50), Cancelled);

        Assert.StartsWith("HTTP/1.1 408 ", await client.ReceiveAsync(), StringComparison.Ordinal);
        await sending;
    }

    [Theory]
    [InlineData("Content-Length: 1000000", "x")]
    [InlineData("Transfer-Encoding: chunked", "1\r\nx\r\n")]
    public async Task A_client_that_sends_its_body_too_slowly_is_answered_408_and_cut_and_the_upstream_is_let_go(string framing, string piece)
    {
        var gone = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            http.RequestAborted.Register(() => gone.TrySetResult());
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        });
        await using var gateway = await Some.GatewayAsync(
            new RouteTable([Some.Route("/**", "c")], [Some.Cluster("c", upstream)]), o => o with { RequestBodyBytesPerSecondMin = 10_000, RequestBodyGrace = TimeSpan.FromSeconds(1.5) });
        using var client = await RawClient.ConnectAsync(gateway.Place.Port);
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n");
        var sending = client.DribbleAsync(piece, TimeSpan.FromMilliseconds(50), Cancelled);

        var answer = await client.ReceiveAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body-too-slow\"", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        await sending;
        await gone.Task.WaitAsync(TimeSpan.FromMinutes(3), Cancelled);
    }

    [Fact]
    public async Task A_route_that_takes_too_long_is_answered_504()
    {
        await using var slow = await Upstream.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/**", "c") with { Timeout = TimeSpan.FromMilliseconds(100) }], [Some.Cluster("c", slow)]));
        using var client = Some.Client(gateway);

        var answer = await client.GetAsync("/", Cancelled);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Contains("'c' did not answer in time", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_are_swapped_under_load_and_no_request_is_lost()
    {
        await using var one = await Upstream.NamedAsync("ok");
        await using var two = await Upstream.NamedAsync("ok");
        RouteTable Table(Upstream upstream, string name) => new([Some.Route("/**", name)], [Some.Cluster(name, upstream)]);
        await using var gateway = await Some.GatewayAsync(Table(one, "c"));
        using var client = Some.Client(gateway);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var (done, failed) = (0, 0);
        var load = Enumerable.Range(0, 8).Select(async i =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = i % 2 == 0 ? await client.GetAsync("/", Cancelled) : await client.PostAsync("/", new StringContent("x"), Cancelled);
                Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref done : ref failed);
            }
        }).ToArray();

        for (var swap = 0; swap < 200; swap++)
        {
            gateway.Apply(swap % 3 == 0 ? Table(two, "d") : swap % 3 == 1 ? Table(one, "c") : Table(two, "c"));
            var before = Volatile.Read(ref done);
            while (Volatile.Read(ref done) == before)
            {
                await Task.Yield();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(0, failed);
        Assert.True(done > 200);
    }

    [Fact]
    public async Task A_gateway_that_stops_lets_requests_end()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            entered.SetResult();
            await leave.Task;
            await http.Response.WriteAsync("done");
        });
        var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/**", "c")], [Some.Cluster("c", upstream)]), o => o with { DrainTime = TimeSpan.FromSeconds(10) });
        using var client = Some.Client(gateway);
        var request = client.GetStringAsync("/", Cancelled);
        await entered.Task;

        var stopping = gateway.DisposeAsync().AsTask();
        leave.SetResult();

        Assert.Equal("done", await request);
        await stopping.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task A_replica_that_fails_is_ejected_and_a_passing_check_takes_it_back()
    {
        var broken = true;
        await using var bad = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = Volatile.Read(ref broken) ? 500 : 200;
            return http.Response.WriteAsync("bad");
        });
        await using var good = await Upstream.NamedAsync("good");
        List<TrafficEvent> events = [];
        await using var gateway = await Some.GatewayAsync(
            new RouteTable([Some.Route("/**", "c")], [Some.Cluster("c", new CallPolicy { Balancer = BalancerKind.RoundRobin }, bad, good)]), o => o with { OnEvent = events.Add });
        using var client = Some.Client(gateway);
        for (var i = 0; i < 20; i++)
        {
            await client.GetAsync("/", Cancelled);
        }

        Assert.Equal(5, bad.Served);
        Assert.NotNull(gateway.Snapshot()[0].Endpoints[0].EjectedFor);
        Volatile.Write(ref broken, false);
        gateway.SetHealth("c-1", EndpointHealth.Healthy);
        await client.GetAsync("/", Cancelled);
        await client.GetAsync("/", Cancelled);
        Assert.Equal(6, bad.Served);
        Assert.Equal([TrafficEventKind.Ejected, TrafficEventKind.Unejected], events.Select(e => e.Kind));
    }

    [Fact]
    public async Task Requests_are_counted_by_method_and_route()
    {
        await using var upstream = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Path.Value!.EndsWith("9", StringComparison.Ordinal) ? 500 : 200;
            return Task.CompletedTask;
        });
        var recorder = new TrafficRecorder(TimeProvider.System);
        await using var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/orders/{id}", "orders")], [Some.Cluster("orders", upstream)]), recorder: recorder);
        using var client = Some.Client(gateway);
        foreach (var id in (int[])[1, 2, 9])
        {
            await client.GetAsync($"/orders/{id}", Cancelled);
        }

        await client.SendAsync(new HttpRequestMessage(new HttpMethod("BREW"), "/orders/1"), Cancelled);

        var seen = recorder.CutWindow().OrderBy(t => t.Operation, StringComparer.Ordinal).Select(t => (t.Caller, t.Callee, t.Protocol, t.Operation, t.Count, t.Errors));
        Assert.Equal([("gateway", "orders", "http", "GET /orders/{id}", 3L, 1L), ("gateway", "orders", "http", "_OTHER /orders/{id}", 1L, 0L)], seen);
    }

    [Fact]
    public async Task Whoever_listens_gets_a_server_span_and_a_client_span_and_the_upstream_is_its_child()
    {
        List<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == GatewaySpans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> o) =>
                o.Parent.TraceId.ToHexString() == "0af7651916cd43dd8448eb211c80319c" ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = a =>
            {
                lock (spans)
                {
                    spans.Add(a);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var upstream = RawUpstream.Echoing("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/orders/{id}", "c", "orders")], [Cluster(upstream)]));

        await RawClient.AskAsync(
            gateway.Place.Port, "GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=b\r\n\r\n");

        var client = Assert.Single(spans, s => s.Kind == ActivityKind.Client);
        var server = Assert.Single(spans, s => s.Kind == ActivityKind.Server);
        Assert.Equal(("b7ad6b7169203331", server.SpanId), (server.ParentSpanId.ToHexString(), client.ParentSpanId));
        Assert.Contains($"traceparent: {client.Id}\r\n", upstream.Heads[0], StringComparison.Ordinal);
        Assert.Contains("tracestate: a=b\r\n", upstream.Heads[0], StringComparison.Ordinal);
        Assert.Equal(
            ("GET /orders/{id}", "/orders/7", "/orders/{id}", 503),
            (server.DisplayName, server.GetTagItem("url.path"), server.GetTagItem("http.route"), server.GetTagItem("http.response.status_code")));
        Assert.Equal((upstream.Port, "c-1", ActivityStatusCode.Error), (client.GetTagItem("server.port"), client.GetTagItem("conway.endpoint"), client.Status));
    }

    private static Task<GatewayEngine> GatewayAsync(RawUpstream upstream) => Some.GatewayAsync(new RouteTable([Some.Route("/**", "c")], [Cluster(upstream)]));

    private static GatewayCluster Cluster(RawUpstream upstream) => new("c", [new Endpoint("c-1", upstream.Address)], CallPolicy.Default);

    private static string[] Lines(string head) => head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
}
