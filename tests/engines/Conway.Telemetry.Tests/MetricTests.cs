namespace Conway.Telemetry.Tests;

public sealed class MetricTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    private static ulong At(double seconds) => UnixNano.Of(Some.Start.AddSeconds(seconds));

    internal static byte[] Counter(string name, double value, double at = 0, bool delta = false, string route = "/a", double start = -1000) => Otlp.Message(m => m.Text(1, name).Text(2, "how many").Text(3, "{request}")
        .Nested(7, Otlp.Message(sum => sum.Nested(1, Otlp.Message(p => p.Nested(7, Otlp.Attribute("route", route)).Fixed(2, At(start)).Fixed(3, At(at)).Double(4, value))).Number(2, delta ? 1u : 2).Number(3, 1))));

    internal static byte[] Gauge(string name, long value, double at) => Otlp.Message(m => m.Text(1, name).Nested(5, Otlp.Message(g => g.Nested(1, Otlp.Message(p => p.Fixed(3, At(at)).Fixed(6, (ulong)value))))));

    internal static byte[] Histogram(string name, ulong[] counts, double[] bounds, double at = 0, double sum = 1) => Otlp.Message(m => m.Text(1, name).Text(3, "s").Nested(9, Otlp.Message(h => h.Nested(1, Otlp.Message(p =>
    {
        p.Fixed(2, At(-1000)).Fixed(3, At(at)).Fixed(4, counts.Aggregate(0ul, (a, b) => a + b)).Double(5, sum);
        p.Nested(6, counts.SelectMany(BitConverter.GetBytes).ToArray());
        p.Nested(7, bounds.SelectMany(BitConverter.GetBytes).ToArray());
        p.Nested(8, Otlp.Message(e => e.Double(3, 1.5).Nested(5, Otlp.Bytes(Some.Trace()))));
    })).Number(2, 2))));

    internal static byte[] Exponential(string name, int scale, ulong[] counts, double at = 0) => Otlp.Message(m => m.Text(1, name).Nested(10, Otlp.Message(h => h.Nested(1, Otlp.Message(p =>
    {
        p.Fixed(2, At(-1000)).Fixed(3, At(at)).Fixed(4, counts.Aggregate(0ul, (a, b) => a + b)).Number(6, (uint)(scale << 1));
        p.Nested(8, Otlp.Message(b =>
        {
            b.Number(1, 0);
            foreach (var count in counts)
            {
                b.Number(2, count);
            }
        }));
    })).Number(2, 1))));

    internal static byte[] Summary(string name, double at = 0) => Otlp.Message(m => m.Text(1, name).Nested(11, Otlp.Message(s => s.Nested(1, Otlp.Message(p =>
        p.Fixed(3, At(at)).Fixed(4, 10).Double(5, 100).Nested(6, Otlp.Message(q => q.Double(1, 0.5).Double(2, 7))).Nested(6, Otlp.Message(q => q.Double(1, 0.99).Double(2, 42))))))));

    private static MetricQuery Of(string name, int step = 10) => new() { Service = "orders", Name = name, From = Some.Start, Until = Some.Start.AddSeconds(60), Step = TimeSpan.FromSeconds(step) };

    private static string Values(MetricSeries series) => string.Join(' ', series.Points.Select(p => $"{(p.At - Some.Start).TotalSeconds}:{p.Value:0.##}"));

    private static async Task<MetricSeries> Only(EngineFixture fixture, MetricQuery query)
    {
        var open = Assert.Single(await fixture.Queries.QueryMetricAsync(query, Stop));
        await fixture.Engine.FlushAsync();
        var written = Assert.Single(await fixture.Queries.QueryMetricAsync(query, Stop));
        Assert.Equal(Values(open), Values(written));
        return written;
    }

    [Fact]
    public async Task Metrics_are_listed_with_unit_and_kind_running_and_afterwards()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Counter("requests", 1), Histogram("latency", [1], []));
        var live = await fixture.Queries.ListMetricsAsync("orders", Stop);
        Assert.Equal(["latency s  Histogram []", "requests {request} how many Sum [route]"], live.Select(Show));
        await fixture.Engine.FlushAsync();
        var archive = await TelemetryArchive.OpenAsync(fixture.Root, "r-1", TimeProvider.System, Stop);
        Assert.Equal(live.Select(Show), (await archive!.ListMetricsAsync(null, Stop)).Select(Show));

        static string Show(MetricName name) => $"{name.Name} {name.Unit} {name.Description} {name.Kind} [{string.Join(',', name.AttributeKeys)}]";
    }

    [Fact]
    public async Task A_counter_is_shown_as_its_rate_also_over_a_restart_of_its_sender()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Counter("c", 100, -5), Counter("c", 110, 5), Counter("c", 150, 15), Counter("c", 30, 25), Counter("c", 50, 35, start: 30));
        Assert.Equal("0:1 10:4 20:3 30:5", Values(await Only(fixture, Of("c"))));
    }

    [Fact]
    public async Task A_point_that_says_there_is_no_value_is_no_zero()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var gone = Otlp.Message(m => m.Text(1, "g").Nested(5, Otlp.Message(g => g.Nested(1, Otlp.Message(p => p.Fixed(3, At(15)).Number(8, 1))))));
        var gone2 = Otlp.Message(m => m.Text(1, "h").Nested(9, Otlp.Message(g => g.Nested(1, Otlp.Message(p => p.Fixed(3, At(15)).Number(10, 1))).Number(2, 2))));
        await fixture.SendAsync(Signal.Metrics, "orders", Gauge("g", 7, 5), gone, Histogram("h", [4], [], 5), gone2);
        Assert.Equal("0:7", Values(await Only(fixture, Of("g"))));
        Assert.Equal("0:0.4", Values(await Only(fixture, Of("h") with { From = Some.Start.AddSeconds(-1000), Until = Some.Start.AddSeconds(60), Step = TimeSpan.FromSeconds(10) })));
    }

    [Fact]
    public async Task A_delta_counter_is_added_up_within_a_step()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Counter("c", 10, 1, delta: true), Counter("c", 20, 9, delta: true), Counter("c", 5, 12, delta: true));
        Assert.Equal("0:3 10:0.5", Values(await Only(fixture, Of("c"))));
    }

    [Fact]
    public async Task A_gauge_is_shown_as_its_last_value()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Gauge("g", 3, 1), Gauge("g", -7, 9), Gauge("g", 5, 70));
        Assert.Equal("0:-7", Values(await Only(fixture, Of("g"))));
    }

    [Fact]
    public async Task Each_set_of_attributes_is_a_series_and_can_be_asked_for_alone()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Counter("c", 10, 1, delta: true), Counter("c", 20, 1, delta: true, route: "/b"), Counter("other", 1, 1, delta: true));
        Assert.Equal(2, (await fixture.Queries.QueryMetricAsync(Of("c"), Stop)).Count);
        var series = await Only(fixture, Of("c") with { Attributes = new Dictionary<string, string> { ["route"] = "/b" } });
        Assert.Equal(("orders-1", "/b", "{request}", "0:2"), (series.Instance, series.Attributes.Single().Text, series.Unit, Values(series)));
    }

    [Fact]
    public async Task Percentiles_of_a_histogram_come_from_what_was_observed_in_the_step()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Histogram("h", [1000, 0, 0], [1.0, 2.0], -5, 10), Histogram("h", [1000, 100, 0], [1.0, 2.0], 5, 160));
        var point = Assert.Single((await Only(fixture, Of("h"))).Points);
        Assert.Equal((10.0, 1.5, 1.9, 1.99, 1.5), (point.Value, point.P50!.Value, Math.Round(point.P90!.Value, 3), Math.Round(point.P99!.Value, 3), point.Mean!.Value));
    }

    [Fact]
    public async Task Percentiles_of_an_exponential_histogram_lie_in_its_buckets()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Exponential("e", 0, [50, 40, 10], 5));
        var point = Assert.Single((await Only(fixture, Of("e"))).Points);
        Assert.Equal((2.0, 4.0), (point.P50!.Value, point.P90!.Value));
        Assert.InRange(point.P99!.Value, 4, 8);
    }

    [Fact]
    public async Task A_summary_keeps_its_senders_quantiles()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Metrics, "orders", Summary("s", 5));
        var point = Assert.Single((await Only(fixture, Of("s"))).Points);
        Assert.Equal((7.0, null, 42.0), (point.P50, point.P90, point.P99));
    }
}
