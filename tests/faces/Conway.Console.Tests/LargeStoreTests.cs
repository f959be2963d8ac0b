using System.Diagnostics;
using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace Conway.Console.Tests;

/// <summary>A real node whose store holds many spans: 30,000 with <c>./test</c>, a million with <c>./test --long Console</c>.</summary>
/// <remarks>What it took is told in the test's output, and filed in docs/internals/large-systems.md; nothing is asserted about time.</remarks>
public sealed class LargeStoreTests(RunningNode node, Chromium chromium) : IClassFixture<RunningNode>
{
    private readonly SentSpans _sent = new(node.Node.System.OtlpUrl, Environment.GetEnvironmentVariable("CONWAY_TEST_LONG") == "1" ? 1_000_000 : 30_000);

    [Fact]
    public async Task In_a_store_of_many_spans_a_trace_is_found_walked_and_measured()
    {
        var cancel = TestContext.Current.CancellationToken;
        await TimedAsync("sent", () => _sent.SendAsync(cancel));
        await Patience.UntilAsync(async () => (await node.AskAsync("telemetry")).GetProperty("receivedSpans").GetInt64() >= _sent.Spans, "every span");
        Tell("spans", _sent.Spans);
        Tell("bytes on disk", (await node.AskAsync("telemetry")).GetProperty("bytesOnDisk").GetInt64());

        await FindAsync();
        await using (var opened = await OpenedPage.OpenAsync(chromium, node.Server, $"/traces/{SentSpans.LargeTrace}"))
        {
            await TimedAsync("waterfall of 5,000 spans shown", () => Expect(opened.Page.Locator(".span-row").First).ToBeVisibleAsync());
            await WaterfallWalk.WholeAsync(opened, SentSpans.LargeTraceSpans, "the last of all");
        }

        await MeasureAsync();
        Tell("megabytes of the whole test process", Environment.WorkingSet / 1_048_576);
    }

    /// <summary>The newest failures through one service among all, and the one slow request among all.</summary>
    private async Task FindAsync()
    {
        await using var opened = await OpenedPage.OpenAsync(chromium, node.Server, "/traces");
        var page = opened.Page;
        var wanted = _sent.FailedThrough(SentSpans.Failing).Take(100).ToArray();
        Assert.NotEmpty(wanted);
        await TimedAsync("newest traces shown", () => Expect(page.Locator("tbody tr")).ToHaveCountAsync(100));
        await TimedAsync("failures through one service shown", async () =>
        {
            await page.Locator("[data-search]").FillAsync($"service:{SentSpans.NameOf(SentSpans.Failing)} status:error");
            await Expect(page.Locator($"tbody a[href*='{wanted[^1]}']")).ToHaveCountAsync(1);
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(wanted.Length);
        });
        Assert.Equal(wanted, await page.Locator("tbody a[data-row]").EvaluateAllAsync<string[]>("links => links.map(link => new URL(link.href).pathname.split('/').pop())"));
        await TimedAsync("one slow request among all shown", async () =>
        {
            await page.Locator("[data-search]").FillAsync("duration:>4s");
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
            await Expect(page.Locator($"a[href*='{SentSpans.LargeTrace}']").First).ToHaveTextAsync("GET /report");
        });
        Assert.Empty(opened.Complaints);
    }

    /// <summary>Every request is counted, for all services and for one.</summary>
    private async Task MeasureAsync()
    {
        await using var opened = await OpenedPage.OpenAsync(chromium, node.Server, "/metrics?window=60");
        var page = opened.Page;
        await TimedAsync("metrics of all services shown", () => Expect(page.Locator(".answer")).ToContainTextAsync("served requests in 3"));
        var rows = (await node.AskAsync("metrics/red?windowMs=3600000&routes=false")).GetProperty("rows").EnumerateArray()
            .Where(row => row.TextAt("service") is "edge" or ['s', 'v', 'c', '-', ..]).ToArray();
        Assert.Equal(SentSpans.Services + 1, rows.Length);
        Assert.All(rows, row => Assert.Equal("null", row.TextAt("route")));
        Assert.Equal(_sent.Spans, rows.Sum(row => row.GetProperty("count").GetInt64()));
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 50, 3_000);
        await opened.GoAsync($"{node.Server.Url}/metrics?window=60&service=svc-123");
        await TimedAsync("metrics of one service shown", () => Expect(page.Locator(".answer")).ToContainTextAsync("by svc-123"));
        Assert.Empty(opened.Complaints);
    }

    private static async Task TimedAsync(string what, Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        Tell($"{what} after ms", (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static void Tell(string what, long number) => TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {number:N0}"));
}
