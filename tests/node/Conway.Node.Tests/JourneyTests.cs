namespace Conway.Node.Tests;

public sealed class JourneyTests
{
    private const string Looking = Bench.TwoServices + "\n" + """
        journeys:
          look: { traffic: true, rate: 20/s, steps: [ { get: /front/a } ] }
          quiet: { rate: 20/s, steps: [ { get: /back/a } ] }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traffic_flows_through_the_gateway_while_somebody_looks_and_not_before_all_is_healthy()
    {
        await using var bench = new Bench(Looking);
        var host = await bench.StartAsync();
        host.Watched = true;
        await bench.Until(() => host.Journeys[0].Succeeded > 3, "walks that succeed");
        Assert.Equal(SystemState.Running, host.System.State);
        Assert.Equal((0, null, false), (host.Journeys[0].Failed, host.Journeys[0].LastFailure, host.Journeys[1].Running));

        host.Watched = true;
        host.Watched = false;
        await bench.Until(() => Told().Length == 2, "the pause is told");
        Assert.Equal([false, true], Told());
        Assert.Equal((true, false), (host.JourneysPaused, host.Journeys[0].Running));
        Assert.Equal((true, false), (host.StartJourney("quiet"), host.StartJourney("nobody")));
        await bench.Until(() => host.Journeys[1].Succeeded > 3, "walks that were started by hand");
        Assert.True(host.StopJourney("quiet"));

        bool[] Told() => [.. bench.Seen.OfType<NodeEvent.JourneysPaused>().Select(told => told.Paused)];
    }

    [Fact]
    public async Task The_trace_of_a_walk_begins_with_the_journey_and_shows_every_attempt_and_the_graph_counts_none_of_them_twice()
    {
        await using var bench = new Bench(Looking);
        bench.Write("front.js", """
            const http = require('http');
            http.createServer((q, r) => http.get(process.env.BACK_URL + '/x', { headers: { traceparent: q.headers.traceparent } }, a => { a.resume(); a.on('end', () => r.end('front')); })
              .on('error', e => { r.statusCode = 502; r.end(e.message); })).listen(process.env.PORT, process.env.HOST);
            """);

        // One of the two replicas fails whatever it is asked, so that the listener tries the other.
        bench.Write("back.js", "const bad = process.env.OTEL_RESOURCE_ATTRIBUTES.includes('back-1'); require('http').createServer((q, r) => { r.statusCode = bad ? 503 : 200; r.end('x'); }).listen(process.env.PORT, process.env.HOST);");
        var host = await bench.StartHealthyAsync();
        host.Watched = true;

        // Which replica is asked first is chance, so it walks until one walk had to try again.
        Assert.True(Conway.Telemetry.TelemetryQuery.TryParse("service:mesh attr.http.request.resend_count:1", out var query, out _));
        Conway.Telemetry.TraceView? trace = null;
        await bench.Until(
            () =>
            {
                // The root comes first in a trace and last in time; a server may still write its own span when its client has its answer.
                trace = host.Telemetry.Queries.SearchTracesAsync(query!, new(), Cancel).Result.Traces
                    .Select(found => host.Telemetry.Queries.FindTraceAsync(found.Id, Cancel).Result).FirstOrDefault(found => found is { Spans.Count: > 5 } && found.Spans[0].Span.Service == "journeys");
                return trace is not null;
            },
            "a trace with a retry");
        Assert.Equal(
            ["0 journeys journey look Internal", "1 journeys GET Client", "2 gateway GET /front/** Server", "3 gateway GET Client", "4 mesh GET Client", "4 mesh GET Client"],
            trace!.Spans.Select(one => $"{one.Depth} {one.Span.Service} {one.Span.Name} {one.Span.Kind}"));
        Assert.Equal(["503", "200"], trace.Spans.Where(one => one.Span.Service == "mesh").Select(one => one.Span.Attributes.Single(a => a.Key == "http.response.status_code").Text));

        var graph = host.Graph(TimeSpan.FromMinutes(1));
        Assert.Equal(["gateway>front", "gateway>back", "front>back"], graph.Edges.Select(e => $"{e.From}>{e.To}"));
        Assert.Equal(["gateway", "front", "back"], graph.Nodes.Select(n => n.Id));
    }

    [Fact]
    public async Task A_changed_journey_is_taken_over_and_one_that_cannot_be_walked_is_told_and_stands_still()
    {
        await using var bench = new Bench(Looking);
        var host = await bench.StartHealthyAsync();
        host.Watched = true;
        bench.Write("conway.yaml", Looking.Replace("/front/a", "/nowhere", StringComparison.Ordinal));
        await bench.Until(() => host.Journeys[0].LastFailure?.Detail == "expected 2xx, got 404", "the changed journey");

        bench.Write("conway.yaml", Looking.Replace("/front/a", "\"/front/${nothing}\"", StringComparison.Ordinal));
        await bench.Until(() => host.Findings.Any(f => f.Code == "CW1302") && !host.Journeys[0].Running, "the finding");
        Assert.Equal(11, host.Findings.Single(f => f.Code == "CW1302").Place?.Line);
        Assert.False(host.StartJourney("look"));
        Assert.True(host.StartJourney("quiet"));
    }
}
