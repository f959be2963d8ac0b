using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Conway.Traffic;
using Conway.Wire;
using Microsoft.AspNetCore.Http;
using Endpoint = Conway.Traffic.Endpoint;

namespace Conway.Mesh.Tests;

public sealed class AttemptSpanTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";

    private static readonly CallPolicy TwoRetries = new() { Retries = 2, Balancer = BalancerKind.RoundRobin };

    // Tests of this room run side by side and share the source: a caller of its own tells each test's spans.
    private readonly string _caller = $"c{Guid.NewGuid():n}";
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public AttemptSpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MeshEngine.SpanSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("conway.caller"), _caller))
                {
                    _ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Every_attempt_is_a_client_span_of_the_callers_and_the_upstream_is_called_by_it()
    {
        var told = new ConcurrentQueue<string>();
        await using var bad = await Upstream.StartAsync(http => Answer(http, 503));
        await using var good = await Upstream.StartAsync(http => Answer(http, 200));
        await using var mesh = await Some.MeshAsync(Some.Listener(_caller, "b", TwoRetries, bad, good));
        using var client = Some.Client(mesh, _caller, "b");

        Assert.Equal(HttpStatusCode.OK, (await Send(client, "/orders/17?mail=ada@example.com", "01")).StatusCode);

        var spans = await Ended(2);
        Assert.All(spans, span => Assert.Equal((Trace, Parent, "GET", ActivityKind.Client), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString(), span.DisplayName, span.Kind)));
        Assert.Equal(told.Order(), spans.Select(span => span.Id!).Order());
        Assert.All(spans, span => Assert.Equal("k=v", span.TraceStateString));

        var (failed, again) = (Assert.Single(spans, span => Equals(Tag(span, "http.response.status_code"), 503)), Assert.Single(spans, span => Tag(span, "http.request.resend_count") is not null));
        Assert.Equal(("503", ActivityStatusCode.Error, null), (Tag(failed, "error.type"), failed.Status, Tag(failed, "http.request.resend_count")));
        Assert.Equal((1, 200, null, ActivityStatusCode.Unset), (Tag(again, "http.request.resend_count"), Tag(again, "http.response.status_code"), Tag(again, "error.type"), again.Status));
        Assert.Equal(("b-1", "b-2"), (Tag(failed, "conway.endpoint"), Tag(again, "conway.endpoint")));
        Assert.True(again.StartTimeUtc >= failed.StartTimeUtc);

        var (host, port) = (good.Address.Split(':')[0], int.Parse(good.Address.Split(':')[1], null));
        Assert.Equal((host, port, $"http://{good.Address}/orders/17?*"), (Tag(again, "server.address"), Tag(again, "server.port"), Tag(again, "url.full")));
        Assert.Equal(("GET", "1.1", "b"), (Tag(again, "http.request.method"), Tag(again, "network.protocol.version"), Tag(again, "peer.service")));
        Assert.DoesNotContain(spans.SelectMany(span => span.TagObjects), tag => $"{tag.Value}".Contains("ada", StringComparison.Ordinal));

        Task Answer(HttpContext http, int status)
        {
            told.Enqueue(http.Request.Headers["traceparent"].ToString());
            Assert.Equal("k=v", http.Request.Headers["tracestate"]);
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_connection_refused_is_an_attempt_too_and_a_replica_that_is_set_aside_says_so()
    {
        var gone = await Upstream.NamedAsync("gone");
        await gone.DisposeAsync();
        await using var good = await Upstream.NamedAsync("good");
        await using var mesh = await Some.MeshAsync(Some.Listener(_caller, "b", CallPolicy.Default with { Balancer = BalancerKind.RoundRobin }, gone, good));
        using var client = Some.Client(mesh, _caller, "b");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("good", await client.GetStringAsync("/", Cancelled));
        }

        var spans = await Ended(15);
        var refused = spans.Where(span => Equals(Tag(span, "error.type"), "Connect")).ToArray();
        Assert.Equal(5, refused.Length);
        Assert.All(refused, span => Assert.Null(Tag(span, "http.response.status_code")));
        Assert.Single(refused, span => Equals(Tag(span, "conway.endpoint.ejected"), true));
        Assert.Equal(5, spans.Count(span => Equals(Tag(span, "http.request.resend_count"), 1)));

        // Nobody named a trace: each request began one, and its attempts are in it together.
        Assert.Equal(10, spans.Select(span => span.TraceId).Distinct().Count());
        Assert.All(refused, span => Assert.Equal(2, spans.Count(other => other.TraceId == span.TraceId)));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("02")]
    public async Task A_trace_that_is_not_sampled_passes_untouched_and_makes_no_span(string flags)
    {
        var told = "";
        await using var upstream = await Upstream.StartAsync(http =>
        {
            told = http.Request.Headers["traceparent"].ToString();
            return Task.CompletedTask;
        });
        await using var mesh = await Some.MeshAsync(Some.Listener(_caller, "b", upstream));
        using var client = Some.Client(mesh, _caller, "b");
        await Send(client, "/", flags);
        Assert.Equal($"00-{Trace}-{Parent}-{flags}", told);
        await Send(client, "/", "01");
        Assert.Single(await Ended(1));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-00")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    public async Task A_traceparent_that_cannot_be_read_begins_a_trace_without_its_state(string parent)
    {
        var told = ("", "");
        await using var upstream = await Upstream.StartAsync(http =>
        {
            told = (http.Request.Headers["traceparent"].ToString(), http.Request.Headers["tracestate"].ToString());
            return Task.CompletedTask;
        });
        await using var mesh = await Some.MeshAsync(Some.Listener(_caller, "b", upstream));
        using var client = Some.Client(mesh, _caller, "b");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("traceparent", parent);
        request.Headers.TryAddWithoutValidation("tracestate", "k=v");
        await client.SendAsync(request, Cancelled);
        var span = Assert.Single(await Ended(1));
        Assert.Equal((span.Id, ""), told);
        Assert.Equal(default, span.ParentSpanId);
    }

    [Fact]
    public async Task A_time_out_and_a_reset_are_named_and_a_caller_that_leaves_is_no_answer()
    {
        await using var silent = await Upstream.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await using var broken = new RawUpstream((_, stream) => RawUpstream.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Le"));
        await using var mesh = await Some.MeshAsync(
            Some.Listener(_caller, "slow", CallPolicy.Default with { AttemptTimeout = TimeSpan.FromMilliseconds(50) }, silent),
            new PeerListener(_caller, "broken", 0, CallPolicy.Default, [new Endpoint("b-1", broken.Address)]));
        using var slow = Some.Client(mesh, _caller, "slow");
        using var torn = Some.Client(mesh, _caller, "broken");
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await Send(slow, "/", "01")).StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, (await Send(torn, "/", "01")).StatusCode);
        var spans = await Ended(2);
        Assert.Equal(["Reset", "TimedOut"], spans.Select(span => (string)Tag(span, "error.type")!).Order());
    }

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private static async Task<HttpResponseMessage> Send(HttpClient client, string path, string flags)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{Trace}-{Parent}-{flags}");
        request.Headers.TryAddWithoutValidation("tracestate", "k=v");
        return await client.SendAsync(request, Cancelled);
    }

    // A span ends after the last byte of its answer was passed on.
    private async Task<Activity[]> Ended(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (_ended.Count < count)
        {
            await Task.Delay(10, limit.Token);
        }

        Assert.Equal(count, _ended.Count);
        return [.. _ended];
    }
}
