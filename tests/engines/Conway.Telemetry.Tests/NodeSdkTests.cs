namespace Conway.Telemetry.Tests;

public sealed class NodeSdkTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task Every_signal_of_the_real_sdk_arrives_whole_over(string protocol)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var (code, output, errors) = await NpmClient.RunAsync("otel", TimeSpan.FromMinutes(2), "send.mjs", protocol, fixture.Engine.Endpoint, "orders");
        Assert.True(code == 0, $"send.mjs {protocol}: {errors}");
        var printed = output.Trim();
        Assert.True(TraceId.TryParse(printed.Split('\n')[^1], out var id), printed);

        var trace = await fixture.Queries.FindTraceAsync(id, Stop);
        Assert.Equal(["POST /orders", "charge"], trace!.Spans.Select(s => s.Span.Name));
        var (root, child) = (trace.Spans[0].Span, trace.Spans[1].Span);
        Assert.Equal(("orders", "orders-1", SpanKind.Server, "client"), (root.Service, root.Instance, root.Kind, root.Scope));
        Assert.Equal("http.request.method=POST http.route=/orders http.response.status_code=500 tags=[a, b] ratio=0.5 first=true", string.Join(' ', root.Attributes.Select(a => $"{a.Key}={a.Text}")));
        Assert.Contains(root.Resource, attribute => attribute is { Key: "service.namespace", Text: "shop" });
        Assert.Equal((SpanStatus.Error, "card refused", SpanKind.Client, root.Id), (child.Status, child.StatusMessage, child.Kind, child.Parent));
        Assert.Equal(("refused", "no funds"), (child.Events.Single().Name, child.Events.Single().Attributes.Single().Text));
        Assert.Equal((id, root.Id), (child.Links.Single().Trace, child.Links.Single().Span));
        Assert.InRange(DateTimeOffset.UtcNow - root.Start, TimeSpan.Zero, TimeSpan.FromMinutes(2));

        var log = Assert.Single(trace.Spans[1].Logs.Concat(trace.Spans[0].Logs));
        Assert.Equal(("card refused – später", LogSeverity.Error, "ERROR", "17"), (log.Body, log.Severity, log.SeverityText, log.Attributes.Single().Text));
        var logs = await fixture.Queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(), Stop);
        Assert.Equal(["{order: 17, lines: [1, 2]}", "card refused – später"], logs.Entries.Select(entry => entry.Body).Order(StringComparer.Ordinal).Reverse());

        var names = await fixture.Queries.ListMetricsAsync("orders", Stop);
        Assert.Equal("carts.open Sum, order.value Histogram, orders.placed Sum, stock Gauge", string.Join(", ", names.Select(name => $"{name.Name} {name.Kind}").Order(StringComparer.Ordinal)));
        Assert.Equal(["2 app", "3 web"], (await Total(fixture, "orders.placed")).Order(StringComparer.Ordinal));
        Assert.Equal("-4", Assert.Single(await Last(fixture, "carts.open")));
        Assert.Equal("17", Assert.Single(await Last(fixture, "stock")));
        var value = Assert.Single(await Query(fixture, "order.value"));
        Assert.Equal(("EUR", 42.5), (value.Unit, Assert.Single(value.Points).Mean));

        var rate = Assert.Single(fixture.Engine.RouteRates(TimeSpan.FromMinutes(5)));
        Assert.Equal(("orders", "POST /orders", 1L, 1L), (rate.Service, rate.Operation, rate.Count, rate.Errors));
        Assert.Equal(0, fixture.Engine.Status.RequestsMalformed);
    }

    private static Task<IReadOnlyList<MetricSeries>> Query(EngineFixture fixture, string name) => fixture.Queries.QueryMetricAsync(
        new() { Service = "orders", Name = name, From = DateTimeOffset.UtcNow.AddMinutes(-3), Until = DateTimeOffset.UtcNow.AddMinutes(1), Step = TimeSpan.FromSeconds(1) }, Stop);

    private static async Task<IEnumerable<string>> Total(EngineFixture fixture, string name) =>
        (await Query(fixture, name)).Select(series => $"{series.Points.Sum(point => point.Value)} {series.Attributes.Single().Text}");

    private static async Task<IEnumerable<string>> Last(EngineFixture fixture, string name) => (await Query(fixture, name)).Select(series => $"{series.Points[^1].Value}");
}
