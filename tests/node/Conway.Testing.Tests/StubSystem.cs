using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Conway.Testing.Tests;

/// <summary>A real server on a free port that answers as a test wants, and remembers what was asked.</summary>
internal sealed class StubSystem : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Asked> _asked = new();

    private StubSystem(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var asked = new Asked(
                http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync(http.RequestAborted));
            _asked.Enqueue(asked);
            http.Items["asked"] = asked;
            await answer(http);
        });
    }

    /// <summary>One request as it came.</summary>
    internal sealed record Asked(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public override string ToString() => $"{Method} {Target}";
    }

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<Asked> Requests => [.. _asked];

    public static Task<StubSystem> AnsweringAsync(string json, int status = 200) => StartAsync(http => Answer(http, status, json));

    public static async Task<StubSystem> StartAsync(RequestDelegate answer)
    {
        var system = new StubSystem(answer);
        await system._app.StartAsync(TestContext.Current.CancellationToken);
        system.Address = new Uri(system._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return system;
    }

    public static Task Answer(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json, http.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token); // walks that a test left hanging are not waited for
        await _app.DisposeAsync();
    }
}
