namespace Conway.Telemetry.Tests;

public sealed class TraceTests
{
    [Fact]
    public async Task A_span_sent_over_http_is_found_by_its_trace_at_once_and_again_after_it_was_written()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Traces, "orders", Some.Span(1, name: "POST /orders", kind: SpanKind.Server, error: true,
            attributes: [("http.route", "/orders"), ("tries", 3), ("vip", true), ("weight", 1.5), ("tags", new object[] { "a", 2 }), ("empty", "")]));
        await Check(fixture);
        await fixture.Engine.FlushAsync();
        await Check(fixture);

        static async Task Check(EngineFixture fixture)
        {
            var trace = await fixture.Queries.FindTraceAsync(Some.Trace(), EngineFixture.Stop);
            var span = Assert.Single(trace!.Spans).Span;
            Assert.Equal(("orders", "orders-1", "POST /orders", SpanKind.Server), (span.Service, span.Instance, span.Name, span.Kind));
            Assert.Equal((Some.Start, TimeSpan.FromMilliseconds(10)), (span.Start, span.Duration));
            Assert.Equal((SpanStatus.Error, "it broke", "test.scope"), (span.Status, span.StatusMessage, span.Scope));
            Assert.Equal("http.route=/orders tries=3 vip=true weight=1.5 tags=[a, 2] empty=", string.Join(' ', span.Attributes.Select(a => $"{a.Key}={a.Text}")));
        }
    }

    [Fact]
    public async Task A_trace_that_is_not_here_is_not_found()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Traces, "orders", Some.Span(1));
        Assert.Null(await fixture.Queries.FindTraceAsync(Some.Trace(99), EngineFixture.Stop));
    }

    [Fact]
    public async Task Spans_of_several_services_and_their_logs_make_one_tree()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Traces, "catalog", Some.Span(3, parent: 2, kind: SpanKind.Server, at: 2, ms: 6));
        await fixture.SendAsync(Signal.Traces, "orders", Some.Span(1, kind: SpanKind.Server, ms: 20), Some.Span(2, parent: 1, kind: SpanKind.Client, at: 1, ms: 8), Some.Span(7, parent: 5, at: 3));
        await fixture.SendAsync(Signal.Logs, "catalog", Some.Log("looked up", trace: 1, span: 3), Some.Log("elsewhere", trace: 2, span: 3), Some.Log("loose", trace: 1, span: 99));
        await fixture.Engine.FlushAsync();

        var trace = await fixture.Queries.FindTraceAsync(Some.Trace(), EngineFixture.Stop);
        Assert.Equal("1:0 2:1 3:2 7:0", string.Join(' ', trace!.Spans.Select(s => $"{s.Span.Id.Value}:{s.Depth}")));
        Assert.Equal("looked up", Assert.Single(trace.Spans[2].Logs).Body);
        Assert.Equal("loose", Assert.Single(trace.OtherLogs).Body);
        Assert.Equal([new SpanId(5)], trace.MissingParents);
        Assert.Equal([12, 2, 6, 10], trace.Spans.Select(s => s.SelfTime.TotalMilliseconds));
        Assert.Equal("1:0+1 2:1+1 3:2+6 2:8+1 1:9+11", string.Join(' ', trace.CriticalPath.Select(s => $"{s.Span.Value}:{(s.From - Some.Start).TotalMilliseconds}+{s.Duration.TotalMilliseconds}")));
    }
}
