using System.Net;
using System.Text.Json;
using static Conway.Console.Tests.RunningNode;

namespace Conway.Console.Tests;

/// <summary>Every address against a real node with real processes behind it.</summary>
public sealed class NodeSourceTests(RunningNode node) : IClassFixture<RunningNode>
{
    [Theory]
    [InlineData("system", "name", "two")]
    [InlineData("system", "services", "2")]
    [InlineData("system", "healthy", "2")]
    [InlineData("services", "[0].name", "front")]
    [InlineData("services/front", "kind", "command")]
    [InlineData("services/front", "team", "makers")]
    [InlineData("services/front", "replicas[0].state", "healthy")]
    [InlineData("services/front", "calls[0].callee", "back")]
    [InlineData("services/front", "calls[0].attemptTimeoutMs", "2000")]
    [InlineData("services/front", "calls[0].balance", "peak-ewma")]
    [InlineData("services/front", "calls[0].required", "true")]
    [InlineData("services/front", "routes[0].path", "/front/**")]
    [InlineData("services/back", "wanted", "2")]
    [InlineData("services/back", "replicas[1].name", "back-2")]
    [InlineData("services/back", "slo.availability", "99.9")]
    [InlineData("services/back", "slo.p99Ms", "250")]
    [InlineData("graph", "nodes[0].id", "gateway")]
    [InlineData("graph", "edges[1].from", "front")]
    [InlineData("metrics?service=front", "metrics[0].name", "queue.length")]
    [InlineData("metrics/series?service=front&name=queue.length", "series[0].points[0].value", "42")]
    [InlineData("metrics/red?windowMs=900000", "rows[0].service", "front")]
    [InlineData("metrics/red?windowMs=900000", "rows[0].errorRatio", "1")]
    [InlineData("metrics/red?windowMs=900000", "rows[1].route", "GET /front")]
    [InlineData("metrics/red?run=" + EarlierRun, "rows[0].count", "5")]
    [InlineData("metrics/red?run=" + EarlierRun, "rows[1].route", "GET /front")]
    [InlineData("metrics/red?run=" + EarlierRun, "rows[1].errorRatio", "0.25")]
    [InlineData("metrics/red?run=" + EarlierRun, "rows[1].series[1].p99Ms", "10")]
    [InlineData("metrics/red?run=" + EarlierRun, "windowMs", "4010")]
    [InlineData("metrics/red?windowMs=1000&run=" + EarlierRun, "rows[0].count", "2")]
    [InlineData("metrics/compare?with=" + EarlierRun, "with.run", EarlierRun)]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[1].route", "GET /front")]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[1].run.errorRatio", "1")]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[1].with.count", "4")]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[1].change.errorRatio.value", "0.75")]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[1].change.p99.verdict", "tooFew")]
    [InlineData("metrics/compare?with=" + EarlierRun, "with.damage[0]", Torn)]
    [InlineData("metrics/red?run=" + EarlierRun, "damage[0]", Torn)]
    [InlineData("telemetry/runs/" + EarlierRun, "damage[0]", Torn)]
    [InlineData("telemetry/runs/" + EarlierRun, "current", "false")]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[2].route", "GET /gone")]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[2].run", "null")]
    [InlineData("metrics/compare?with=" + EarlierRun, "rows[2].change", "null")]
    [InlineData("metrics/compare?windowMs=60000&run=" + EarlierRun + "&with=" + EarlierRun, "rows[0].change.p99.value", "1")]
    [InlineData("telemetry", "memoryOnly", "false")]
    [InlineData("telemetry", "runs[0].current", "true")]
    [InlineData("model", "accepted", "true")]
    [InlineData("model", "files[0].name", "conway.yaml")]
    [InlineData("model", "plan.system", "two")]
    [InlineData("model/explain?path=services.front.calls.back.timeout", "value", "2s")]
    [InlineData("model/explain?path=services.front.calls.back.timeout", "place.file", "conway.yaml")]
    [InlineData("findings/rules/CW2104", "code", "CW2104")]
    [InlineData("traces?query=status:error%20service:front", "traces[0].traceId", TraceId)]
    [InlineData("traces?query=status:error%20service:front", "traces[0].services[0].errors", "1")]
    [InlineData("traces/" + TraceId, "spans[0].status", "error")]
    [InlineData("traces/" + TraceId, "spans[0].onCriticalPath", "true")]
    [InlineData("traces/" + TraceId, "spans[0].attributes/http.response.status_code", "500")]
    [InlineData("traces/" + TraceId, "logs[0].message", "card refused")]
    [InlineData("logs?query=level:error%20service:front", "records[0].attributes/order.id", "o-17")]
    [InlineData("logs?query=%22I%20am%20front%22", "records[0].source", "stdout")]
    public async Task A_real_node_answers(string path, string at, string expected)
    {
        // Telemetry is stored a moment after it was taken.
        var last = "";
        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    last = (await node.AskAsync(path)).TextAt(at);
                }
                catch (Exception e) when (e is KeyNotFoundException or IndexOutOfRangeException or InvalidOperationException)
                {
                    last = e.Message;
                }

                return last == expected;
            },
            $"{path} with {at} = {expected}");
    }

    [Fact]
    public async Task Traffic_is_seen_on_the_declared_edges()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await client.GetAsync(new Uri($"{node.Node.System.GatewayUrl}/front/a"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Patience.UntilAsync(async () => (await node.AskAsync("graph")).GetProperty("edges").EnumerateArray().All(edge => edge.GetProperty("observed").GetBoolean()), "traffic on every edge");
    }

    [Fact]
    public async Task Older_records_are_found_by_the_cursor_and_by_the_id_of_a_record()
    {
        await Patience.UntilAsync(async () => (await node.AskAsync("logs?query=%22I%20am%22")).GetProperty("records").GetArrayLength() >= 3, "three lines");
        var all = await node.AskAsync("logs?query=%22I%20am%22");
        var count = all.GetProperty("records").GetArrayLength(); // more than three when another test restarted a replica
        var newest = await node.AskAsync("logs?query=%22I%20am%22&limit=1");
        Assert.Equal(all.TextAt($"records[{count - 1}].id"), newest.TextAt("records[0].id"));
        foreach (var cursor in new[] { newest.TextAt("before"), newest.TextAt("records[0].id") })
        {
            Assert.Equal(all.TextAt($"records[{count - 2}].id"), (await node.AskAsync($"logs?query=%22I%20am%22&limit=1&before={Uri.EscapeDataString(cursor)}")).TextAt("records[0].id"));
        }
    }

    [Fact]
    public async Task A_finding_says_since_when_it_is_there()
    {
        var finding = (await node.AskAsync("findings")).GetProperty("findings")[0];
        var since = finding.GetProperty("since").GetDateTimeOffset();
        Assert.InRange(since, node.Node.StartedAt, DateTimeOffset.UtcNow);
        Assert.Equal(since, (await node.AskAsync("findings")).GetProperty("findings")[0].GetProperty("since").GetDateTimeOffset());
    }

    [Fact]
    public async Task Journeys_run_while_an_event_stream_is_open_and_the_stream_tells_when_they_begin_and_end_to_wait()
    {
        Assert.Equal("true", (await node.AskAsync("journeys")).TextAt("paused"));
        using (var first = await EventReading.OpenAsync(node.Program, "events"))
        {
            await first.UntilAsync("traffic", """{"paused":false}""");
            Assert.Equal("false", (await node.AskAsync("journeys")).TextAt("paused"));

            // A page that follows the logs and goes is not the last reader.
            using (await EventReading.OpenAsync(node.Program, "logs/stream"))
            {
            }

            using var second = await EventReading.OpenAsync(node.Program, "events");
            await second.UntilAsync("traffic", """{"paused":false}""");
        }

        await Patience.UntilAsync(async () => (await node.AskAsync("journeys")).TextAt("paused") == "true", "the pause");
        using var later = await EventReading.OpenAsync(node.Program, "events");
        await later.UntilAsync("traffic", """{"paused":false}""");
    }

    [Fact]
    public async Task A_replica_that_fails_its_calls_says_who_leaves_it_out_and_until_when()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Patience.UntilAsync(
            async () =>
            {
                using var answer = await client.GetAsync(new Uri($"{node.Node.System.GatewayUrl}/front/broken"), TestContext.Current.CancellationToken);
                return (await node.AskAsync("services/back")).GetProperty("replicas")[1] is var replica && replica.TextAt("ejectedBy") == """["front"]"""
                    && replica.GetProperty("ejectedUntil").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddSeconds(-2);
            },
            "the ejection of back-2");
        Assert.Equal(0, (await node.AskAsync("services/back")).GetProperty("replicas")[0].GetProperty("ejectedBy").GetArrayLength());
    }

    [Fact]
    public async Task A_killed_replica_comes_back_under_another_process_id()
    {
        var before = (await node.AskAsync("services/back")).TextAt("replicas[1].pid");
        using var answer = await node.Program.PostAsync("/api/v1/services/back/replicas/2/kill", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await Patience.UntilAsync(
            async () => await node.AskAsync("services/back") is var now && now.TextAt("replicas[1].state") == "healthy" && now.TextAt("replicas[1].pid") != before && now.TextAt("replicas[1].restarts") == "1",
            "the replica under a new process id");
    }

    [Theory]
    [InlineData("run=r-none", "logs")]
    [InlineData("run=..", "logs")]
    [InlineData("run=r-none", "traces")]
    [InlineData("run=r-none", "traces/" + TraceId)]
    [InlineData("run=r-none", "metrics/red")]
    [InlineData("run=r-none", "metrics")]
    [InlineData("run=..", "metrics/red")]
    public async Task A_run_that_is_not_stored_is_told_by_a_sentence(string run, string path)
    {
        using var answer = await node.Program.GetAsync(new Uri($"/api/v1/{path}?{run}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains($"No telemetry of a run '{run[4..]}' is stored.", JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
