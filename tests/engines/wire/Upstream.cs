using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conway.Wire;

/// <summary>A real HTTP server as upstream, on a free port.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _served;

    private Upstream(WebApplication app) => _app = app;

    internal int Port { get; private set; }

    internal string Address => $"127.0.0.1:{Port}";

    /// <summary>Requests that reached it.</summary>
    internal int Served => Volatile.Read(ref _served);

    internal static async Task<Upstream> StartAsync(RequestDelegate handler, HttpProtocols protocols = HttpProtocols.Http1, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var upstream = new Upstream(app);
        app.UseWebSockets();
        app.Run(http =>
        {
            Interlocked.Increment(ref upstream._served);
            return handler(http);
        });
        await app.StartAsync();
        upstream.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return upstream;
    }

    /// <summary>An upstream that says its name.</summary>
    internal static Task<Upstream> NamedAsync(string name, int port = 0) => StartAsync(http => http.Response.WriteAsync(name), port: port);

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        atOnce.Cancel();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
