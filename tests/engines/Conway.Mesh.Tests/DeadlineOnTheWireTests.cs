using System.Diagnostics;
using System.Globalization;
using System.Net;
using Conway.Traffic;
using Conway.Wire;
using Microsoft.AspNetCore.Http;

namespace Conway.Mesh.Tests;

public sealed class DeadlineOnTheWireTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_answered_504_and_the_upstream_is_told()
    {
        var told = new TaskCompletionSource();
        await using var slow = await Upstream.StartAsync(async http =>
        {
            http.RequestAborted.Register(told.SetResult);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

        // Long enough for the request to get there on a machine that has other things to do.
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", new CallPolicy { AttemptTimeout = TimeSpan.FromSeconds(1) }, slow));
        using var client = Some.Client(mesh, "a", "b");

        var answer = await client.GetAsync("/", Cancelled);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Contains("\"code\":\"timeout\"", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancelled);
    }

    [Fact]
    public async Task A_slow_attempt_is_followed_by_one_elsewhere()
    {
        await using var slow = await Upstream.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var fast = await Upstream.NamedAsync("fast");
        var policy = new CallPolicy { AttemptTimeout = TimeSpan.FromMilliseconds(500), Retries = 1, Balancer = BalancerKind.RoundRobin };
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", policy, slow, fast));
        using var client = Some.Client(mesh, "a", "b");

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("fast", await client.GetStringAsync("/", Cancelled));
        }
    }

    [Fact]
    public async Task The_budget_bounds_all_attempts_together()
    {
        await using var slow = await Upstream.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        var policy = new CallPolicy { AttemptTimeout = TimeSpan.FromMilliseconds(100), Budget = TimeSpan.FromMilliseconds(250), Retries = 10 };
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", policy, slow));
        using var client = Some.Client(mesh, "a", "b");
        var watch = Stopwatch.StartNew();

        var answer = await client.GetAsync("/", Cancelled);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.InRange(watch.ElapsedMilliseconds, 240, 5000);
        Assert.InRange(slow.Served, 2, 3);
    }

    [Fact]
    public async Task The_budget_bounds_a_body_that_never_ends()
    {
        await using var endless = await Upstream.StartAsync(async http =>
        {
            await http.Response.WriteAsync("begun");
            await http.Response.Body.FlushAsync(Cancelled);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", new CallPolicy { Budget = TimeSpan.FromMilliseconds(150) }, endless));
        using var client = Some.Client(mesh, "a", "b");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/", Cancelled));
    }

    [Fact]
    public async Task An_event_stream_outlives_the_budget()
    {
        await using var events = await Upstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            for (var i = 0; i < 4; i++)
            {
                await http.Response.WriteAsync($"data: {i}\n\n");
                await http.Response.Body.FlushAsync(Cancelled);
                await Task.Delay(200, Cancelled);
            }
        });
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", new CallPolicy { Budget = TimeSpan.FromMilliseconds(600), AttemptTimeout = TimeSpan.FromMilliseconds(590) }, events));
        using var client = Some.Client(mesh, "a", "b");

        Assert.Contains("data: 3", await client.GetStringAsync("/", Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 2000, null, 2000)]   // the call's own budget
    [InlineData("500", 2000, null, 500)]   // what the caller has left
    [InlineData("60000", 2000, null, 2000)]
    [InlineData(null, 2000, 700, 700)]     // the caller's declared budget, where it says nothing
    [InlineData("900", 2000, 700, 900)]    // what it says counts more
    [InlineData("nonsense", 2000, null, 2000)]
    public async Task The_upstream_is_told_how_much_time_is_left_and_never_more(string? header, int budgetMs, int? requestBudgetMs, int expectedMs)
    {
        await using var upstream = await Upstream.StartAsync(http => http.Response.WriteAsync(http.Request.Headers["conway-deadline-ms"].ToString()));
        var listener = Some.Listener("a", "b", new CallPolicy { Budget = TimeSpan.FromMilliseconds(budgetMs) }, upstream) with
        {
            RequestBudget = requestBudgetMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        };
        await using var mesh = await Some.MeshAsync(listener);
        using var client = Some.Client(mesh, "a", "b");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (header is not null)
        {
            request.Headers.Add("conway-deadline-ms", header);
        }

        var answer = await client.SendAsync(request, Cancelled);

        var left = int.Parse(await answer.Content.ReadAsStringAsync(Cancelled), CultureInfo.InvariantCulture);
        Assert.InRange(left, expectedMs - 400, expectedMs);
    }

    [Fact]
    public async Task Without_any_limit_none_is_sent()
    {
        await using var upstream = await Upstream.StartAsync(http => http.Response.WriteAsync(http.Request.Headers["conway-deadline-ms"].Count.ToString(CultureInfo.InvariantCulture)));
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", upstream));
        using var client = Some.Client(mesh, "a", "b");

        Assert.Equal("0", await client.GetStringAsync("/", Cancelled));
    }

    [Fact]
    public async Task A_request_whose_time_is_up_does_not_reach_the_upstream()
    {
        await using var upstream = await Upstream.NamedAsync("b");
        await using var mesh = await Some.MeshAsync(Some.Listener("a", "b", upstream));
        using var client = Some.Client(mesh, "a", "b");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("conway-deadline-ms", "0");

        var answer = await client.SendAsync(request, Cancelled);

        Assert.Equal((HttpStatusCode.GatewayTimeout, 0), (answer.StatusCode, upstream.Served));
    }
}
