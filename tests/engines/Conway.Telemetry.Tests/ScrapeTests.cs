using System.Net;
using Conway.Observations;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Scraping;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Tests;

public sealed class ScrapeTests
{
    private const string OpenMetrics = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

    private static CancellationToken Stop => EngineFixture.Stop;

    private static ulong At(double seconds) => UnixNano.Of(Some.Start.AddSeconds(seconds));

    [Theory]
    [InlineData("http.server.request.duration", "s", "http_server_request_duration_seconds", "seconds")]
    [InlineData("http.server.request.duration.seconds", "s", "http_server_request_duration_seconds", "seconds")]
    [InlineData("seconds", "s", "seconds", "seconds")]
    [InlineData("seconds_before_my_birthday", "s", "seconds_before_my_birthday_seconds", "seconds")]
    [InlineData("system.filesystem.usage", "By", "system_filesystem_usage_bytes", "bytes")]
    [InlineData("(lambda).function.executions(#)", "", "lambda_function_executions", "")]
    [InlineData("net.io", "By/s", "net_io_bytes_per_second", "bytes_per_second")]
    [InlineData("net.requests", "{request}/s", "net_requests_per_second", "per_second")]
    [InlineData("net.dropped", "{packets}", "net_dropped", "")]
    [InlineData("net.dropped", "packets", "net_dropped_packets", "packets")]
    [InlineData("memory.use", "1", "memory_use_ratio", "ratio")]
    [InlineData("memory.use", "%", "memory_use_percent", "percent")]
    [InlineData("a..b__c", "ms", "a_b_c_milliseconds", "milliseconds")]
    [InlineData("job:rate", "", "job:rate", "")]
    [InlineData("2xx", "", "_2xx", "")]
    [InlineData("größe", "", "gr_e", "")]
    [InlineData("", "", "unnamed", "")]
    [InlineData("…", "{", "unnamed", "")]
    [InlineData("x", "m/s", "x_meters_per_second", "meters_per_second")]
    [InlineData("x", "a/b/c", "x_a_per_b_c", "a_per_b_c")]
    public void A_metric_has_the_name_that_the_compatibility_specification_gives_it(string metric, string unit, string name, string word) =>
        Assert.Equal((name, word), PrometheusNames.Of(metric, unit, FamilyType.Gauge));

    [Theory]
    [InlineData("requests", "{request}", "requests")]
    [InlineData("requests.total", "", "requests")]
    [InlineData("hits", "1", "hits")]
    [InlineData("cpu.time", "s", "cpu_time_seconds")]
    [InlineData("cpu.seconds.total", "s", "cpu_seconds")]
    public void A_counter_has_its_unit_before_the_total(string metric, string unit, string name) =>
        Assert.Equal(name, PrometheusNames.Of(metric, unit, FamilyType.Counter).Name);

    [Fact]
    public void Labels_have_names_that_prometheus_allows_and_keys_that_fall_together_share_one()
    {
        var labels = new LabelText().With("job", "shop/orders").With("instance", "").With(
            [("http.route", "/a\"b\\c\nd"), ("http_route", "second"), ("le", "7"), ("1st", "x"), ("__name__", "y"), ("größe", "z"), ("empty", ""), ("job", "theirs")]);
        Assert.Equal(
            """exported_job="theirs",exported_le="7",gr__e="z",http_route="/a\"b\\c\nd;second",job="shop/orders",key_1st="x",key__name__="y" """.TrimEnd(), labels.ToString());
        var many = new LabelText().With(Enumerable.Range(0, 100).Select(n => ($"k{n:d3}", new string('é', 300))));
        Assert.Equal(LabelText.LabelsMax, many.ToString().Split("=\"").Length - 1);
        Assert.Contains($"k000=\"{new string('é', 256)}\"", many.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_metric_is_given_as_prometheus_reads_it()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        await SendAllKindsAsync(fixture);
        Assert.Equal(
            """
            # HELP target_info What the replicas of services say of themselves.
            # TYPE target_info gauge
            target_info{instance="orders-1",job="orders"} 1
            # HELP c_total how many
            # TYPE c_total counter
            c_total{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",route="/a"} 7
            # HELP d_total how many
            # TYPE d_total counter
            d_total{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",route="/a"} 5
            # HELP e e, as services send it.
            # TYPE e histogram
            e_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="2"} 3
            e_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="4"} 7
            e_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="+Inf"} 7
            e_count{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 7
            # HELP g g, as services send it.
            # TYPE g gauge
            g{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} -3
            # HELP h_seconds h, as services send it.
            # TYPE h_seconds histogram
            h_seconds_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="0.5"} 1
            h_seconds_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="2"} 3
            h_seconds_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="+Inf"} 6
            h_seconds_sum{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 1
            h_seconds_count{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 6
            # HELP s s, as services send it.
            # TYPE s summary
            s{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",quantile="0.5"} 7
            s{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",quantile="0.99"} 42
            s_sum{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 100
            s_count{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 10

            """,
            OfServices(await ScrapeAsync(fixture, null)));
    }

    [Fact]
    public async Task Who_asks_for_openmetrics_gets_units_start_times_exemplars_and_the_end()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", 7), MetricTests.Histogram("h", [1, 2, 3], [0.5, 2]));
        Assert.Equal(
            """
            # HELP target What the replicas of services say of themselves.
            # TYPE target info
            target_info{instance="orders-1",job="orders"} 1
            # HELP c how many
            # TYPE c counter
            c_total{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",route="/a"} 7
            c_created{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",route="/a"} 1795261400.000
            # HELP h_seconds h, as services send it.
            # TYPE h_seconds histogram
            # UNIT h_seconds seconds
            h_seconds_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="0.5"} 1
            h_seconds_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="2.0"} 3 # {trace_id="0af7651916cd43dd0000000000000001"} 1.5 1795262400.000
            h_seconds_bucket{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0",le="+Inf"} 6
            h_seconds_sum{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 1
            h_seconds_count{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 6
            h_seconds_created{instance="orders-1",job="orders",otel_scope_name="test.scope",otel_scope_version="1.0"} 1795261400.000
            # EOF

            """,
            OfServices(await ScrapeAsync(fixture, OpenMetrics)));
    }

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text; version=\"1.0.0\"", true)]
    [InlineData("application/openmetrics-text;version=2.0.0", false)]
    [InlineData("application/openmetrics-text;q=0.1,text/plain", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    [InlineData("text/plain;version=0.0.4", false)]
    [InlineData("*/*", false)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5", true)]
    [InlineData("nonsense;;;", false)]
    [InlineData("", false)]
    public void The_format_is_the_one_that_is_wanted_most_and_the_older_one_when_nobody_says(string accept, bool openMetrics) =>
        Assert.Equal(openMetrics, MetricsPage.PrefersOpenMetrics(accept));

    [Fact]
    public async Task A_delta_is_added_up_and_counted_once_when_it_is_sent_again()
    {
        var clock = new ManualClock(Some.Start);
        await using var fixture = await EngineFixture.StartAsync(clock: clock);
        foreach (var at in (int[])[1, 2, 2, 1, 3])
        {
            await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("d", 5, at, delta: true), Exponential("e", 3, 0, [1, 1], at), Delta("h", [1, 2], [1], at));
        }

        var lines = (await ScrapeAsync(fixture, null)).Split('\n');
        Assert.EndsWith("} 15", Assert.Single(lines, line => line.StartsWith("d_total", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("le=\"2\"} 6", Assert.Single(lines, line => line.StartsWith("e_bucket", StringComparison.Ordinal) && !line.Contains("+Inf", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(["3", "9", "6", "9"], lines.Where(line => line.StartsWith("h_", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]));

        // Other bounds: nothing to add to.
        await fixture.SendAsync(Signal.Metrics, "orders", Delta("h", [1, 2, 3], [1, 2], 4));
        Assert.Equal(["1", "3", "6", "2", "6"], (await ScrapeAsync(fixture, null)).Split('\n').Where(line => line.StartsWith("h_", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public async Task A_restarted_service_begins_anew_and_its_first_process_changes_nothing_any_more()
    {
        var clock = new ManualClock(Some.Start);
        await using var fixture = await EngineFixture.StartAsync(clock: clock);
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", 7, at: 1));
        Assert.Equal(("7", "1795261400.000"), await Counted());
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", 2, at: 11, start: 10));
        Assert.Equal(("2", "1795262410.000"), await Counted());

        // The first one's last export is late, or it runs on under the same name: it must not pull the counter up and down.
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", 8, at: 12));
        Assert.Equal(("2", "1795262410.000"), await Counted());

        // When the second one has ended, the first is all there is.
        clock.Advance(TimeSpan.FromMinutes(4));
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", 9, at: 250));
        clock.Advance(TimeSpan.FromMinutes(1));
        await ScrapeAsync(fixture, null);
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", 10, at: 310));
        Assert.Equal(("10", "1795261400.000"), await Counted());

        async Task<(string, string)> Counted()
        {
            var lines = (await ScrapeAsync(fixture, OpenMetrics)).Split('\n').Where(line => line.StartsWith("c_", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToArray();
            return (lines[0], lines[1]);
        }
    }

    [Fact]
    public async Task A_counter_that_falls_without_a_word_began_again_after_its_last_point_and_no_delta_takes_something_away()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        foreach (var (value, at) in ((double, double)[])[(7, 1), (9, 2), (3, 3), (4, 4)])
        {
            await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", value, at));
        }

        foreach (var (value, at) in ((double, double)[])[(7, 1), (-5, 2), (double.NaN, 3), (double.PositiveInfinity, 4), (1, 5)])
        {
            await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("d", value, at, delta: true, start: at - 1));
        }

        Assert.Equal(["4", "1795262402.000", "8", "1795262400.000"], (await ScrapeAsync(fixture, OpenMetrics)).Split('\n')
            .Where(line => line.StartsWith("c_", StringComparison.Ordinal) || line.StartsWith("d_", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public async Task Buckets_rise_and_end_with_infinity_whatever_the_sender_says_of_them()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        await fixture.SendAsync(
            Signal.Metrics, "orders",
            Lying("a", [1, 2, 3], [5, 2], 6), Lying("b", [1, 2, 3], [1, double.PositiveInfinity], 6), Lying("c", [1, 2, 3], [1, 2], 4), Lying("d", [1, 2, 3], [1, double.NaN], 6),
            Lying("e", [4], [], 4), Lying("f", [], [], 9), Exponential("g", 0, 1022, [1, 2, 3], 1));
        var page = await ScrapeAsync(fixture, null);
        Assert.Equal("5:1 +Inf:6", string.Join(' ', Buckets(page, "a")));
        Assert.Equal("1:1 +Inf:6", string.Join(' ', Buckets(page, "b")));
        Assert.Equal("1:1 2:3 +Inf:6", string.Join(' ', Buckets(page, "c")));
        Assert.Equal("1:1 +Inf:6", string.Join(' ', Buckets(page, "d")));
        Assert.Equal("+Inf:4", string.Join(' ', Buckets(page, "e")));
        Assert.Equal("+Inf:9", string.Join(' ', Buckets(page, "f")));
        Assert.Equal("8.98846567431158E+307:1 +Inf:6", string.Join(' ', Buckets(page, "g")));
        Assert.All("abcdefg", name => Assert.Equal(
            page.Split('\n').Single(line => line.StartsWith($"{name}_count", StringComparison.Ordinal)).Split(' ')[^1], Buckets(page, $"{name}").Last().Split(':')[^1]));

        static byte[] Lying(string name, ulong[] counts, double[] bounds, ulong count) => Otlp.Message(m => m.Text(1, name).Nested(9, Otlp.Message(h => h.Nested(1, Otlp.Message(p =>
            p.Fixed(3, At(1)).Fixed(4, count).Double(5, 2).Nested(6, counts.SelectMany(BitConverter.GetBytes).ToArray()).Nested(7, bounds.SelectMany(BitConverter.GetBytes).ToArray()))).Number(2, 2))));
    }

    [Fact]
    public async Task A_scrape_makes_no_object_for_a_sample()
    {
        var root = EngineFixture.NewRoot();
        var clock = new ManualClock(Some.Start);
        var traffic = new TrafficRecorder(TimeProvider.System);
        var options = new TelemetryOptions { Root = root, Run = "r-1", Traffic = traffic };
        var store = new TelemetryStore(options, new SegmentDisk(), clock, Stop);
        var watchers = new Watchers(clock);
        var intake = new OtlpIntake(store, watchers);
        var page = new MetricsPage(new OwnFamilies(store, intake, watchers, options, clock.GetUtcNow()), watchers.Scrape);
        Fill(0, 1);
        await CostAsync();
        var few = await CostAsync();
        Fill(1, 200);
        await CostAsync();
        var many = await CostAsync();
        Assert.True(many.Samples > few.Samples + 15_000, $"{few.Samples} and {many.Samples} samples");

        // For the order of routes and edges, whose histograms have two dozen samples each, a little is; a string for every line would take a hundred bytes and more.
        Assert.True(many.Bytes - few.Bytes < 8 * (many.Samples - few.Samples), $"{many.Bytes - few.Bytes:n0} bytes for {many.Samples - few.Samples} samples more");

        // The store writes what it holds when it goes; only then is the folder deleted for good.
        await store.DisposeAsync();
        Directory.Delete(root, recursive: true);

        void Fill(int from, int until)
        {
            for (var n = from; n < until; n++)
            {
                var route = $"/{n}";
                intake.Accept(Signal.Metrics, Otlp.Request("orders", [
                    MetricTests.Counter("c", 7, route: route), MetricTests.Gauge("g", -3, 1), MetricTests.Histogram("h", [1, 2, 3], [0.5, 2]), MetricTests.Exponential("e", 0, [3, 4]), MetricTests.Summary("s")], $"orders-{n}"));
                intake.Accept(Signal.Traces, Otlp.Request("orders", [Some.Span(n, kind: SpanKind.Server, attributes: [("http.route", route), ("http.request.method", "GET")])]));
                traffic.Edge("gateway", $"s{n}").Record("http", "GET", failed: false, retries: 0, TimeSpan.FromMilliseconds(3));
            }
        }

        async Task<(long Samples, long Bytes)> CostAsync()
        {
            using var counted = new LineCounter();
            var before = GC.GetAllocatedBytesForCurrentThread();
            await page.WriteAsync(counted, openMetrics: true, Stop);
            return (counted.Lines, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory]
    [InlineData(0, 0, "2:1 4:3 8:6")]
    [InlineData(0, -2, "0.5:1 1:3 2:6")]
    [InlineData(1, 0, "2:3 4:6")]
    [InlineData(1, 1, "2:1 4:6")]
    [InlineData(3, -1, "1:1 2:6")]
    [InlineData(20, 0, "2:6")]
    [InlineData(-1, 0, "4:1 16:3 64:6")]
    [InlineData(-2, -1, "1:1 16:3 256:6")]
    public async Task Buckets_of_any_scale_fall_together_to_powers_of_two(int scale, int offset, string buckets)
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        await fixture.SendAsync(Signal.Metrics, "orders", Exponential("e", scale, offset, [1, 2, 3], 1));
        Assert.Equal(buckets + " +Inf:6", string.Join(' ', Buckets(await ScrapeAsync(fixture, null), "e")));
    }

    [Fact]
    public async Task Negative_values_and_zeros_have_buckets_below_the_others()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        var metric = Otlp.Message(m => m.Text(1, "e").Nested(10, Otlp.Message(h => h.Nested(1, Otlp.Message(p => p.Fixed(3, At(1)).Fixed(4, 10).Number(6, 0).Fixed(7, 4).Double(14, 0.25)
            .Nested(8, Otlp.Message(b => b.Number(2, 1))).Nested(9, Otlp.Message(b => b.Number(2, 2).Number(2, 3))))).Number(2, 2))));
        await fixture.SendAsync(Signal.Metrics, "orders", metric);

        // Three in [-4, -2), two in [-2, -1), four around zero, one in (1, 2].
        Assert.Equal(["-2:3", "-1:5", "0.25:9", "2:10", "+Inf:10"], Buckets(await ScrapeAsync(fixture, null), "e"));
    }

    [Fact]
    public async Task A_series_that_is_not_sent_any_more_or_has_no_value_is_left_out()
    {
        var clock = new ManualClock(Some.Start);
        await using var fixture = await EngineFixture.StartAsync(clock: clock);
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Gauge("old", 1, 0), MetricTests.Gauge("ended", 1, 0), MetricTests.Gauge("sent", 1, 0));
        clock.Advance(TimeSpan.FromMinutes(4));
        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Gauge("sent", 2, 240));
        await fixture.SendAsync(Signal.Metrics, "orders", Otlp.Message(m => m.Text(1, "ended").Nested(5, Otlp.Message(g => g.Nested(1, Otlp.Message(p => p.Fixed(3, At(241)).Number(8, 1)))))));
        Assert.Equal(["old", "sent"], Names(await ScrapeAsync(fixture, null)));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["sent"], Names(await ScrapeAsync(fixture, null)));
        clock.Advance(TimeSpan.FromMinutes(4));
        var nothing = await ScrapeAsync(fixture, null);
        Assert.Empty(Names(nothing));
        Assert.DoesNotContain("target_info", nothing, StringComparison.Ordinal);
        Assert.Contains("\nconway_scrape_series 0\n", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_attributes_in_another_order_are_one_series_and_two_replicas_are_two()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        await fixture.SendAsync(Signal.Metrics, "orders", Two("a", "b", 1, 1), Two("b", "a", 2, 2));
        using (var other = await fixture.PostAsync(Signal.Metrics, Otlp.Request("orders", [Two("a", "b", 5, 2)], "orders-2")))
        {
            Assert.True(other.IsSuccessStatusCode);
        }

        Assert.Equal(["2", "5"], (await ScrapeAsync(fixture, null)).Split('\n').Where(line => line.StartsWith("g{", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]));

        static byte[] Two(string first, string second, long value, double at) => Otlp.Message(m => m.Text(1, "g").Nested(5, Otlp.Message(g => g.Nested(1, Otlp.Message(p =>
            p.Nested(7, Otlp.Attribute(first, "x")).Nested(7, Otlp.Attribute(second, "x")).Fixed(3, At(at)).Fixed(6, (ulong)value))))));
    }

    [Fact]
    public async Task A_service_with_endless_labels_is_bounded_and_keeps_the_others_in()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        for (var batch = 0; batch < 6; batch++)
        {
            await fixture.SendAsync(Signal.Metrics, "endless", [.. Enumerable.Range(0, 1000).Select(n => MetricTests.Counter("c", 1, route: $"/{batch}/{n}"))]);
        }

        await fixture.SendAsync(Signal.Metrics, "orders", MetricTests.Counter("c", 3));
        var page = await ScrapeAsync(fixture, null);
        Assert.Equal(5000, page.Split('\n').Count(line => line.StartsWith("c_total{", StringComparison.Ordinal) && line.Contains("\"endless\"", StringComparison.Ordinal)));
        Assert.Contains("job=\"orders\",otel_scope_name=\"test.scope\",otel_scope_version=\"1.0\",route=\"/a\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("\nconway_scrape_refused_points_total 1000\n", page, StringComparison.Ordinal);
        Assert.Contains("\nconway_scrape_series 5001\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_fall_together_are_given_once()
    {
        await using var fixture = await EngineFixture.StartAsync(clock: new ManualClock(Some.Start));
        await fixture.SendAsync(Signal.Metrics, "a", MetricTests.Histogram("h", [1], []), MetricTests.Gauge("h.seconds.count", 1, 0), MetricTests.Gauge("conway.scrape.series", 1, 0), MetricTests.Counter("x", 1));
        await fixture.SendAsync(Signal.Metrics, "b", MetricTests.Gauge("x", 1, 0), MetricTests.Counter("y", 1));
        var page = await ScrapeAsync(fixture, null);
        Assert.Equal(["h_seconds_bucket", "h_seconds_sum", "h_seconds_count", "x_total", "y_total"], Names(page));
        Assert.Single(page.Split('\n'), line => line.StartsWith("conway_scrape_series", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_gateway_and_listeners_counted_and_what_spans_say_is_given_as_rate_errors_and_duration()
    {
        var traffic = new TrafficRecorder(TimeProvider.System);
        var edge = traffic.Edge("gateway", "orders");
        edge.Record("http", "GET /orders/{id}", failed: false, retries: 1, TimeSpan.FromMilliseconds(1));
        edge.Record("http", "GET /orders/{id}", failed: true, retries: 0, TimeSpan.FromMilliseconds(100));
        await using var fixture = await EngineFixture.StartAsync(options => options with { Traffic = traffic }, clock: new ManualClock(Some.Start.AddSeconds(1)));
        await fixture.SendAsync(Signal.Traces, "orders", Some.Span(1, kind: SpanKind.Server, ms: 1, attributes: [("http.route", "/o"), ("http.request.method", "GET")]),
            Some.Span(2, kind: SpanKind.Server, ms: 100, attributes: [("http.route", "/o"), ("http.request.method", "GET"), ("http.response.status_code", 500)]));
        var lines = (await ScrapeAsync(fixture, null)).Split('\n');
        const string edgeLabels = "{callee=\"orders\",caller=\"gateway\",operation=\"GET /orders/{id}\",protocol=\"http\"";
        const string routeLabels = "{operation=\"GET /o\",service=\"orders\"";
        foreach (var (family, labels) in ((string, string)[])[("conway_edge", edgeLabels), ("conway_server", routeLabels)])
        {
            Assert.Contains($"{family}_requests_total{labels}}} 2", lines);
            Assert.Contains($"{family}_errors_total{labels}}} 1", lines);
            Assert.Contains($"{family}_duration_seconds_sum{labels}}} 0.101", lines);
            Assert.Contains($"{family}_duration_seconds_count{labels}}} 2", lines);
            var below = lines.Where(line => line.StartsWith($"{family}_duration_seconds_bucket", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToArray();
            Assert.Equal(below.Order(), below);
            Assert.Equal(21, below.Length);
            Assert.Equal(["0", "1", "2"], below.Distinct());
        }

        Assert.Contains($"conway_edge_retries_total{edgeLabels}}} 1", lines);
        Assert.Contains("conway_edge_duration_seconds_bucket" + edgeLabels + ",le=\"0.001024\"} 1", lines);
        Assert.Contains("conway_telemetry_received_records_total{service=\"orders\",signal=\"traces\"} 2", lines);
        Assert.Contains("conway_telemetry_memory_only 0", lines);
        Assert.Contains(lines, line => line.StartsWith("conway_process_cpu_seconds_total ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_is_read_with_get_by_this_machine_alone()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var url = new Uri("/metrics", UriKind.Relative);
        using var posted = await fixture.Client.PostAsync(url, null, Stop);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (posted.StatusCode, string.Join(", ", posted.Content.Headers.Allow)));
        using var head = await fixture.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), Stop);
        Assert.Equal((HttpStatusCode.OK, "text/plain", 0), (head.StatusCode, head.Content.Headers.ContentType?.MediaType, (await head.Content.ReadAsByteArrayAsync(Stop)).Length));
        using var rebound = await fixture.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Host = "evil.example" } }, Stop);
        Assert.Equal((HttpStatusCode.Forbidden, "'evil.example' is not a name of this machine's loopback; ask 127.0.0.1.\n"), (rebound.StatusCode, await rebound.Content.ReadAsStringAsync(Stop)));
        using var local = await fixture.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Host = $"localhost:{fixture.Engine.Port}" } }, Stop);
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
    }

    internal static Task SendAllKindsAsync(EngineFixture fixture) => fixture.SendAsync(
        Signal.Metrics, "orders",
        MetricTests.Counter("c", 7), MetricTests.Counter("d", 5, delta: true), MetricTests.Gauge("g", -3, 1), MetricTests.Histogram("h", [1, 2, 3], [0.5, 2]),
        MetricTests.Exponential("e", 0, [3, 4]), MetricTests.Summary("s"));

    internal static async Task<string> ScrapeAsync(EngineFixture fixture, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/metrics", UriKind.Relative));
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var answer = await fixture.Client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(accept is null ? "text/plain; version=0.0.4; charset=utf-8" : "application/openmetrics-text; version=1.0.0; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    // Conway's own families come first.
    private static string OfServices(string page) => page[page.IndexOf("# HELP target", StringComparison.Ordinal)..];

    private static IEnumerable<string> Names(string page) =>
        page.Split('\n').Where(line => line.Length > 0 && line[0] != '#' && !line.StartsWith("conway_", StringComparison.Ordinal) && !line.StartsWith("target_info", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOfAny(['{', ' '])]).Distinct();

    private static IEnumerable<string> Buckets(string page, string name) => page.Split('\n').Where(line => line.StartsWith(name + "_bucket{", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf("le=\"", StringComparison.Ordinal) + 4)..].Replace("\"} ", ":", StringComparison.Ordinal));

    private static byte[] Exponential(string name, int scale, int offset, ulong[] counts, double at) => Otlp.Message(m => m.Text(1, name).Nested(10, Otlp.Message(h => h.Nested(1, Otlp.Message(p =>
        p.Fixed(3, At(at)).Fixed(4, counts.Aggregate(0ul, (a, b) => a + b)).Number(6, ZigZag(scale))
            .Nested(8, Otlp.Message(b => b.Number(1, ZigZag(offset)).Nested(2, Otlp.Message(packed => { foreach (var count in counts) { packed.Varint(count); } })))))).Number(2, 1))));

    private static byte[] Delta(string name, ulong[] counts, double[] bounds, double at) => Otlp.Message(m => m.Text(1, name).Nested(9, Otlp.Message(h => h.Nested(1, Otlp.Message(p =>
        p.Fixed(3, At(at)).Fixed(4, counts.Aggregate(0ul, (a, b) => a + b)).Double(5, 2).Nested(6, counts.SelectMany(BitConverter.GetBytes).ToArray())
            .Nested(7, bounds.SelectMany(BitConverter.GetBytes).ToArray()))).Number(2, 1))));

    private static ulong ZigZag(int value) => (uint)(value << 1 ^ value >> 31);

    /// <summary>Where a page goes that nobody reads.</summary>
    private sealed class LineCounter : Stream
    {
        public long Lines { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Lines += buffer.AsSpan(offset, count).Count((byte)'\n');

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Lines += buffer.Span.Count((byte)'\n');
            return ValueTask.CompletedTask;
        }
    }
}
