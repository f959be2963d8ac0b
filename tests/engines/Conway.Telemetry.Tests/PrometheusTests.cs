using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Conway.Observations;

namespace Conway.Telemetry.Tests;

/// <summary>Debian's own Prometheus and promtool read the page.</summary>
public sealed class PrometheusTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promtool_finds_nothing_to_say_against_the_page()
    {
        var traffic = new TrafficRecorder(TimeProvider.System);
        traffic.Edge("gateway", "orders").Record("http", "GET /orders/{id}", failed: false, retries: 0, TimeSpan.FromMilliseconds(3));
        await using var fixture = await EngineFixture.StartAsync(options => options with { Traffic = traffic });
        await SendAsync(fixture, DateTimeOffset.UtcNow, 7);
        var page = await ScrapeTests.ScrapeAsync(fixture, null);

        using var promtool = Start("promtool", ["check", "metrics"]);
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync(Stop) + await promtool.StandardError.ReadToEndAsync(Stop);
        await promtool.WaitForExitAsync(Stop);
        Assert.Equal(("", 0), (said, promtool.ExitCode));
    }

    [Fact]
    public async Task Prometheus_scrapes_everything_with_the_jobs_and_instances_of_the_services()
    {
        var traffic = new TrafficRecorder(TimeProvider.System);
        var edge = traffic.Edge("gateway", "orders");
        foreach (var ms in (int[])[1, 1, 1, 100])
        {
            edge.Record("http", "GET /orders/{id}", failed: ms == 100, retries: 0, TimeSpan.FromMilliseconds(ms));
        }

        traffic.Edge("orders", "say \"hi\"").Record("http", "GET C:\\dir\nnext", failed: false, retries: 0, TimeSpan.FromMilliseconds(1));
        await using var fixture = await EngineFixture.StartAsync(options => options with
        {
            Traffic = traffic,
            Measures = () => [new("conway_replica_state", false, "", "1 for the state that a replica is in.", [new([("replica", "orders-1"), ("state", "healthy")], 1), new([("replica", "orders-1"), ("state", "failed")], 0)])],
        });
        var folder = Directory.CreateTempSubdirectory("conway-prometheus-");
        var port = FreePorts.Next();
        var written = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs", "reference", "prometheus.md"), Stop);
        var example = written.Split("```yaml\n")[1].Split("```")[0];
        Assert.Contains("127.0.0.1:41001", example, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "prometheus.yml"),
            "global: { scrape_interval: 1s, scrape_timeout: 1s }\n" + example.Replace("127.0.0.1:41001", $"127.0.0.1:{fixture.Engine.Port}", StringComparison.Ordinal), Stop);
        using var prometheus = Start("prometheus",
        [
            $"--config.file={folder.FullName}/prometheus.yml", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}",
            "--enable-feature=exemplar-storage", "--log.level=warn",
        ]);
        var log = Task.WhenAll(prometheus.StandardOutput.ReadToEndAsync(CancellationToken.None), prometheus.StandardError.ReadToEndAsync(CancellationToken.None));
        prometheus.StandardInput.Close();
        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/"), Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            // Sent again and again, as an SDK does, so that no sample is too old to be asked for.
            var began = Some.Start;
            await Until(
                async () =>
                {
                    await SendAsync(fixture, DateTimeOffset.UtcNow, 7);
                    return await QueryAsync(api, "h_seconds_count") is [{ }, ..];
                },
                HasEnded);

            Assert.Equal(["1 conway 127.0.0.1:" + fixture.Engine.Port], await QueryAsync(api, "up"));
            Assert.Equal(["7 orders orders-1"], await QueryAsync(api, "c_total"));
            Assert.Equal(["-3 orders orders-1"], await QueryAsync(api, "g"));
            Assert.Equal(["1 orders orders-1 0.5", "3 orders orders-1 2.0", "6 orders orders-1 +Inf"], await QueryAsync(api, "h_seconds_bucket"));
            Assert.Equal(["7 orders orders-1 0.5", "42 orders orders-1 0.99"], await QueryAsync(api, "s"));
            Assert.Equal(["1 orders orders-1"], await QueryAsync(api, "target_info"));
            Assert.Equal(["1.4375 orders orders-1"], await QueryAsync(api, "histogram_quantile(0.375, h_seconds_bucket)"));
            Assert.Equal(["4"], await QueryAsync(api, "sum by (caller) (conway_edge_requests_total{callee=\"orders\"})"));
            Assert.Equal(["0.25"], await QueryAsync(api, "sum(conway_edge_errors_total) / sum(conway_edge_requests_total{caller=\"gateway\"})"));

            // Three of four took a millisecond: above 0.512 ms, up to 1.024.
            Assert.Equal("0.000853", Assert.Single(await QueryAsync(api, "histogram_quantile(0.5, sum by (le) (conway_edge_duration_seconds_bucket{callee=\"orders\"}))"))[..8]);
            Assert.Equal(["1"], await QueryAsync(api, """count(conway_edge_requests_total{callee="say \"hi\"",operation="GET C:\\dir\nnext"})"""));
            Assert.Equal(["1"], await QueryAsync(api, "sum(conway_replica_state{state=\"healthy\"})"));
            Assert.Equal(["1"], await QueryAsync(api, "count(conway_server_requests_total{service=\"orders\"})"));
            Assert.Equal(["0"], (await QueryAsync(api, "conway_telemetry_memory_only")).Select(row => row.Split(' ')[0]));

            // The service is started again: it counts from nothing, and nobody sees a rate below it.
            var restarted = DateTimeOffset.UtcNow;
            await Until(
                async () =>
                {
                    await SendAsync(fixture, DateTimeOffset.UtcNow, 2, restarted);
                    return await QueryAsync(api, "c_total") is ["2 orders orders-1"];
                },
                HasEnded);
            Assert.Equal(["1 orders orders-1"], await QueryAsync(api, "resets(c_total[5m])"));
            Assert.Equal(["1 orders orders-1"], await QueryAsync(api, string.Create(CultureInfo.InvariantCulture, $"c_created >= bool {restarted.ToUnixTimeSeconds() - 1}")));
            Assert.Empty(await QueryAsync(api, "rate(c_total[5m]) < 0"));
            Assert.NotEmpty(await QueryAsync(api, "rate(c_total[5m]) > 0"));

            var target = (await GetAsync(api, "targets")).GetProperty("activeTargets")[0];
            Assert.Equal(("up", ""), (target.GetProperty("health").GetString(), target.GetProperty("lastError").GetString()));
            var metadata = (await GetAsync(api, "metadata?metric=h_seconds")).GetProperty("h_seconds")[0];
            Assert.Equal(("histogram", "seconds"), (metadata.GetProperty("type").GetString(), metadata.GetProperty("unit").GetString()));
            var exemplars = await GetAsync(api, string.Create(CultureInfo.InvariantCulture, $"query_exemplars?query=h_seconds_bucket&start={began.ToUnixTimeSeconds() - 1}&end={DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60}"));
            Assert.Equal(Some.Trace().ToString(), exemplars[0].GetProperty("exemplars")[0].GetProperty("labels").GetProperty("trace_id").GetString());
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }

        string HasEnded() => $"a scrape; prometheus has {(prometheus.HasExited ? $"ended: {string.Join('\n', log.Result)}" : "not ended")}";
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"This test needs '{program}'; eng/setup test names the package.", missing);
        }
    }

    // All kinds, with times that Prometheus takes for now.
    private static async Task SendAsync(EngineFixture fixture, DateTimeOffset now, double value, DateTimeOffset? start = null)
    {
        var at = (now - Some.Start).TotalSeconds;
        await fixture.SendAsync(
            Signal.Metrics, "orders",
            MetricTests.Counter("c", value, at, start: start is { } begun ? (begun - Some.Start).TotalSeconds : -1000), MetricTests.Gauge("g", -3, at), MetricTests.Histogram("h", [1, 2, 3], [0.5, 2], at), MetricTests.Exponential("e", 0, [3, 4], at), MetricTests.Summary("s", at));
        await fixture.SendAsync(Signal.Traces, "orders", Some.Span(1, kind: SpanKind.Server, start: now));
    }

    private static async Task<string[]> QueryAsync(HttpClient api, string query)
    {
        var rows = new List<(double Le, string Text)>();
        foreach (var row in (await GetAsync(api, "query?query=" + Uri.EscapeDataString(query))).GetProperty("result").EnumerateArray())
        {
            var labels = row.GetProperty("metric");
            var bound = Label("le") ?? Label("quantile");
            rows.Add((bound is null or "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture), string.Join(' ', new[] { row.GetProperty("value")[1].GetString(), Label("job"), Label("instance"), bound }.OfType<string>())));

            string? Label(string name) => labels.TryGetProperty(name, out var value) ? value.GetString() : null;
        }

        return [.. rows.OrderBy(row => row.Le).Select(row => row.Text)];
    }

    private static async Task<JsonElement> GetAsync(HttpClient api, string path)
    {
        using var document = JsonDocument.Parse(await api.GetStringAsync(new Uri(path, UriKind.Relative), Stop));
        return document.RootElement.GetProperty("data").Clone();
    }

    private static async Task Until(Func<Task<bool>> condition, Func<string> what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            try
            {
                await Task.Delay(100, limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Never came: {what()}.");
            }
        }
    }
}
