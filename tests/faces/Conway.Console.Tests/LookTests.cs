using System.Collections.Concurrent;
using Conway.Console.Tests.Played;
using Microsoft.Playwright;

namespace Conway.Console.Tests;

/// <summary>Every page, dark and light, wide and narrow: nothing complains, nothing is cut off, axe finds no barrier.</summary>
public sealed class LookTests(Chromium chromium)
{
    private static readonly Look[] Pages =
    [
        new("system", "/system", ".part"),
        new("system-service", "/system?at=orders", ".service-panel .replicas"),
        new("system-call", "/system?at=storefront%3Einventory", ".panel"),
        new("system-table", "/system?view=table", "tbody tr"),
        new("services", "/services", "tbody tr"),
        new("services-panel", "/services?service=inventory", ".build-lines"),
        new("logs", "/logs", ".log"),
        new("logs-record", "/logs?query=level:error&record=000001-962", ".log-details"),
        new("logs-mistake", "/logs?query=level:eror", ".query-error"),
        new("traces", "/traces", "tbody tr"),
        new("trace", $"/traces/{PlayedTelemetry.FailedTrace}", ".span-bar"),
        new("trace-span", $"/traces/{PlayedTelemetry.FailedTrace}?span=0000000400000000", ".panel"),
        new("trace-logs", $"/traces/{PlayedTelemetry.FailedTrace}?view=logs", ".log"),
        new("metrics", "/metrics", ".spark"),
        new("metrics-service", "/metrics?service=orders", ".chart canvas"),
        new("metrics-run", $"/metrics?run={PlayedTelemetry.DamagedRun}", ".notice li"),
        new("metrics-compare", $"/metrics?with={PlayedTelemetry.EarlierRun}", ".compared [data-fate=worse]"),
        new("metrics-compare-routes", $"/metrics?run={PlayedTelemetry.EarlierRun}&with={PlayedTelemetry.DamagedRun}&service=inventory", ".notice li"),
        new("metrics-compare-gone", "/metrics?with=r-none", ".failure"),
        new("traces-run", $"/traces?run={PlayedTelemetry.DamagedRun}", ".notice li"),
        new("logs-run", $"/logs?run={PlayedTelemetry.DamagedRun}", ".notice li"),
        new("architecture", "/architecture", ".box.context"),
        new("architecture-border", "/architecture?at=storefront%3Efulfilment", ".panel .finding-note"),
        new("architecture-context", "/architecture?at=ordering", ".panel .facts"),
        new("architecture-c4", "/architecture?view=c4", ".c4-system"),
        new("architecture-containers", "/architecture?view=c4&level=container&at=orders", ".c4-container"),
        new("architecture-component", "/architecture?view=c4&level=component&at=orders", ".component-inside"),
        new("architecture-boundaries", "/architecture?view=boundaries", "tbody tr"),
        new("architecture-drift", "/architecture?view=drift&at=storefront%3Einventory", ".panel .finding-note"),
        new("findings", "/findings?rule=CW2104", ".markdown"),
        new("findings-gone", "/findings?when=gone", ".finding"),
        new("model", "/model?path=services.orders", ".explain-about"),
        new("model-plan", "/model?view=plan", ".plan-toggle"),
        new("nowhere", "/nowhere", "main li a"),
        new("palette", "/services", "[role=option]", page => page.Keyboard.PressAsync("Control+k")),
        new("keys", "/services", "dialog .keys", page => page.Keyboard.PressAsync("?")),
    ];

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public Task Every_page_of_a_system_in_trouble_is_whole_and_without_barriers(int width) =>
        SeeAllAsync("trouble", new(PlayedService.Shop, trouble: true), Pages, width);

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public Task Every_page_of_a_system_in_which_nothing_has_happened_yet_says_what_to_do(int width) => SeeAllAsync(
        "quiet",
        new(PlayedService.Shop, quiet: true),
        [new("system", "/system", ".part"), new("logs", "/logs", ".empty .command"), new("traces", "/traces", ".empty .command"), new("metrics", "/metrics", ".empty .command"), new("metrics-compare", $"/metrics?with={PlayedTelemetry.EarlierRun}", ".empty"), new("findings", "/findings", ".empty .command"), new("architecture-drift", "/architecture?view=drift", ".notice")],
        width);

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public Task Names_as_long_as_they_may_be_push_nothing_off_the_page(int width) => SeeAllAsync(
        "long",
        new(PlayedService.LongNamed),
        [
            new("system", "/system?view=picture", ".part"), new("system-table", "/system?view=table", "tbody tr"), new("system-service", $"/system?at={PlayedService.LongNamed[0].Name}", ".service-panel .replicas"),
            new("services", "/services?group=context", "tbody tr"), new("services-panel", $"/services?service={PlayedService.LongNamed[0].Name}", ".service-panel .endpoints"),
            new("metrics", "/metrics", ".spark"), new("metrics-service", $"/metrics?service={PlayedService.LongNamed[0].Name}", ".chart canvas"),
            new("metrics-compare", $"/metrics?with={PlayedTelemetry.EarlierRun}", ".compared [data-fate=worse]"),
            new("architecture", "/architecture", ".box.context"), new("architecture-context", $"/architecture?at={PlayedService.LongNamed[0].Context}", ".panel .facts"),
            new("architecture-containers", "/architecture?view=c4&level=container", ".c4-container"), new("architecture-component", $"/architecture?view=c4&level=component&at={PlayedService.LongNamed[0].Name}", ".component-inside"),
            new("architecture-boundaries", "/architecture?view=boundaries", "tbody tr"), new("architecture-drift", "/architecture?view=drift&edges=all", "tbody tr"),
        ],
        width);

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public Task Three_hundred_services_are_still_one_picture(int width) => SeeAllAsync(
        "estate",
        new(PlayedService.Estate(300)),
        [
            new("system", "/system", width < 500 ? "tbody tr" : ".part"), new("services", "/services?group=team", "tbody tr"),
            new("services-far", "/services?service=svc-280", "tr.row-open"), new("system-table", "/system?view=table", "tbody tr"), new("system-service", "/system?view=picture&at=svc-150", ".service-panel .replicas"),
            new("metrics", "/metrics", ".spark"), new("traces", "/traces", "tbody tr"), new("trace", $"/traces/{PlayedTelemetry.LargeTrace}", ".span-bar"),
            new("architecture", "/architecture", ".box.context"), new("architecture-context", "/architecture?at=domain-3", ".panel .facts"), new("architecture-containers", "/architecture?view=c4&level=container&part=domain-3", ".c4-container"),
            new("architecture-component", "/architecture?view=c4&level=component&at=svc-150", ".component-inside"), new("architecture-boundaries", "/architecture?view=boundaries", "tbody tr"), new("architecture-drift", "/architecture?view=drift", "tbody tr"),
        ],
        width,
        repeats: true);

    /// <param name="repeats">The pages show nothing that others do not, only more of it: their colours are looked at in one theme.</param>
    private async Task SeeAllAsync(string system, PlayedSystem played, Look[] pages, int width, bool repeats = false)
    {
        await using var console = await RunningConsole.StartAsync(played);
        ConcurrentQueue<Look> waiting = new(pages);
        ConcurrentQueue<string> troubles = [];
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Environment.ProcessorCount, pages.Length)).Select(async _ =>
        {
            await using var opened = await OpenedPage.OpenAsync(chromium, console, "/nowhere", width: width);
            while (waiting.TryDequeue(out var look))
            {
                await SeeAsync(opened, look, $"{system}-{look.Name}", console.Server.Url, width, repeats, troubles);
            }
        }));
        Assert.True(troubles.IsEmpty, string.Join(Environment.NewLine, troubles.Order()));
    }

    /// <summary>A page is loaded once for each width, and seen in both themes: what they differ in are colours.</summary>
    private static async Task SeeAsync(OpenedPage opened, Look look, string name, string url, int width, bool repeats, ConcurrentQueue<string> troubles)
    {
        var first = width > 1000 ? ColorScheme.Dark : ColorScheme.Light;
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = first });
        await opened.GoAsync(url + look.Path);
        await (look.Act?.Invoke(opened.Page) ?? Task.CompletedTask);
        await opened.Page.Locator(look.Shows).First.WaitForAsync();
        foreach (var scheme in new[] { first, first == ColorScheme.Dark ? ColorScheme.Light : ColorScheme.Dark })
        {
            await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await opened.SettleAsync();
            var where = $"{name}-{scheme.ToString().ToLowerInvariant()}-{width}";
            await opened.KeepAsync(where);
            var barriers = scheme == first ? await Axe.AllAsync(opened.Page) : repeats ? [] : await Axe.ColoursAsync(opened.Page);
            foreach (var trouble in barriers.Concat(opened.Complaints))
            {
                troubles.Enqueue($"{where}: {trouble}");
            }

            opened.Complaints.Clear();
            if (await opened.SidewaysAsync() is > 0 and var over)
            {
                troubles.Enqueue($"{where}: the page is {over} px too wide");
            }
        }
    }

    /// <param name="Shows">What is there when the page is.</param>
    /// <param name="Act">What a person does first.</param>
    private sealed record Look(string Name, string Path, string Shows, Func<IPage, Task>? Act = null);
}
