using Conway.Console.Tests.Played;
using Microsoft.Playwright;

namespace Conway.Console.Tests;

/// <summary>Every page, dark and light, wide and narrow: nothing complains, nothing is cut off, axe finds no barrier.</summary>
public sealed class LookTests(Chromium chromium)
{
    private static readonly (string Name, string Path, string Shows)[] Pages =
    [
        ("system", "/system", ".part"),
        ("system-service", "/system?at=orders", ".service-panel .replicas"),
        ("system-call", "/system?at=storefront%3Einventory", ".panel"),
        ("system-table", "/system?view=table", "tbody tr"),
        ("services", "/services", "tbody tr"),
        ("services-panel", "/services?service=inventory", ".build-lines"),
        ("logs", "/logs", ".log"),
        ("logs-record", "/logs?query=level:error&record=000001-962", ".log"),
        ("logs-mistake", "/logs?query=level:eror", ".query-error"),
        ("traces", "/traces", "tbody tr"),
        ("trace", $"/traces/{PlayedTelemetry.FailedTrace}", ".span-bar"),
        ("trace-span", $"/traces/{PlayedTelemetry.FailedTrace}?span=0000000400000000", ".panel"),
        ("trace-logs", $"/traces/{PlayedTelemetry.FailedTrace}?view=logs", ".log"),
        ("metrics", "/metrics", ".spark"),
        ("metrics-service", "/metrics?service=orders", ".chart canvas"),
        ("findings", "/findings?rule=CW2104", ".markdown"),
        ("model", "/model?path=services.orders", ".explain-about"),
        ("model-plan", "/model?view=plan", ".plan-toggle"),
    ];

    [Theory]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Every_page_of_a_system_in_trouble_is_whole_and_without_barriers(ColorScheme scheme, int width)
    {
        await using var console = await RunningConsole.StartAsync(new PlayedSystem(PlayedService.Shop, trouble: true));
        await SeeAllAsync(console, Pages, "trouble", scheme, width);
    }

    [Theory]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Every_page_of_a_system_in_which_nothing_has_happened_yet_says_what_to_do(ColorScheme scheme, int width)
    {
        await using var console = await RunningConsole.StartAsync(new PlayedSystem(PlayedService.Shop, quiet: true));
        (string, string, string)[] pages = [("system", "/system", ".part-none"), ("logs", "/logs", ".empty .command"), ("traces", "/traces", ".empty .command"), ("metrics", "/metrics", ".empty .command"), ("findings", "/findings", ".empty .command")];
        await SeeAllAsync(console, pages, "quiet", scheme, width);
    }

    [Theory]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Three_hundred_services_are_still_one_picture(ColorScheme scheme, int width)
    {
        await using var console = await RunningConsole.StartAsync(new PlayedSystem(PlayedService.Estate(300)));
        (string, string, string)[] pages = [("system", "/system", width < 500 ? "tbody tr" : ".part"), ("services", "/services?group=team", "tbody tr")];
        await SeeAllAsync(console, pages, "estate", scheme, width);
    }

    private async Task SeeAllAsync(RunningConsole console, (string Name, string Path, string Shows)[] pages, string system, ColorScheme scheme, int width)
    {
        List<string> troubles = [];
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/findings", scheme, width);
        foreach (var (name, path, shows) in pages)
        {
            await opened.GoAsync(console.Server.Url + path);
            await opened.Page.Locator(shows).First.WaitForAsync();
            var where = $"{system}-{name}-{scheme.ToString().ToLowerInvariant()}-{width}";
            await opened.KeepAsync(where);
            troubles.AddRange((await opened.BarriersAsync()).Concat(opened.Complaints).Select(trouble => $"{where}: {trouble}"));
            opened.Complaints.Clear();
            if (await opened.SidewaysAsync() is > 0 and var over)
            {
                troubles.Add($"{where}: the page is {over} px too wide");
            }
        }

        Assert.Empty(troubles);
    }
}
