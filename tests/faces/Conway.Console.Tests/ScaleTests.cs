using Conway.Console.Tests.Played;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conway.Console.Tests;

/// <summary>A system of 300 services with thousands of traces: a page holds what is in sight and asks for no more than it does for seven services.</summary>
/// <remarks>Counted, not timed: elements of a page, addresses asked, bytes of answers. They are the same on every machine.</remarks>
public sealed class ScaleTests(Chromium chromium)
{
    private const int Services = 300;

    /// <param name="elementsMax">About twice what there is. Every row of 300 services in the page would be 7,000 and more.</param>
    [Theory]
    [InlineData("/services", "tbody tr", 2_500)]
    [InlineData("/services?group=team", "tbody tr", 2_500)]
    [InlineData("/system?view=table", "tbody tr", 2_000)]
    [InlineData("/traces", "tbody tr", 2_500)]
    [InlineData("/metrics", ".spark", 2_500)]
    [InlineData("/system", ".part", 10_000)]
    [InlineData("/architecture", ".box.context", 2_000)]
    [InlineData("/architecture?view=c4&level=container", ".c4-container", 1_500)]
    [InlineData("/architecture?view=boundaries", "tbody tr", 3_000)]
    [InlineData("/architecture?view=drift&edges=all", "tbody tr", 2_000)]
    public async Task A_page_of_three_hundred_services_is_bounded_and_asks_no_more_than_one_of_seven(string path, string shows, int elementsMax)
    {
        var (large, elements) = await SeeAsync(new(PlayedService.Estate(Services)), path, shows);
        var (small, _) = await SeeAsync(new(PlayedService.Shop), path, shows);

        // The graph comes with the stream, or is asked for where the stream is late: a busy machine decides, not the page.
        static IEnumerable<string> Decided(Dictionary<string, int> asked) => asked.Keys.Where(address => address != "/api/v1/graph").Order(StringComparer.Ordinal);
        Assert.Equal(Decided(small), Decided(large));
        Assert.InRange(elements, 50, elementsMax);
        Assert.All(large, answer => Assert.True(answer.Value is > 0 and < 3_000_000, $"{answer.Key} answers {answer.Value} bytes"));
    }

    [Theory]
    [InlineData("/services", Services)]
    [InlineData("/services?group=context", Services)]
    [InlineData("/metrics", Services)]
    public async Task Whoever_scrolls_a_long_list_sees_every_row_of_it(string path, int rows)
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Estate(Services)));
        foreach (var width in new[] { 1280, 390 })
        {
            await using var opened = await OpenedPage.OpenAsync(chromium, console, path, width: width);
            await opened.Page.Locator("tbody tr").First.WaitForAsync();
            var seen = await ScrollAsync(opened);
            Assert.Equal(PlayedService.Estate(Services).Select(service => service.Name).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
            Assert.Equal(rows, seen.Count);
            Assert.InRange(await ElementsAsync(opened.Page), 50, 3_000);
            Assert.Empty(opened.Complaints);
        }
    }

    [Fact]
    public async Task Older_traces_come_when_asked_for_and_the_page_grows_no_larger()
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Estate(Services)));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/traces");
        var answer = opened.Page.Locator(".answer");
        await Expect(answer).ToContainTextAsync("Longest of the newest 100 traces");
        foreach (var count in new[] { 200, 300, 400 })
        {
            await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Show older ones" }).ClickAsync();
            await Expect(answer).ToContainTextAsync($"Longest of the newest {count} traces");
        }

        Assert.Equal(400, (await ScrollAsync(opened, "a => a.href")).Count);
        Assert.InRange(await ElementsAsync(opened.Page), 50, 3_000);
    }

    [Fact]
    public async Task From_afar_the_picture_is_read_by_its_groups_and_near_by_its_parts()
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Estate(Services)));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/system");
        var page = opened.Page;
        await page.Locator(".picture[style*='--zoom'] [data-far]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await opened.SettleAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => {
              const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a
              const space = document.querySelector('.picture').getBoundingClientRect()
              const parts = [...document.querySelectorAll('.part')].map(part => part.getBoundingClientRect())
              const small = (element, least) => parseFloat(getComputedStyle(element).fontSize) * zoom < least
              const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
              const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
              const groups = [...document.querySelectorAll('.part-group span')]
              return [
                ...(groups.length === 18 ? [] : [`${groups.length} groups`]),
                ...(parts.length === 301 ? [] : [`${parts.length} parts`]),
                ...groups.flatMap(group => {
                  const box = group.getBoundingClientRect()
                  return [
                    ...(small(group, 10) ? [`${group.textContent} is too small`] : []),
                    ...(inside(box, space) ? [] : [`${group.textContent} is out of sight`]),
                    ...(parts.some(part => covers(box, part)) ? [`${group.textContent} lies on a part`] : []),
                    ...(group.scrollWidth > group.clientWidth ? [`${group.textContent} is cut off`] : []),
                  ]
                }),
                ...[...document.querySelectorAll('.part-name .name')].filter(name => name.scrollWidth > name.clientWidth + 1).map(name => `${name.textContent} is cut off`),
                ...[...document.querySelectorAll('.part-name')].filter(name => small(name, 7)).map(name => `${name.textContent} is too small`),
              ]
            }
            """));

        // One is chosen: its panel opens, what it calls stays bright, everything else steps back, and it is in sight.
        await page.Locator(".react-flow__node[data-id=svc-150]").ClickAsync();
        await Expect(page.Locator(".service-panel h2")).ToHaveTextAsync("svc-150");
        await Expect(page.Locator(".react-flow__node[data-id=svc-150] .part-selected")).ToBeVisibleAsync();
        await Expect(page.Locator(".react-flow__node[data-id=svc-150]")).ToBeInViewportAsync(new() { Ratio = 1 });
        var dimmed = await page.Locator(".part-dimmed").CountAsync();
        Assert.InRange(dimmed, 200, 300);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_link_to_a_service_far_down_shows_its_row_and_a_search_leaves_what_matches()
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Estate(Services)));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/services?service=svc-280");
        await Expect(opened.Page.Locator("tr.row-open")).ToBeInViewportAsync();
        await Expect(opened.Page.Locator("tr.row-open .row-main button")).ToHaveTextAsync("svc-280");
        await opened.Page.Locator("[data-search]").FillAsync("team-7");
        await Expect(opened.Page.Locator(".services tbody tr")).ToHaveCountAsync(12);
    }

    [Fact]
    public async Task A_trace_of_five_thousand_spans_is_walked_from_end_to_end_in_a_page_of_bounded_size()
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Estate(Services)));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, $"/traces/{PlayedTelemetry.LargeTrace}");
        await WaterfallWalk.WholeAsync(opened, PlayedTelemetry.LargeTraceSpans, "the last of all");
    }

    /// <summary>Which addresses a page asks, with the largest answer of each in bytes, and how many elements it is made of.</summary>
    private async Task<(Dictionary<string, int> Asked, int Elements)> SeeAsync(PlayedSystem system, string path, string shows)
    {
        await using var console = await RunningConsole.StartAsync(system);
        await using var opened = await OpenedPage.OpenAsync(chromium, console, path);
        await opened.Page.Locator(shows).First.WaitForAsync();
        await opened.SettleAsync();
        return (await opened.Page.EvaluateAsync<Dictionary<string, int>>("""
            () => {
              const asked = {}
              for (const one of performance.getEntriesByType('resource')) {
                const address = new URL(one.name).pathname
                // What the head knows of the whole system comes with the stream, or is asked for where the stream is late: a busy machine decides, not the page.
                if (address === '/api/v1/system') continue
                if (one.initiatorType === 'fetch') asked[address] = Math.max(asked[address] ?? 0, one.decodedBodySize)
              }
              return asked
            }
            """), await ElementsAsync(opened.Page));
    }

    private static Task<int> ElementsAsync(IPage page) => page.EvaluateAsync<int>("document.querySelectorAll('*').length");

    /// <summary>Everything named by a row, from the first to the last, a screen at a time.</summary>
    private static async Task<HashSet<string>> ScrollAsync(OpenedPage opened, string name = "row => row.textContent") => [.. await opened.Page.EvaluateAsync<string[]>($$"""
        async () => {
          const table = document.querySelector('table.rows')
          const frame = table.closest('.split-main, main')
          const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
          const seen = new Set()
          const name = {{name}}
          frame.scrollTop = 0
          for (let still = 0; still < 3;) {
            await painted()
            const box = frame.getBoundingClientRect()
            for (const row of table.querySelectorAll('tbody [data-row]')) {
              const at = row.getBoundingClientRect()
              if (at.bottom > box.top && at.top < box.bottom) seen.add(name(row))
            }
            const before = frame.scrollTop
            frame.scrollTop += frame.clientHeight / 2
            still = frame.scrollTop === before ? still + 1 : 0
          }
          return [...seen]
        }
        """)];
}
