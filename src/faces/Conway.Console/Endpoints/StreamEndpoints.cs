using Conway.Console.Api;
using Conway.Console.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>What is pushed: changes, and log records as they come.</summary>
internal sealed class StreamEndpoints(ConsoleSource source, ConsoleOptions options, TimeProvider clock, CancellationToken ending)
{
    private readonly StreamSeats _seats = new(options.StreamsMax);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/events", (HttpContext http, CancellationToken left) => SeatedAsync(http, EventsAsync, null, left)).Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .WithSummary("Everything that changes: system, service, findings, model, graph, traffic");
        api.MapGet("/logs/stream", (HttpContext http, string? query, CancellationToken left) =>
                SeatedAsync(http, (stream, cancel) => LogsAsync(stream, query ?? "", cancel), () => source.FollowLogs(query ?? "").Dispose(), left))
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").WithSummary("Log records as they come: log, dropped");
    }

    private async Task SeatedAsync(HttpContext http, Func<EventStream, CancellationToken, Task> write, Action? check, CancellationToken left)
    {
        if (!_seats.TryTake())
        {
            http.Response.Headers.RetryAfter = "5";
            await Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "Too many streams", $"{options.StreamsMax} streams are open already. Close a page.");
            return;
        }

        try
        {
            // A search that cannot be read is refused while that can still be said.
            check?.Invoke();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(left, ending);
            await write(await EventStream.OpenAsync(http), either.Token);
        }
        catch (BadQueryException bad)
        {
            await Problems.Of(bad).ExecuteAsync(http);
        }
        catch (OperationCanceledException)
        {
            // The reader left, or the node ends.
        }
        finally
        {
            _seats.Leave();
        }
    }

    private async Task EventsAsync(EventStream stream, CancellationToken cancel)
    {
        using var feed = source.Watch();
        var reader = new FeedReader<LiveEvent>(feed.Items, clock);
        AddEverything(stream);
        var (graphAt, aliveAt, dropped) = (clock.GetUtcNow(), clock.GetUtcNow() + options.Heartbeat, 0L);
        while (true)
        {
            var now = clock.GetUtcNow();
            if (now >= graphAt)
            {
                stream.Add("graph"u8, source.Graph(Bounds.GraphWindow), ApiJson.Default.Graph);
                (graphAt, aliveAt) = (now + options.GraphInterval, now + options.Heartbeat);
            }

            // A reader that fell behind has missed changes; it is told all that is true now instead.
            if (feed.Dropped is var lost && lost != dropped)
            {
                dropped = lost;
                AddEverything(stream);
            }

            await stream.FlushAsync();
            if (now >= aliveAt)
            {
                await stream.HeartbeatAsync();
                aliveAt = now + options.Heartbeat;
            }

            if (await reader.WaitAsync((graphAt < aliveAt ? graphAt : aliveAt) - now, cancel) is not { } more)
            {
                return;
            }

            for (var batch = 256; more && batch > 0 && reader.TryRead(out var what); batch--)
            {
                Add(stream, what);
            }
        }
    }

    private async Task LogsAsync(EventStream stream, string query, CancellationToken cancel)
    {
        using var feed = source.FollowLogs(query);
        var reader = new FeedReader<LogRecord>(feed.Items, clock);
        var told = 0L;
        while (true)
        {
            switch (await reader.WaitAsync(options.Heartbeat, cancel))
            {
                case null:
                    return;
                case false:
                    await stream.HeartbeatAsync();
                    continue;
            }

            for (var batch = 256; batch > 0 && reader.TryRead(out var record); batch--)
            {
                stream.Add("log"u8, record, ApiJson.Default.LogRecord);
            }

            if (feed.Dropped is var lost && lost != told)
            {
                stream.Add("dropped"u8, new DroppedNotice(lost - told), ApiJson.Default.DroppedNotice);
                told = lost;
            }

            await stream.FlushAsync();
        }
    }

    private void AddEverything(EventStream stream)
    {
        stream.Add("system"u8, source.System, ApiJson.Default.SystemInfo);
        foreach (var service in source.Services)
        {
            stream.Add("service"u8, service, ApiJson.Default.ServiceInfo);
        }

        stream.Add("traffic"u8, new TrafficState(source.Journeys.Paused), ApiJson.Default.TrafficState);
    }

    private static void Add(EventStream stream, LiveEvent what)
    {
        switch (what)
        {
            case LiveEvent.System system:
                stream.Add("system"u8, system.Now, ApiJson.Default.SystemInfo);
                break;
            case LiveEvent.Service service:
                stream.Add("service"u8, service.Now, ApiJson.Default.ServiceInfo);
                break;
            case LiveEvent.Findings findings:
                stream.Add("findings"u8, findings.Now, ApiJson.Default.FindingCounts);
                break;
            case LiveEvent.Model model:
                stream.Add("model"u8, model.Change, ApiJson.Default.ModelChange);
                break;
            case LiveEvent.Traffic traffic:
                stream.Add("traffic"u8, new TrafficState(traffic.Paused), ApiJson.Default.TrafficState);
                break;
        }
    }
}
