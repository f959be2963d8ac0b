using System.Net;
using Conway.Console.Tests.Played;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conway.Console.Tests;

/// <summary>The page that lays what was declared beside what happens: read by keys and links, and never a figure that nobody measured.</summary>
public sealed class ArchitecturePageTests(Chromium chromium)
{
    [Fact]
    public async Task The_context_map_is_walked_by_keys_and_shows_which_borders_are_crossed()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/services");
        var page = opened.Page;
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Who speaks which language, and who follows whom?");
        await Expect(page.Locator(".box.context")).ToHaveCountAsync(5);

        // The run crosses the border that was to be closed: it is drawn with shape and word, and its panel says by what.
        await Expect(page.Locator(".tie-label-bad")).ToContainTextAsync("✕ separate ways · crossed");
        await page.Locator(".tie-label-bad").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".panel")).ToContainTextAsync("CW7104");
        await Expect(page.Locator(".panel")).ToContainTextAsync("'storefront' (storefront) calls 'inventory' (fulfilment) once");
        Assert.Contains("at=storefront%3Efulfilment", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);

        // Tab alone comes to every box.
        await page.Locator(".diagram").FocusAsync();
        List<string> met = [];
        for (var i = 0; i < 40 && met.Count(one => one.StartsWith("context ", StringComparison.Ordinal)) < 5; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            met.Add(await page.EvaluateAsync<string>("document.activeElement.textContent"));
        }

        Assert.Contains("context orderinggenericcheckoutbasketorders", met);
        Assert.Equal(5, met.Count(one => one.StartsWith("context ", StringComparison.Ordinal)));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_dependency_that_is_on_no_map_and_one_against_it_are_told_apart()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/architecture?look=model");
        await Expect(opened.Page.Locator(".tie-label", new() { HasText = "open host · against the map" })).ToBeVisibleAsync();
        await opened.Page.Locator(".tie-label", new() { HasText = "not on the map" }).ClickAsync();
        await Expect(opened.Page.Locator(".panel")).ToContainTextAsync("append to contexts.fulfilment.upstream: { context: catalog, as: customer-supplier }");
    }

    [Fact]
    public async Task C4_goes_from_the_system_down_to_one_service_by_links()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/architecture?view=c4");
        var page = opened.Page;
        await Expect(page.Locator(".c4-person")).ToContainTextAsync("buy");
        await Expect(page.Locator(".c4-external")).ToContainTextAsync("broker:9092");
        await page.Locator(".c4-system").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".c4-container")).ToHaveCountAsync(7);
        await Expect(page.Locator(".c4-store")).ToHaveCountAsync(3);
        await page.Locator(".c4-container", new() { HasText = "Takes and follows orders" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".component-inside")).ToContainTextAsync("OrderPlaced");
        await Expect(page.Locator(".component-inside")).ToContainTextAsync("Entry points: not evaluated, needs source.");
        var address = page.Url;
        await page.Locator(".component-side").First.GetByRole(AriaRole.Link, new() { Name = "storefront" }).ClickAsync();
        await Expect(page.Locator(".component-inside h2")).ToHaveTextAsync("storefront");
        await Expect(page.Locator(".component-side .tone-warn")).ToHaveTextAsync("inventory");
        await opened.GoAsync(address);
        await Expect(page.Locator(".component-inside h2")).ToHaveTextAsync("orders");
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Boundaries_are_sorted_by_any_figure_and_what_is_not_known_is_never_a_number()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/architecture?view=boundaries&look=model");
        var page = opened.Page;
        var coupling = page.Locator("tbody tr td[data-label=Coupling] .figure-value");
        await page.GetByRole(AriaRole.Button, new() { Name = "Coupling" }).ClickAsync();
        var up = (await coupling.AllTextContentsAsync()).Select(Number).ToArray();
        Assert.Equal(up.Order(), up);
        Assert.Equal(7, up.Length);
        await Expect(page.Locator("th[aria-sort=ascending]")).ToHaveTextAsync("Coupling ↑");
        await page.GetByRole(AriaRole.Button, new() { Name = "Coupling" }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=descending]")).ToHaveTextAsync("Coupling ↓");
        var down = (await coupling.AllTextContentsAsync()).Select(Number).ToArray();
        Assert.Equal(up.Reverse(), down);

        // Nobody looked at traffic: cohesion has a reason in every row and a number in none.
        var cohesion = page.Locator("tbody tr td[data-label=Cohesion]");
        Assert.All(await cohesion.AllTextContentsAsync(), text => Assert.Equal("–not evaluated: needs traces", text));

        // Now somebody does.
        await page.GetByLabel("Traffic").CheckAsync();
        await Expect(page.Locator("tbody tr td[data-label=Cohesion]").First).ToContainTextAsync("fewer than two operations");
        Assert.Contains("sort=-coupling", page.Url, StringComparison.Ordinal);

        static int Number(string text) => int.Parse(text.TrimEnd('%', '\u00a0'), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Drift_says_what_goes_apart_how_much_was_seen_and_which_edit_would_mend_it()
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Shop, trouble: true));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/architecture?view=drift");
        var page = opened.Page;
        await Expect(page.Locator(".answer")).ToContainTextAsync("go apart: 1 forbidden crossing, 1 wrong protocol");
        await Expect(page.Locator(".coverage")).ToContainTextAsync("100 % have a known caller");
        await Expect(page.Locator(".coverage")).ToContainTextAsync("CW7106 CW7107 not evaluated: needs code");
        await page.Locator("tbody tr").First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator(".panel")).ToContainTextAsync("set services.storefront.calls.inventory: { timeout: 100ms }");
        await Expect(page.Locator(".panel a", new() { HasText = "in trace 00000000" }).First).ToHaveAttributeAsync("href", "/traces/00000000000000000000000000000000");
        await page.Locator(".patches summary").ClickAsync();
        await Expect(page.Locator(".patches pre")).ToContainTextAsync("remove services.");
        await page.GetByRole(AriaRole.Button, new() { Name = "All 11" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(11);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Where_nothing_ran_drift_is_not_known_and_says_what_to_do()
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Shop, quiet: true));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/architecture?view=drift");
        await Expect(opened.Page.Locator(".notice")).ToHaveTextAsync("No request of run r-20261121-221530-4f2a is on disk yet. Use the system, and look again.");
        await Expect(opened.Page.Locator(".answer")).ToContainTextAsync("Not known.");
        await Expect(opened.Page.Locator(".coverage")).ToContainTextAsync("not evaluated: needs traces");
        Assert.DoesNotContain("not exercised", await opened.Page.Locator("tbody").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_looked_at_is_refused_with_what_was_meant()
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.GetAsync("/api/v1/architecture?look=trace", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Did you mean 'traces'?", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_take_their_turn_and_who_waited_for_the_same_gets_the_same()
    {
        var played = new PlayedSystem(PlayedService.Shop) { Looking = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var console = await RunningConsole.StartAsync(played);
        var cancel = TestContext.Current.CancellationToken;
        var first = console.Program.GetStringAsync("/api/v1/architecture?look=traces", cancel);
        await Patience.UntilAsync(() => Task.FromResult(played.Looks == 1), "the first look");
        var others = Enumerable.Range(0, 5).Select(_ => console.Program.GetStringAsync("/api/v1/architecture?look=git", cancel)).ToArray();
        Assert.Equal(1, played.Looks);
        played.Looking.SetResult();
        await first;
        var answers = await Task.WhenAll(others);
        Assert.InRange(played.Looks, 2, 6);
        Assert.All(answers, one => Assert.Contains("\"looked\":[\"git\"]", one, StringComparison.Ordinal));
    }
}
