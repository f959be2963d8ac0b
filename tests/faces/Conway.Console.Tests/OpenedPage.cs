using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Conway.Console.Tests;

/// <summary>A page of the console in a browser that was let in by a code, and everything the browser complained of.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private OpenedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            // A refused request is what some pages are about; everything else in red is a fault.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                Complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, fault) => Complaints.Enqueue(fault);
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = [];

    public static Task<OpenedPage> OpenAsync(Chromium chromium, RunningConsole console, string path, ColorScheme scheme = ColorScheme.Dark, int width = 1280) =>
        OpenAsync(chromium, console.Server, path, scheme, width);

    public static async Task<OpenedPage> OpenAsync(Chromium chromium, ConsoleServer server, string path, ColorScheme scheme = ColorScheme.Dark, int width = 1280)
    {
        var browser = await chromium.GetAsync();
        var context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 820 }, ReducedMotion = ReducedMotion.Reduce });
        var opened = new OpenedPage(context, await context.NewPageAsync());
        await opened.GoAsync(server.NewCode(path).Url);
        return opened;
    }

    /// <summary>Loads another page in the same browser, which knows the way in.</summary>
    public async Task GoAsync(string url)
    {
        await Page.GotoAsync(url);
        await Page.Locator("h1").WaitForAsync();
    }

    /// <summary>Waits until everything that was asked for has come and is painted, and nothing further was asked for because of it.</summary>
    public Task SettleAsync() => Patience.UntilAsync(
        () => Page.EvaluateAsync<bool>("""
            async () => {
              const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
              const rests = () => !document.querySelector('main[aria-busy=true], .waiting')
              await painted()
              if (!rests()) return false
              await painted()
              return rests()
            }
            """),
        $"rest on {Page.Url}");

    public async Task<int> SidewaysAsync() => await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    /// <summary>Into <c>artifacts/screenshots</c>, for people to look at: with <c>./test Console</c>, but not when everything is tested. Nothing is proven by them,
    /// and painting and writing hundreds of them takes minutes.</summary>
    public async Task KeepAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("CONWAY_TEST_WHOLE") is not null)
        {
            return;
        }

        var folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
