using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Conway.CodeFacts;
using Conway.Console.Api;
using Conway.Console.FromCode;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conway.Console.Tests;

/// <summary>The page on which a person cuts a codebase, in a real browser, without a running system.</summary>
public sealed class DecomposePageTests(Chromium chromium) : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly ScratchFolder _folder = new();

    private string File => _folder.At("constraints.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_console_without_a_system_shows_the_decomposition_alone()
    {
        await using var cutting = await Cutting.StartAsync(CutCode.Monolith, File);
        await using var opened = await OpenedPage.OpenAsync(chromium, cutting.Server, "/");
        await Expect(opened.Page.Locator("h1")).ToHaveTextAsync("How could this be cut into services?");
        await Expect(opened.Page.Locator(".side a")).ToHaveTextAsync(["Decompose"]);
        await opened.Page.Keyboard.PressAsync("Control+k");
        await Expect(opened.Page.Locator("[role=option]")).ToHaveTextAsync(["DecomposePage", "DarkTheme", "LightTheme", "As the systemTheme", "KeysHelp"]);
        using var program = cutting.Program();
        var parts = await program.GetFromJsonAsync<JsonElement>("/api/v1/console", Cancel);
        Assert.Equal("false true", $"{parts.TextAt("system")} {parts.TextAt("decomposition")}");
        using var none = await program.GetAsync("/api/v1/services", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_console_of_a_system_without_a_decomposition_says_how_to_get_one()
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.GetAsync("/api/v1/decomposition", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("conway decompose --open", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var stranger = await console.Stranger.GetAsync("/api/v1/decomposition", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        await using var opened = await OpenedPage.OpenAsync(chromium, console, "/system");
        await Expect(opened.Page.Locator(".side a").First).ToHaveTextAsync("System");
        await Expect(opened.Page.Locator(".side a", new() { HasText = "Decompose" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_type_is_dragged_to_another_service_with_its_price_seen_before_and_it_stays()
    {
        await using var cutting = await Cutting.StartAsync(CutCode.Monolith, File);
        var (unit, other) = await cutting.SomeoneAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, cutting.Server, "/decompose");
        var page = opened.Page;
        await page.Locator($"[data-service='{unit.Service}'] [data-type='{unit.FullName}']").HoverAsync();
        await page.Mouse.DownAsync();
        await page.Locator($"[data-service='{other}'] .card-head").HoverAsync();
        await page.Locator($"[data-service='{other}'] .card-facts").HoverAsync();
        await Expect(page.Locator($"[data-service='{other}'] .card-price")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^([+−]0\\.\\d{3}|±0)$"));
        await Expect(page.Locator(".drop-bar")).ToContainTextAsync($"{unit.Name} to {other}");
        await Expect(page.Locator(".drop-bar .mono")).ToContainTextAsync("→");
        Assert.False(System.IO.File.Exists(File));
        await page.Mouse.UpAsync();
        await Expect(page.Locator($"[data-service='{other}'] [data-type='{unit.FullName}']")).ToBeVisibleAsync();
        Assert.Equal($"pin {unit.Name} -> {other}\n", await System.IO.File.ReadAllTextAsync(File, Cancel));
        await page.ReloadAsync();
        await Expect(page.Locator($"[data-service='{other}'] [data-type='{unit.FullName}']")).ToBeVisibleAsync();
        Assert.Empty(opened.Complaints);

        await using var next = await Cutting.StartAsync(CutCode.Monolith, File);
        await using var again = await OpenedPage.OpenAsync(chromium, next.Server, "/decompose");
        await Expect(again.Page.Locator($"[data-service='{other}'] [data-type='{unit.FullName}']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_type_is_moved_by_keys_alone_with_its_price_seen_before_and_taken_back_by_keys()
    {
        await using var cutting = await Cutting.StartAsync(CutCode.Monolith, File);
        var (unit, other) = await cutting.SomeoneAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, cutting.Server, "/decompose");
        var page = opened.Page;
        await page.Locator($"[data-type='{unit.FullName}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".unit-panel .pulls li").First.WaitForAsync();
        Assert.Empty(await Axe.AllAsync(page));
        await page.Keyboard.PressAsync("m");
        await page.Locator(".move-dialog [role=option] .mono").First.WaitForAsync();
        await page.Keyboard.TypeAsync(other);
        await Expect(page.Locator(".move-dialog [role=option]").First).ToContainTextAsync(other);
        await Expect(page.Locator(".move-price .mono")).ToContainTextAsync("→");
        Assert.Empty(await Axe.AllAsync(page));
        Assert.False(System.IO.File.Exists(File));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator($"[data-service='{other}'] [data-type='{unit.FullName}']")).ToBeVisibleAsync();
        await Expect(page.Locator(".decompose-busy")).ToContainTextAsync($"{unit.Name} is in {other} now");
        Assert.Equal($"pin {unit.Name} -> {other}\n", await System.IO.File.ReadAllTextAsync(File, Cancel));
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator($"[data-service='{unit.Service}'] [data-type='{unit.FullName}']")).ToBeVisibleAsync();
        Assert.Equal("", await System.IO.File.ReadAllTextAsync(File, Cancel));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Wishes_that_contradict_each_other_are_told_and_the_board_stays()
    {
        await using var cutting = await Cutting.StartAsync(CutCode.Monolith, File);
        var (unit, other) = await cutting.SomeoneAsync();
        await using var opened = await OpenedPage.OpenAsync(chromium, cutting.Server, "/decompose?view=edits");
        var page = opened.Page;
        await AddAsync(page, $"tgether {unit.Name} X");
        await Expect(page.Locator("#edit-refused")).ToContainTextAsync("Write 'together'");
        await AddAsync(page, $"pin {unit.Name} -> {other}");
        await Expect(page.Locator(".edit-line")).ToHaveCountAsync(1);
        await AddAsync(page, $"pin {unit.Name} -> elsewhere");
        await Expect(page.Locator(".failure")).ToContainTextAsync("CW1704");
        await page.GetByRole(AriaRole.Button, new() { Name = "Board" }).ClickAsync();
        await Expect(page.Locator($"[data-service='{other}'] [data-type='{unit.FullName}']")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator(".failure")).ToHaveCountAsync(0);
        Assert.Equal($"pin {unit.Name} -> {other}\n", await System.IO.File.ReadAllTextAsync(File, Cancel));
    }

    [Theory]
    [InlineData(1600)]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Every_view_is_whole_and_without_barriers_in_both_themes(int width)
    {
        await System.IO.File.WriteAllTextAsync(File, "# ours\nservices 3..8\ntogether NoSuchType Nobody\n", Cancel);
        await using var cutting = await Cutting.StartAsync(CutCode.Monolith, File);
        var (unit, _) = await cutting.SomeoneAsync();
        var board = await cutting.Session.FindBoardAsync("medium", Cancel);
        var pair = board!.Boundaries[0];
        await using var opened = await OpenedPage.OpenAsync(chromium, cutting.Server, "/decompose", width: width);
        List<string> troubles = [];
        foreach (var (name, query, shows) in new[]
        {
            ("board", "", ".type"), ("type", $"?type={unit.FullName}", ".pulls li"), ("contested", "?view=contested", "tbody tr, .empty"),
            ("boundary", $"?view=boundaries&between={pair.A}%3E{pair.B}", ".boundary-cost"), ("prices", "?view=prices", ".prices"), ("edits", "?view=edits", ".edit-finding"),
            ("monolith", "?cut=monolith", ".type"),
        })
        {
            await opened.GoAsync($"{cutting.Server.Url}/decompose{query}");
            await opened.Page.Locator(shows).First.WaitForAsync();
            foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await opened.SettleAsync();
                var where = $"decompose-{name}-{scheme.ToString().ToLowerInvariant()}-{width}";
                await opened.KeepAsync(where);
                var barriers = scheme == ColorScheme.Dark ? await Axe.AllAsync(opened.Page) : await Axe.ColoursAsync(opened.Page);
                troubles.AddRange(barriers.Concat(opened.Complaints).Select(trouble => $"{where}: {trouble}"));
                if (await opened.SidewaysAsync() is > 0 and var over)
                {
                    troubles.Add($"{where}: the page is {over} px too wide");
                }
            }
        }

        Assert.True(troubles.Count == 0, string.Join(Environment.NewLine, troubles));
    }

    /// <summary>Counted, not timed: what a page holds is the same on every machine.</summary>
    [Fact]
    public async Task Two_thousand_types_are_a_bounded_page_and_each_is_found()
    {
        await using var cutting = await Cutting.StartAsync(CutCode.Large, File);
        var board = (await cutting.Session.FindBoardAsync("medium", Cancel))!;
        Assert.InRange(board.Units.Count, 1_500, 4_000);
        await using var opened = await OpenedPage.OpenAsync(chromium, cutting.Server, "/decompose");
        var page = opened.Page;
        await page.Locator(".type").First.WaitForAsync();
        await opened.SettleAsync();
        await opened.KeepAsync("decompose-large-dark-1280");
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 500, 9_000);
        var last = board.Units.Where(u => u is { Shared: null, Service: not null }).OrderBy(u => u.Name, StringComparer.Ordinal).Last();
        await page.Locator("[data-search]").FillAsync(last.FullName);
        await page.Locator($"[data-type='{last.FullName}']").ClickAsync();
        await page.Locator(".unit-panel .pulls li").First.WaitForAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.Locator(".move-dialog [role=option]")).ToHaveCountAsync(board.Services.Count);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".decompose-busy")).ToContainTextAsync($"{last.Name} is in");
        Assert.Empty(opened.Complaints);
    }

    private static async Task AddAsync(IPage page, string line)
    {
        await page.GetByLabel("A line to add").FillAsync(line);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A console that shows code being cut, and nothing else.</summary>
    private sealed class Cutting(ConsoleServer server, DecompositionSession session) : IAsyncDisposable
    {
        public ConsoleServer Server => server;

        public DecompositionSession Session => session;

        public static async Task<Cutting> StartAsync(Codebase code, string constraints)
        {
            var session = CutCode.Session(code, constraints);
            return new(await ConsoleServer.StartAsync(new ConsoleOptions { Port = 0, Decomposition = session }, null, TimeProvider.System, Cancel), session);
        }

        public HttpClient Program()
        {
            var program = new HttpClient { BaseAddress = new Uri(server.Url) };
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
            return program;
        }

        /// <summary>A type that the board shows at once, and another service of the same cut.</summary>
        public async Task<(BoardUnit Unit, string Other)> SomeoneAsync()
        {
            var board = (await session.FindBoardAsync("medium", Cancel))!;
            var unit = board.Units.First(u => u is { Shared: null, Service: not null, Kind: "class", Role: Decomposition.Proposals.UnitRole.Domain });
            return (unit, board.Services.First(s => s.Name != unit.Service).Name);
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            session.Dispose();
        }
    }
}
