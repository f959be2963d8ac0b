namespace Conway.Telemetry.Tests;

public sealed class SearchTests
{
    private static CancellationToken Stop => EngineFixture.Stop;

    private static TelemetryQuery Q(string text) => TelemetryQuery.TryParse(text, out var query, out var error) ? query! : throw new ArgumentException(error!.Message);

    private static async Task<EngineFixture> WithLogsAsync(bool written)
    {
        var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Logs, "orders",
            Some.Log("order placed", trace: 1, span: 2, at: 1, attributes: ("order.id", 17)),
            Some.Log("Card REFUSED by bank", LogSeverity.Error, at: 2, attributes: ("reason", "no funds")),
            Some.Log("retrying", LogSeverity.Warning, at: 3));
        await fixture.SendAsync(Signal.Logs, "payments", Some.Log("refused", LogSeverity.Information, at: 4), Some.Log("fatal: refused", LogSeverity.Critical, at: 5));
        if (written)
        {
            await fixture.Engine.FlushAsync();
        }

        return fixture;
    }

    [Theory]
    [InlineData("", "5 4 3 2 1")]
    [InlineData("level:error", "5 2")]
    [InlineData("level:warn -level:error", "3")]
    [InlineData("service:orders", "3 2 1")]
    [InlineData("-service:orders", "5 4")]
    [InlineData("service:orders service:payments level:error", "5 2")]
    [InlineData("refused", "5 4 2")]
    [InlineData("\"card refused\"", "2")]
    [InlineData("refused -fatal", "4 2")]
    [InlineData("funds", "2")]
    [InlineData("attr.order.id:17", "1")]
    [InlineData("attr.order.id:>16", "1")]
    [InlineData("attr.order.id:>17", "")]
    [InlineData("-attr.order.id:*", "5 4 3 2")]
    [InlineData("attr.service.name:payments", "5 4")]
    [InlineData("trace:0af7651916cd43dd0000000000000001", "1")]
    [InlineData("span:0000000000000002", "1")]
    [InlineData("instance:orders-1", "3 2 1")]
    [InlineData("since:2026-11-21T12:00:00.003Z", "5 4 3")]
    [InlineData("until:2026-11-21T12:00:00.003Z", "3 2 1")]
    [InlineData("status:error", "")]
    [InlineData("service:nobody", "")]
    public async Task Logs_are_found_by_every_term_whether_written_or_not(string search, string expected)
    {
        foreach (var written in new[] { false, true })
        {
            await using var fixture = await WithLogsAsync(written);
            var page = await fixture.Queries.SearchLogsAsync(Q(search), new PageRequest(), Stop);
            Assert.Equal(expected, string.Join(' ', page.Entries.Select(entry => (entry.At - Some.Start).TotalMilliseconds)));
            Assert.True(page.IsComplete);
            Assert.Null(page.Next);
        }
    }

    [Fact]
    public async Task Pages_of_logs_show_each_once_also_those_of_the_same_moment()
    {
        await using var fixture = await EngineFixture.StartAsync();
        for (var batch = 0; batch < 5; batch++)
        {
            await fixture.SendAsync(Signal.Logs, batch % 2 == 0 ? "a" : "b", [.. Enumerable.Range(0, 20).Select(i => Some.Log($"{batch * 20 + i}", at: i / 7))]);
            if (batch % 2 == 1)
            {
                await fixture.Engine.FlushAsync();
            }
        }

        var (seen, next) = (new List<LogEntry>(), (string?)null);
        do
        {
            var page = await fixture.Queries.SearchLogsAsync(TelemetryQuery.Everything, new PageRequest(7, next), Stop);
            seen.AddRange(page.Entries);
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(100, seen.Count);
        Assert.Equal(Enumerable.Range(0, 100), seen.Select(entry => int.Parse(entry.Body, null)).Order());
        Assert.Equal(seen.Select(entry => entry.At).OrderDescending(), seen.Select(entry => entry.At));
    }

    private static async Task<EngineFixture> WithTracesAsync()
    {
        var fixture = await EngineFixture.StartAsync();
        await fixture.SendAsync(Signal.Traces, "orders",
            Some.Span(1, trace: 1, name: "POST /orders", kind: SpanKind.Server, ms: 50, attributes: ("http.route", "/orders")),
            Some.Span(1, trace: 2, name: "GET /orders/{id}", kind: SpanKind.Server, at: 100, ms: 5, error: true),
            Some.Span(1, trace: 3, name: "POST /orders", kind: SpanKind.Server, at: 200, ms: 150));
        await fixture.SendAsync(Signal.Traces, "payments", Some.Span(2, trace: 1, parent: 1, name: "charge", at: 10, ms: 30, error: true, attributes: ("card", "visa")));
        return fixture;
    }

    [Theory]
    [InlineData("", "3 2 1")]
    [InlineData("status:error", "2 1")]
    [InlineData("service:payments", "1")]
    [InlineData("service:orders status:error", "2")]
    [InlineData("operation:\"POST /orders\"", "3 1")]
    [InlineData("operation:charge", "1")]
    [InlineData("duration:>40ms", "3 1")]
    [InlineData("attr.card:visa", "1")]
    [InlineData("kind:server duration:<10ms", "2")]
    [InlineData("since:2026-11-21T12:00:00.05Z", "3 2")]
    [InlineData("it broke", "2 1")]
    [InlineData("level:error", "")]
    public async Task Traces_are_found_by_a_span_that_satisfies_every_term(string search, string expected)
    {
        await using var fixture = await WithTracesAsync();
        var open = await fixture.Queries.SearchTracesAsync(Q(search), new PageRequest(), Stop);
        await fixture.Engine.FlushAsync();
        var written = await fixture.Queries.SearchTracesAsync(Q(search), new PageRequest(), Stop);
        Assert.Equal(expected, string.Join(' ', open.Traces.Select(trace => trace.Id.Low)));
        Assert.Equal(open.Traces.Select(trace => trace.Id), written.Traces.Select(trace => trace.Id));
    }

    [Fact]
    public async Task A_trace_in_a_list_sums_up_all_its_spans()
    {
        await using var fixture = await WithTracesAsync();
        var trace = Assert.Single((await fixture.Queries.SearchTracesAsync(Q("attr.card:visa"), new PageRequest(), Stop)).Traces);
        Assert.Equal(("orders", "POST /orders", Some.Start, 50.0, 2, 1), (trace.RootService, trace.RootOperation, trace.Start, trace.Duration.TotalMilliseconds, trace.SpanCount, trace.ErrorCount));
        Assert.Equal([new("orders", 1, 0), new("payments", 1, 1)], trace.Services);
    }

    [Fact]
    public async Task Pages_of_traces_show_each_once_newest_first()
    {
        await using var fixture = await EngineFixture.StartAsync();
        for (var batch = 0; batch < 4; batch++)
        {
            await fixture.SendAsync(Signal.Traces, "s" + batch % 2, [.. Enumerable.Range(0, 25).Select(i => Some.Span(batch + 1, trace: i * 4 + 1, parent: batch, at: i / 3, ms: 1000 - batch))]);
            await fixture.Engine.FlushAsync();
        }

        var (seen, next) = (new List<TraceSummary>(), (string?)null);
        do
        {
            var page = await fixture.Queries.SearchTracesAsync(TelemetryQuery.Everything, new PageRequest(4, next), Stop);
            seen.AddRange(page.Traces);
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.DistinctBy(trace => trace.Id).Count());
        Assert.All(seen, trace => Assert.Equal(4, trace.SpanCount));
        Assert.Equal(seen.Select(trace => trace.Start).OrderDescending(), seen.Select(trace => trace.Start));
    }

    [Fact]
    public async Task The_newest_traces_of_a_system_of_many_services_are_found_without_reading_all_of_it_again_and_again()
    {
        const int services = 127, traces = 2400;
        await using var fixture = await EngineFixture.StartAsync();

        // Few traces have more than one service in common, so that the newest of each service are others.
        static int[] Through(int trace) => [.. Enumerable.Range(1, 8).Select(step => trace * step * 31 % services).Distinct()];
        var byService = Enumerable.Range(1, traces).SelectMany(trace => Through(trace).Select(service => (Service: service, Trace: trace))).ToLookup(pair => pair.Service, pair => pair.Trace);
        foreach (var service in byService)
        {
            await fixture.SendAsync(Signal.Traces, $"s{service.Key}", [.. service.Select(trace => Some.Span(service.Key + 1, trace, at: trace * 10))]);
        }

        await fixture.Engine.FlushAsync();
        var (seen, next) = (new List<int>(), (string?)null);
        for (var page = 0; page < 4; page++)
        {
            var found = await fixture.Queries.SearchTracesAsync(TelemetryQuery.Everything, new PageRequest(10, next), Stop);
            Assert.InRange(found.Scanned, 1, 5L * byService.Sum(service => service.Count()));
            foreach (var trace in found.Traces)
            {
                seen.Add((int)((trace.Start - Some.Start).TotalMilliseconds / 10));
                Assert.Equal(Through(seen[^1]).Length, trace.SpanCount);
            }

            next = found.Next;
        }

        Assert.Equal(Enumerable.Range(traces - 39, 40).Reverse(), seen);
    }

    [Fact]
    public async Task A_search_that_is_cancelled_ends()
    {
        await using var fixture = await WithTracesAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Queries.SearchTracesAsync(TelemetryQuery.Everything, new PageRequest(), cancelled.Token));
    }
}
