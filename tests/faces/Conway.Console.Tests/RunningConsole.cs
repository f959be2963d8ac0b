using System.Net.Http.Headers;
using Conway.Console.Tests.Played;

namespace Conway.Console.Tests;

/// <summary>A console on a free port with a played system behind it, and the ways to call it.</summary>
internal sealed class RunningConsole : IAsyncDisposable
{
    private RunningConsole(ConsoleServer server, PlayedSystem system)
    {
        Server = server;
        System = system;
        Stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(server.Url) };
        Program = new HttpClient { BaseAddress = new Uri(server.Url) };
        Program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
    }

    public ConsoleServer Server { get; }

    public PlayedSystem System { get; }

    public int Port => new Uri(Server.Url).Port;

    /// <summary>Sends nothing that lets it in; follows no redirect.</summary>
    public HttpClient Stranger { get; }

    /// <summary>Sends the token.</summary>
    public HttpClient Program { get; }

    public static async Task<RunningConsole> StartAsync(PlayedSystem? system = null, Func<ConsoleOptions, ConsoleOptions>? change = null, TimeProvider? clock = null)
    {
        var played = system ?? new PlayedSystem(PlayedService.Shop);
        var options = new ConsoleOptions { Port = 0 };
        return new(await ConsoleServer.StartAsync(change?.Invoke(options) ?? options, played, clock ?? TimeProvider.System, TestContext.Current.CancellationToken), played);
    }

    /// <summary>Uses a code as a browser does and returns the cookie it got: <c>name=value</c>.</summary>
    public async Task<string> EnterAsync()
    {
        using var answer = await Stranger.GetAsync(new Uri(Server.NewCode("/").Url), TestContext.Current.CancellationToken);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public async ValueTask DisposeAsync()
    {
        Stranger.Dispose();
        Program.Dispose();
        await Server.DisposeAsync();
    }
}
