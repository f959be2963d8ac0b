using System.Diagnostics;
using System.Net;
using Conway.Wire;
using Microsoft.AspNetCore.Http;

namespace Conway.Forwarding.Tests;

public sealed class WireServerTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_hundred_listeners_need_no_more_threads_than_one_and_each_has_its_own_handler()
    {
        await using var server = await WireServer.StartAsync(new WireOptions(), TimeProvider.System, Cancelled);
        await server.ListenAsync(AnyPort, http => http.Response.WriteAsync("first"), Cancelled);
        var threads = Process.GetCurrentProcess().Threads.Count;
        List<WireListener> listeners = [];
        for (var i = 0; i < 300; i++)
        {
            var name = $"listener {i}";
            listeners.Add(await server.ListenAsync(AnyPort, http => http.Response.WriteAsync(name), Cancelled));
        }

        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 0, threads + 60);
        using var client = new HttpClient();
        foreach (var i in (int[])[0, 17, 299])
        {
            Assert.Equal($"listener {i}", await client.GetStringAsync($"http://{listeners[i].Place}/", Cancelled));
        }

        await Task.WhenAll(listeners.Select(l => l.CloseAsync(TimeSpan.FromSeconds(5))));
    }

    [Fact]
    public async Task A_closed_listener_lets_its_request_end_accepts_nothing_and_leaves_the_others_alone()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await WireServer.StartAsync(new WireOptions(), TimeProvider.System, Cancelled);
        var other = await server.ListenAsync(AnyPort, http => http.Response.WriteAsync("other"), Cancelled);
        var closing = await server.ListenAsync(
            AnyPort,
            async http =>
            {
                entered.SetResult();
                await leave.Task;
                await http.Response.WriteAsync("done");
            },
            Cancelled);
        using var client = new HttpClient();
        Assert.Equal("other", await client.GetStringAsync($"http://{other.Place}/", Cancelled));
        var request = client.GetAsync($"http://{closing.Place}/", Cancelled);
        await entered.Task;

        var closed = closing.CloseAsync(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var another = new HttpClient();
            await another.GetAsync($"http://{closing.Place}/", Cancelled);
        });
        Assert.False(closed.IsCompleted);
        leave.SetResult();
        var answer = await request;
        Assert.Equal("done", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.True(answer.Headers.ConnectionClose);
        await closed.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
        Assert.Equal("other", await client.GetStringAsync($"http://{other.Place}/", Cancelled));
    }

    [Fact]
    public async Task An_idle_connection_does_not_hold_up_a_close_and_a_stuck_one_is_cut_after_the_drain_time()
    {
        await using var server = await WireServer.StartAsync(new WireOptions(), TimeProvider.System, Cancelled);
        var entered = new TaskCompletionSource();
        var listener = await server.ListenAsync(
            AnyPort,
            http =>
            {
                entered.SetResult();
                return Task.Delay(Timeout.Infinite, http.RequestAborted);
            },
            Cancelled);
        using var silent = await RawClient.ConnectAsync(listener.Place.Port);
        using var stuck = await RawClient.ConnectAsync(listener.Place.Port);
        await stuck.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await entered.Task;

        var watch = Stopwatch.StartNew();
        await listener.CloseAsync(TimeSpan.FromMilliseconds(200));

        Assert.InRange(watch.ElapsedMilliseconds, 150, 5000);
        Assert.Equal("", await stuck.ReceiveAsync());
        Assert.Equal("", await silent.ReceiveAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_to_be()
    {
        await using var server = await WireServer.StartAsync(new WireOptions(), TimeProvider.System, Cancelled);
        var first = await server.ListenAsync(AnyPort, _ => Task.CompletedTask, Cancelled);

        var taken = await Assert.ThrowsAsync<IOException>(() => server.ListenAsync(first.Place, _ => Task.CompletedTask, Cancelled));

        Assert.StartsWith($"Can't listen on {first.Place}: ", taken.Message, StringComparison.Ordinal);
    }
}
