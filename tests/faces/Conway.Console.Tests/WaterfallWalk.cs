using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conway.Console.Tests;

/// <summary>What a person does with a trace that is much longer than a screen.</summary>
internal static class WaterfallWalk
{
    /// <summary>Walks the open waterfall from its first span to its last, opens that one, and folds the whole into its root.</summary>
    /// <param name="last">The name of the last row.</param>
    public static async Task WholeAsync(OpenedPage opened, int spans, string last)
    {
        var page = opened.Page;
        await Expect(page.Locator(".answer")).ToContainTextAsync(Words(spans, "span"));
        await page.Locator(".span-row").First.WaitForAsync();
        Assert.InRange(await ElementsAsync(page), 50, 2_000);

        // Every row was in sight once, in a page that never held more than what is near.
        var walked = await page.EvaluateAsync<int[]>("""
            async () => {
              const body = document.querySelector('.waterfall-body')
              const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
              const seen = new Set()
              let most = 0
              for (let still = 0; still < 3;) {
                await painted()
                const rows = [...document.querySelectorAll('.span-row')]
                most = Math.max(most, rows.length)
                for (const row of rows) seen.add(row.style.transform)
                const before = body.scrollTop
                body.scrollTop += body.clientHeight
                still = body.scrollTop === before ? still + 1 : 0
              }
              return [seen.size, most]
            }
            """);
        Assert.Equal(spans, walked[0]);
        Assert.InRange(walked[1], 10, 150);

        var end = page.Locator(".span-title").Last;
        await Expect(end).ToContainTextAsync(last);
        await end.ClickAsync();
        await Expect(page.Locator(".panel h2")).ToHaveTextAsync(last);
        await page.Locator(".panel [data-close]").ClickAsync();

        await page.Locator(".waterfall-body").EvaluateAsync("body => body.scrollTop = 0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide what is under it" }).First.ClickAsync();
        await Expect(page.Locator(".span-row")).ToHaveCountAsync(1);
        await Expect(page.Locator(".span-row")).ToContainTextAsync(Words(spans - 1, "more"));
        Assert.Empty(opened.Complaints);
    }

    private static string Words(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}");

    private static Task<int> ElementsAsync(IPage page) => page.EvaluateAsync<int>("document.querySelectorAll('*').length");
}
