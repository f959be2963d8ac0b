using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Conway.Console.Tests;

/// <summary>A page of the console in a browser that was let in by a code, and everything the browser complained of.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    // Only what is wrong is sent back in full: the list of what is right would be the larger part of the work.
    private static readonly AxeRunOptions Rules = new() { ResultTypes = [ResultType.Violations], RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") };
    private readonly IBrowserContext _context;

    private OpenedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = [];

    public static async Task<OpenedPage> OpenAsync(Chromium chromium, RunningConsole console, string path, ColorScheme scheme = ColorScheme.Dark, int width = 1280)
    {
        var browser = await chromium.GetAsync();
        var context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 820 }, ReducedMotion = ReducedMotion.Reduce });
        var opened = new OpenedPage(context, await context.NewPageAsync());
        opened.Page.Console += (_, message) =>
        {
            // A refused request is what some pages are about; everything else in red is a fault.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                opened.Complaints.Enqueue(message.Text);
            }
        };
        opened.Page.PageError += (_, fault) => opened.Complaints.Enqueue(fault);
        opened.Page.SetDefaultTimeout(30_000);
        await opened.GoAsync(console.Server.NewCode(path).Url);
        return opened;
    }

    /// <summary>Loads another page in the same browser, which knows the way in.</summary>
    public async Task GoAsync(string url)
    {
        await Page.GotoAsync(url);
        await Page.Locator("h1").WaitForAsync();
    }

    /// <summary>What axe finds, one line each; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync() => [.. (await Page.RunAxe(Rules)).Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Target} {node.Html}"))];

    public async Task<int> SidewaysAsync() => await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    /// <summary>Into <c>artifacts/screenshots</c>, for people to look at.</summary>
    public async Task KeepAsync(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
