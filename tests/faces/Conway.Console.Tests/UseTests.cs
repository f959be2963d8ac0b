using Conway.Console.Tests.Played;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conway.Console.Tests;

/// <summary>What a person does with the page, in a real browser.</summary>
public sealed class UseTests(Chromium chromium)
{
    [Fact]
    public async Task Without_a_code_the_page_says_how_to_get_in()
    {
        await using var console = await RunningConsole.StartAsync();
        var browser = await chromium.GetAsync();
        var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(console.Server.Url);
        await Expect(page.Locator("h1")).ToHaveTextAsync("This browser has not been let in");
        await Expect(page.Locator(".command")).ToHaveTextAsync("conway open");
        Assert.Empty(await Axe.AllAsync(page));
        await context.CloseAsync();
    }

    [Fact]
    public async Task The_code_is_gone_from_the_address_and_the_page_stays_open_on_reload()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/services?service=orders");
        Assert.Equal($"{console.Server.Url}/services?service=orders", opened.Page.Url);
        await opened.Page.ReloadAsync();
        await Expect(opened.Page.Locator(".service-panel h2")).ToHaveTextAsync("orders");
    }

    [Fact]
    public async Task Keys_lead_to_every_page_search_it_and_lead_back()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/system");
        var page = opened.Page;
        foreach (var (key, question) in new[] { ("v", "Which services run, and how are they?"), ("l", "What are the services saying?"), ("t", "Where did the time go?"), ("m", "How busy, how broken, how slow?"), ("f", "What should be mended?"), ("o", "What is declared, and what was made of it?"), ("s", "Is the system well?") })
        {
            await GoByKeysAsync(page, key, question);
        }

        await GoByKeysAsync(page, "l", "What are the services saying?");
        await page.Locator(".log").First.WaitForAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("level:warn");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync($"{console.Server.Url}/logs?query=level%3Awarn");
        await Expect(page.Locator(".level-info")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page).ToHaveURLAsync($"{console.Server.Url}/logs");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog h2")).ToHaveTextAsync("Keys");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_palette_finds_services_and_acts_on_them()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/findings");
        await opened.Page.Keyboard.PressAsync("Control+k");
        await opened.Page.Keyboard.TypeAsync("restart ord");
        await Expect(opened.Page.Locator("[role=option]").First).ToContainTextAsync("Restart orders");
        Assert.Empty(await Axe.AllAsync(opened.Page));
        await opened.Page.Keyboard.PressAsync("Enter");
        await Patience.UntilAsync(() => console.System.Done.Contains("Restart orders"), "the restart");
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d00000004-00f067aa0ba902b7-01", "Trace 4bf92f3577b34da6a3ce929d00000004", "/traces/4bf92f3577b34da6a3ce929d00000004")]
    [InlineData("api/ord", "/api/orders/** → orders", "/services?service=orders")]
    [InlineData("cw2104", "CW2104 'orders' waits up to 2 s", "/findings?rule=CW2104")]
    [InlineData("metrics of ship", "Metrics of shipping", "/metrics?service=shipping")]
    [InlineData("card refused", "Search the logs for card refused", "/logs?query=card+refused")]
    public async Task The_palette_finds_what_is_typed_or_pasted(string typed, string first, string path)
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/model");
        await opened.SettleAsync();
        await opened.Page.Keyboard.PressAsync("Control+k");
        await opened.Page.Keyboard.InsertTextAsync(typed);
        await Expect(opened.Page.Locator("[role=option][aria-selected=true]")).ToContainTextAsync(first);
        await opened.Page.Keyboard.PressAsync("Enter");
        await Expect(opened.Page).ToHaveURLAsync(console.Server.Url + path);
        await Expect(opened.Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_palette_offers_what_a_service_can_do_now_and_its_arrows_go_round()
    {
        await using var console = await RunningConsole.StartAsync();
        console.System.Command("orders", ServiceVerb.Stop);
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/findings");
        await opened.SettleAsync();
        await opened.Page.Keyboard.PressAsync("Control+k");
        var options = opened.Page.Locator("[role=option]");
        await opened.Page.Keyboard.InsertTextAsync("action orders");
        await Expect(options).ToHaveTextAsync(["Start ordersAction", "Search the logs for action ordersLogs", "Search the traces for action ordersTraces"]);
        await opened.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(options.Last).ToHaveAttributeAsync("aria-selected", "true");
        await opened.Page.Keyboard.PressAsync("ArrowDown");
        await opened.Page.Keyboard.PressAsync("Enter");
        await Patience.UntilAsync(() => console.System.Done.Contains("Start orders"), "the start");
    }

    [Fact]
    public async Task A_service_is_stopped_and_a_replica_killed_by_a_click_and_the_page_follows()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/services?service=orders");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Kill orders-2" }).ClickAsync();
        await Patience.UntilAsync(() => console.System.Done.Contains("kill orders 2"), "the kill");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(opened.Page.Locator(".service-state")).ToHaveTextAsync("stopped");
        await Expect(opened.Page.Locator("tr.row-open .state").First).ToHaveTextAsync("stopped");
        Assert.Equal(["kill orders 2", "Stop orders"], console.System.Done);
    }

    [Fact]
    public async Task A_replica_that_is_left_out_says_by_whom_and_until_when_and_a_finding_since_when_it_is_there()
    {
        await using var console = await RunningConsole.StartAsync(new PlayedSystem(PlayedService.Shop, trouble: true));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/services?service=catalog");
        await Expect(opened.Page.Locator(".replicas > li").Nth(1)).ToContainTextAsync(new System.Text.RegularExpressions.Regex("gateway and orders leave it out until [0-9:]{8}, because calls to it failed"));
        await Expect(opened.Page.Locator(".replicas > li").Nth(0)).Not.ToContainTextAsync("leave it out");
        await Expect(opened.Page.Locator("tr.row-open .note")).ToHaveTextAsync("catalog-2: gateway and orders leave it out");
        await opened.GoAsync($"{console.Server.Url}/findings");
        await Expect(opened.Page.Locator(".finding-since").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Found first (on 2026-11-2[0-9]|at) [0-9:]{8}$"));
    }

    [Fact]
    public async Task Journeys_that_begin_to_wait_are_shown_as_paused_at_once()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/system");
        var state = opened.Page.Locator(".journey .state").First;
        await Expect(state).ToHaveTextAsync("running");
        console.System.Paused = true;
        console.System.Tell(new LiveEvent.Traffic(true));
        await Expect(state).ToHaveTextAsync("paused");
    }

    [Fact]
    public async Task A_node_does_not_move_when_numbers_change_or_the_page_is_opened_again()
    {
        await using var console = await RunningConsole.StartAsync(change: options => options with { GraphInterval = TimeSpan.FromMilliseconds(50) });
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/system");
        var orders = opened.Page.Locator(".react-flow__node[data-id=orders]");
        await orders.WaitForAsync();
        var before = await orders.EvaluateAsync<string>("node => node.style.transform");
        console.System.Command("orders", ServiceVerb.Stop);
        await Expect(orders.Locator(".part-replicas")).ToHaveTextAsync("0/2");
        Assert.Equal(before, await orders.EvaluateAsync<string>("node => node.style.transform"));
        await opened.Page.ReloadAsync();
        await orders.WaitForAsync();
        Assert.Equal(before, await orders.EvaluateAsync<string>("node => node.style.transform"));
    }

    [Fact]
    public async Task New_records_appear_by_themselves_and_wait_while_the_tail_is_paused()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/logs");
        var answer = opened.Page.Locator(".answer");
        await Expect(answer).ToContainTextAsync("300 records");
        await console.System.Log.Writer.WriteAsync(PlayedTelemetry.MakeLog(3_000), TestContext.Current.CancellationToken);
        await Expect(answer).ToContainTextAsync("301 records");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await console.System.Log.Writer.WriteAsync(PlayedTelemetry.MakeLog(3_001), TestContext.Current.CancellationToken);
        await Expect(answer).ToContainTextAsync("paused, 1 new record waiting");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(answer).ToContainTextAsync("302 records");
    }

    [Fact]
    public async Task A_search_with_a_mistake_keeps_what_was_typed_and_says_what_is_wrong()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/logs");
        await opened.Page.Locator(".log").First.WaitForAsync();
        await opened.Page.Locator("[data-search]").FillAsync("card level:eror");
        await Expect(opened.Page.Locator(".query-error")).ToHaveTextAsync("'eror' is not a level. Levels are trace, debug, info, warn, error, fatal.");
        await Expect(opened.Page.Locator(".query-mistake")).ToHaveTextAsync("level:eror");
        await Expect(opened.Page.Locator("[data-search]")).ToHaveValueAsync("card level:eror");
        await Expect(opened.Page.Locator(".log").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_earlier_run_is_chosen_held_against_another_and_looked_at_by_route_with_keys_alone()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/metrics");
        var page = opened.Page;
        await page.Locator(".run-choice").Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page).ToHaveURLAsync($"{console.Server.Url}/metrics?with={Played.PlayedTelemetry.EarlierRun}");
        await Expect(page.Locator(".answer strong")).ToHaveTextAsync("1 of 7 services fared worse");
        await Expect(page.Locator("tr[data-fate=worse] td[data-label=p99]")).ToHaveTextAsync("44\u00a0ms → 131\u00a0ms▲ more: ×3.0, at least ×2.1");
        await Expect(page.Locator("tr[data-fate=untold] td[data-label=p99]")).ToContainTextAsync("too few to tell");
        await Expect(page.Locator("tr[data-fate=same]").First).ToContainTextAsync("only noise");

        // The run itself is no choice to hold it against, and what is chosen stays in the address of a service.
        await page.Locator(".run-choice").First.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(page).ToHaveURLAsync($"{console.Server.Url}/metrics?with={Played.PlayedTelemetry.EarlierRun}&run={Played.PlayedTelemetry.DamagedRun}");
        await Expect(page.Locator(".run-choice").Nth(1).Locator("option")).ToHaveTextAsync(["no other run", "this one", .. await page.Locator(".run-choice").First.Locator("option").Nth(1).AllTextContentsAsync()]);
        await page.Locator("tr[data-fate=worse] a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tr[data-fate=alone] td").First).ToHaveTextAsync("PUT /new");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"service=.*run={Played.PlayedTelemetry.DamagedRun}&with={Played.PlayedTelemetry.EarlierRun}"));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_lost_node_is_told_and_the_page_comes_back_by_itself()
    {
        var port = FreePorts.Next();
        var console = await RunningConsole.StartAsync(change: options => options with { Port = port });
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/services");
        await opened.Page.Locator("tbody tr").First.WaitForAsync();
        await console.DisposeAsync();
        await Expect(opened.Page.Locator(".lost")).ToContainTextAsync("Connection to the node lost.");
        await Expect(opened.Page.Locator("tbody tr").First).ToBeVisibleAsync();
        Assert.Empty(await Axe.AllAsync(opened.Page));

        // Another run on the same port knows nothing of the old cookie: the page says how to get in again.
        await using var next = await RunningConsole.StartAsync(change: options => options with { Port = port });
        await opened.Page.ReloadAsync();
        await Expect(opened.Page.Locator("h1")).ToHaveTextAsync("This browser has not been let in");
    }

    /// <summary>The second key counts only shortly after the first; a busy machine may take longer between them, as a person may, and tries again.</summary>
    private static Task GoByKeysAsync(IPage page, string key, string question) => Patience.UntilAsync(
        async () =>
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(key);
            return await Record.ExceptionAsync(() => Expect(page.Locator("h1")).ToHaveTextAsync(question, new() { Timeout = 3000 })) is null;
        },
        $"'{question}' by the keys g {key}");

    [Fact]
    public async Task Findings_say_when_they_were_seen_what_shows_them_and_which_have_gone()
    {
        await using var console = await RunningConsole.StartAsync(new(PlayedService.Shop, trouble: true));
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/findings");
        var page = opened.Page;
        await Expect(page.Locator(".trend svg")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^140 changes from .* errors 0 to 0"));
        await Expect(page.Locator(".notice")).ToContainTextAsync("No space left on device");
        var finding = page.Locator(".finding", new() { HasText = "CW2104" });
        await Expect(finding).ToContainTextAsync("after it had come back once");
        await Expect(finding).ToContainTextAsync("Measured 2,000 ms against 800 ms.");
        await Expect(finding).ToContainTextAsync("not if 'payments' is only called where nobody waits.");
        await Expect(finding.GetByRole(AriaRole.Link, new() { Name = "conway.yaml:16" })).ToHaveAttributeAsync("href", "/model?file=conway.yaml&line=16");
        await Expect(finding.GetByRole(AriaRole.Button, new() { Name = "src/Orders/Payments.cs:41" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Gone" }).ClickAsync();
        await Expect(page.Locator(".finding")).ToHaveCountAsync(1);
        await Expect(page.Locator(".finding")).ToContainTextAsync("after it had come back 2 times");
        Assert.Contains("when=gone", page.Url, StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }
}
