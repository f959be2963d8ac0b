using System.Net;
using Conway.Console.Tests.Played;

namespace Conway.Console.Tests;

public sealed class StreamTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_present_comes_first_and_then_what_changes()
    {
        await using var console = await RunningConsole.StartAsync(change: options => options with { GraphInterval = TimeSpan.FromHours(1) });
        using var events = await EventReading.OpenAsync(console.Program, "events");
        Assert.Equal("system", await events.NextAsync());
        for (var service = 0; service < 7; service++)
        {
            Assert.Equal("service", await events.NextAsync());
        }

        Assert.Equal("traffic", await events.NextAsync());
        Assert.Equal("graph", await events.NextAsync());
        console.System.Tell(new LiveEvent.Model(new(4, ["services.catalog.replicas"], true)));
        Assert.Equal("model", await events.NextAsync());
        Assert.Equal("""{"revision":4,"changed":["services.catalog.replicas"],"accepted":true}""", events.Data);
        console.System.Tell(new LiveEvent.Findings(new(1, 0, 0)));
        Assert.Equal("findings", await events.NextAsync());
    }

    [Fact]
    public async Task The_graph_comes_again_and_again_while_somebody_watches()
    {
        await using var console = await RunningConsole.StartAsync(change: options => options with { GraphInterval = TimeSpan.FromMilliseconds(20) });
        using var events = await EventReading.OpenAsync(console.Program, "events");
        for (var seen = 0; seen < 3; seen += await events.NextAsync() == "graph" ? 1 : 0)
        {
        }
    }

    [Fact]
    public async Task An_idle_stream_says_that_it_is_alive()
    {
        await using var console = await RunningConsole.StartAsync(change: options => options with { Heartbeat = TimeSpan.FromMilliseconds(20) });
        using var logs = await EventReading.OpenAsync(console.Program, "logs/stream");
        for (var alive = 0; alive < 3; alive++)
        {
            Assert.Equal(": alive", await logs.LineAsync());
            Assert.Equal("", await logs.LineAsync());
        }
    }

    [Fact]
    public async Task Records_come_as_they_are_written_and_losses_are_counted()
    {
        await using var console = await RunningConsole.StartAsync();
        using var logs = await EventReading.OpenAsync(console.Program, "logs/stream?query=level:info");
        await console.System.Log.Writer.WriteAsync(PlayedTelemetry.MakeLog(1), Cancel);
        Assert.Equal("log", await logs.NextAsync());
        Assert.Contains("\"id\":\"000000-001\"", logs.Data, StringComparison.Ordinal);
        console.System.LogDropped = 120;
        await console.System.Log.Writer.WriteAsync(PlayedTelemetry.MakeLog(19), Cancel);
        Assert.Equal("log", await logs.NextAsync());
        Assert.Equal("dropped", await logs.NextAsync());
        Assert.Equal("""{"count":120}""", logs.Data);
    }

    [Fact]
    public async Task A_page_that_is_closed_is_watching_no_more()
    {
        await using var console = await RunningConsole.StartAsync(change: options => options with { GraphInterval = TimeSpan.FromMilliseconds(20) });
        using (var events = await EventReading.OpenAsync(console.Program, "events"))
        {
            await events.NextAsync();
            Assert.Equal(1, console.System.Watching);
        }

        await Patience.UntilAsync(() => console.System.Watching == 0, "nobody watching");
    }

    [Fact]
    public async Task More_streams_than_there_are_seats_are_refused_and_a_seat_becomes_free_again()
    {
        await using var console = await RunningConsole.StartAsync(change: options => options with { StreamsMax = 1, Heartbeat = TimeSpan.FromMilliseconds(20) });
        using (await EventReading.OpenAsync(console.Program, "logs/stream"))
        {
            using var refused = await console.Program.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await Patience.UntilAsync(
            async () =>
            {
                using var again = await console.Program.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
                return again.StatusCode == HttpStatusCode.OK;
            },
            "a free seat");
    }

    [Fact]
    public async Task The_end_of_the_node_ends_every_stream()
    {
        var console = await RunningConsole.StartAsync();
        using var logs = await EventReading.OpenAsync(console.Program, "logs/stream");
        await console.Server.DisposeAsync().AsTask().WaitAsync(Patience.Limit, Cancel);
        await Assert.ThrowsAnyAsync<IOException>(async () => { while (await logs.LineAsync() is not null) { } throw new IOException("It ended."); });
        await console.DisposeAsync();
    }
}
