using System.Net;
using Conway.Observations;
using Conway.Traffic;
using Conway.Wire;
using Microsoft.AspNetCore.Http;
using Endpoint = Conway.Traffic.Endpoint;

namespace Conway.Mesh.Tests;

public sealed class RetryOnTheWireTests
{
    private static readonly CallPolicy TwoRetries = new() { Retries = 2, Balancer = BalancerKind.RoundRobin };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_503_of_one_replica_is_hidden_by_another()
    {
        await using var bad = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers["x-from"] = "bad";
            return http.Response.WriteAsync("out of order");
        });
        await using var good = await Upstream.NamedAsync("good");
        var recorder = new TrafficRecorder(TimeProvider.System);
        await using var mesh = await Some.MeshAsync(recorder, Some.Listener("a", "b", TwoRetries, bad, good));
        using var client = Some.Client(mesh, "a", "b");

        for (var i = 0; i < 4; i++)
        {
            var answer = await client.GetAsync("/", Cancelled);
            Assert.Equal("good", await answer.Content.ReadAsStringAsync(Cancelled));
            Assert.False(answer.Headers.Contains("x-from"));
        }

        var seen = Assert.Single(recorder.CutWindow());
        Assert.Equal((4, 0, 4, "GET"), (seen.Count, seen.Errors, seen.Retries, seen.Operation));
    }

    [Fact]
    public async Task A_post_is_sent_once_unless_it_carries_an_idempotency_key()
    {
        await using var bad = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", TwoRetries, bad));
        using var client = Some.Client(mesh, "a", "b");

        var plain = await client.PostAsync("/", new StringContent("x"), Cancelled);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (plain.StatusCode, bad.Served));

        using var keyed = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("x") };
        keyed.Headers.Add("Idempotency-Key", "k1");
        var repeated = await client.SendAsync(keyed, Cancelled);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1 + 3), (repeated.StatusCode, bad.Served));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(64 * 1024, true)]
    [InlineData((64 * 1024) + 1, false)]
    [InlineData(300_000, false)]
    public async Task A_body_up_to_64_KiB_is_sent_again_and_a_larger_one_is_not(int size, bool again)
    {
        var calls = 0;
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, Cancelled);
            http.Response.StatusCode = Interlocked.Increment(ref calls) == 1 ? 503 : 200;
            await http.Response.WriteAsync($"{body.Length} {body.ToArray().Sum(b => b)}");
        });
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", TwoRetries, upstream));
        using var client = Some.Client(mesh, "a", "b");
        var bytes = new byte[size];
        new Random(1).NextBytes(bytes);

        var answer = await client.PutAsync("/", new ByteArrayContent(bytes), Cancelled);

        Assert.Equal($"{size} {bytes.Sum(b => b)}", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(again ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(again ? 2 : 1, calls);
    }

    [Fact]
    public async Task A_connection_refused_is_placed_elsewhere_for_any_method_and_without_declared_retries()
    {
        var gone = await Upstream.NamedAsync("gone");
        await gone.DisposeAsync();
        await using var good = await Upstream.StartAsync(async http => await http.Response.WriteAsync(await new StreamReader(http.Request.Body).ReadToEndAsync(Cancelled)));
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", CallPolicy.Default with { Balancer = BalancerKind.RoundRobin }, gone, good));
        using var client = Some.Client(mesh, "a", "b");

        for (var i = 0; i < 10; i++)
        {
            var answer = await client.PostAsync("/", new StringContent($"order {i}"), Cancelled);
            Assert.Equal($"order {i}", await answer.Content.ReadAsStringAsync(Cancelled));
        }

        // After five refusals it is not asked any more.
        var seen = mesh.Snapshot()[0].Pool.Endpoints[0];
        Assert.Equal((5, true), (seen.Failures, seen.EjectedFor is not null));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_before_its_first_byte_is_asked_for_again()
    {
        var calls = 0;
        await using var raw = new RawUpstream((_, stream) => Interlocked.Increment(ref calls) == 1
            ? RawUpstream.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Le")
            : RawUpstream.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        await using var mesh = await Some.MeshAsync(new PeerListener("a", "b", 0, TwoRetries, [new Endpoint("b-1", raw.Address)]));
        using var client = Some.Client(mesh, "a", "b");

        Assert.Equal("ok", await client.GetStringAsync("/", Cancelled));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_callee_that_fails_is_not_drowned_by_retries()
    {
        List<TrafficEvent> events = [];
        await using var bad = await Upstream.StartAsync(async http =>
        {
            await Task.Delay(20, Cancelled);
            http.Response.StatusCode = 503;
        });
        await using var mesh = await MeshEngine.StartAsync(
            new MeshOptions
            {
                OnEvent = e =>
                {
                    lock (events)
                    {
                        events.Add(e);
                    }
                },
            },
            new PeerTable([Some.Listener("a", "b", TwoRetries, bad)]),
            new TrafficRecorder(TimeProvider.System),
            TimeProvider.System,
            Cancelled);
        using var client = Some.Client(mesh, "a", "b");
        const int requests = 600;

        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = 60, CancellationToken = Cancelled }, async (_, cancel) =>
            await client.GetAsync("/", cancel));

        // A fifth of the requests under way, three at least; without the budget it would be three times as many.
        Assert.InRange(bad.Served, requests + 20, requests * 1.45);
        lock (events)
        {
            Assert.Contains(events, e => e.Kind == TrafficEventKind.RetryBudgetExhausted);
        }
    }

    [Fact]
    public async Task A_replica_that_dies_under_load_is_not_noticed_by_who_reads()
    {
        await using var stays = await Upstream.StartAsync(async http =>
        {
            await Task.Delay(5, Cancelled);
            await http.Response.WriteAsync("ok");
        });
        var dies = await Upstream.StartAsync(async http =>
        {
            await Task.Delay(5, Cancelled);
            await http.Response.WriteAsync("ok");
        });
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", TwoRetries with { Balancer = BalancerKind.PeakEwma, RetryBudget = new RetryBudgetSettings(100, 100) }, stays, dies));
        using var client = Some.Client(mesh, "a", "b");
        var (done, failures) = (0, 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var load = Enumerable.Range(0, 16).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = await client.GetAsync("/", Cancelled);
                Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref done : ref failures);
            }
        }).ToArray();
        await Until(() => dies.Served > 100);

        await dies.DisposeAsync();

        var before = done;
        await Until(() => done > before + 300);
        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(0, failures);
        Assert.True(mesh.Snapshot()[0].Pool.Endpoints.Sum(e => e.InFlight) == 0);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
