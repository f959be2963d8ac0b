using Conway.Observations;
using Conway.Traffic;
using Conway.Wire;
using Microsoft.AspNetCore.Http;
using Endpoint = Conway.Traffic.Endpoint;

namespace Conway.Mesh.Tests;

public sealed class TableTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_with_a_taken_port_is_refused_whole_and_the_old_one_stays()
    {
        await using var catalog = await Upstream.NamedAsync("catalog");
        var first = Some.Listener("orders", "catalog", catalog);
        await using var mesh = await Some.MeshAsync(first);

        var applied = await mesh.ApplyAsync(
            new PeerTable([Some.Listener("basket", "catalog", catalog), Some.Listener("shipping", "catalog", catalog) with { Port = catalog.Port }]), Cancelled);

        var refusal = Assert.Single(applied.Refused);
        Assert.StartsWith($"shipping → catalog: Can't listen on 127.0.0.1:{catalog.Port}: ", refusal.Reason, StringComparison.Ordinal);
        Assert.Null(mesh.PortOf("basket", "catalog"));
        using var client = Some.Client(mesh, "orders", "catalog");
        Assert.Equal("catalog", await client.GetStringAsync("/", Cancelled));
    }

    [Fact]
    public async Task A_listener_dropped_from_the_table_lets_its_request_end()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var catalog = await Upstream.StartAsync(async http =>
        {
            entered.SetResult();
            await leave.Task;
            await http.Response.WriteAsync("done");
        });
        await using var mesh = await Some.MeshAsync(Some.Listener("orders", "catalog", catalog));
        using var client = Some.Client(mesh, "orders", "catalog");
        var request = client.GetStringAsync("/", Cancelled);
        await entered.Task;

        await mesh.ApplyAsync(PeerTable.Empty, Cancelled);
        Assert.Equal(1, mesh.UnderWay(catalog.Address));
        leave.SetResult();

        Assert.Equal("done", await request);
        while (mesh.UnderWay(catalog.Address) > 0)
        {
            await Task.Delay(1, Cancelled);
        }
    }

    [Fact]
    public async Task A_check_that_fails_takes_a_replica_out_for_every_caller_and_one_that_passes_brings_it_back()
    {
        await using var one = await Upstream.NamedAsync("one");
        await using var two = await Upstream.NamedAsync("two");
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "c", one, two), Some.Listener("b", "c", one, two));

        mesh.SetHealth("c-1", EndpointHealth.Unhealthy);
        Assert.Equal(["two"], await AnswersAsync(mesh));
        mesh.SetHealth("c-2", EndpointHealth.Draining);
        Assert.Equal(["503"], await AnswersAsync(mesh));
        mesh.SetHealth("c-1", EndpointHealth.Healthy);
        Assert.Equal(["one"], await AnswersAsync(mesh));
    }

    [Fact]
    public async Task Tables_change_under_load_and_no_request_is_lost()
    {
        await using var one = await Upstream.NamedAsync("ok");
        await using var two = await Upstream.NamedAsync("ok");
        var stays = Some.Listener("a", "b", one);
        await using var mesh = await Some.MeshAsync(stays);
        using var client = Some.Client(mesh, "a", "b");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var failed = 0;
        var load = Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = await client.PostAsync("/", new StringContent("x"), Cancelled);
                Interlocked.Add(ref failed, answer.IsSuccessStatusCode ? 0 : 1);
            }
        }).ToArray();

        for (var i = 0; i < 60; i++)
        {
            await mesh.ApplyAsync(
                i % 2 == 0 ? new PeerTable([Some.Listener("a", "b", two), Some.Listener($"other-{i}", "b", one)]) : new PeerTable([stays with { Policy = new CallPolicy { Retries = i % 3 } }]),
                Cancelled);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(0, failed);
    }

    [Fact]
    public async Task What_is_in_force_can_be_looked_at()
    {
        await using var catalog = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Path == "/bad" ? 500 : 200;
            return Task.CompletedTask;
        });
        var recorder = new TrafficRecorder(TimeProvider.System);
        await using var mesh = await Some.MeshAsync(recorder, Some.Listener("orders", "catalog", catalog), new PeerListener("basket", "catalog", 0, CallPolicy.Default, [new Endpoint("catalog-1", catalog.Address)]));
        using var client = Some.Client(mesh, "orders", "catalog");
        await client.GetAsync("/", Cancelled);
        await client.GetAsync("/bad", Cancelled);

        var snapshot = mesh.Snapshot();

        Assert.Equal(["basket → catalog", "orders → catalog"], snapshot.Select(s => s.Pool.Name));
        var endpoint = snapshot[1].Pool.Endpoints[0];
        Assert.Equal(("catalog-1", catalog.Address, 2L, 1L, 0), (endpoint.Id, endpoint.Address, endpoint.Requests, endpoint.Failures, endpoint.InFlight));
        Assert.Equal((mesh.PortOf("orders", "catalog"), 1), (snapshot[1].Port, snapshot[1].Connections));
        var seen = Assert.Single(recorder.CutWindow());
        Assert.Equal(("orders", "catalog", 2L, 1L), (seen.Caller, seen.Callee, seen.Count, seen.Errors));
    }

    private static async Task<IEnumerable<string>> AnswersAsync(MeshEngine mesh)
    {
        SortedSet<string> answers = [];
        foreach (var caller in (string[])["a", "b"])
        {
            using var client = Some.Client(mesh, caller, "c");
            for (var i = 0; i < 6; i++)
            {
                var answer = await client.GetAsync("/", Cancelled);
                answers.Add(answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(Cancelled) : $"{(int)answer.StatusCode}");
            }
        }

        return answers;
    }
}
