using System.Net;
using Conway.Grpc;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Conway.Forwarding;

/// <summary>Serves HTTP/1.1 and cleartext HTTP/2 on any number of sockets that come and go while it runs.</summary>
/// <remarks>
/// <para>One Kestrel serves all of them. Kestrel can't add or remove an endpoint by itself without configuration files, and one Kestrel for each
/// socket costs a timer thread each; so every socket has an accept loop of ours that hands its connections to the one Kestrel, marked with
/// their <see cref="WireListener"/>.</para>
/// <para>Thread-safe. No host, no dependency injection, no middleware: a request goes from Kestrel straight to its listener's handler.</para>
/// </remarks>
public sealed class WireServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly SocketTransportFactory _sockets;
    private readonly ConnectionFunnel _funnel;
    private readonly TimeProvider _time;

    private WireServer(KestrelServer kestrel, SocketTransportFactory sockets, ConnectionFunnel funnel, TimeProvider time)
    {
        _kestrel = kestrel;
        _sockets = sockets;
        _funnel = funnel;
        _time = time;
    }

    /// <summary>Starts a server that listens nowhere yet.</summary>
    public static async Task<WireServer> StartAsync(WireOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        StrictFraming.RefuseBareLineFeeds();
        var logs = options.Logs ?? NullLoggerFactory.Instance;
        var kestrelOptions = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = NoServices.Instance,
            RequestHeaderEncodingSelector = HeaderDecoding.Of,
            ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.Latin1,
        };
        options.Limits?.Invoke(kestrelOptions.Limits);
        kestrelOptions.Listen(ConnectionFunnel.Place, listen =>
        {
            ((IConnectionBuilder)listen).Use(next => connection => WireListener.Of(connection).ServeAsync(connection, next));
            listen.UseHttp1AndHttp2Cleartext();
        });

        var funnel = new ConnectionFunnel();
        var kestrel = new KestrelServer(Options.Create(kestrelOptions), funnel, logs);
        await kestrel.StartAsync(new WireApplication(), cancellation);
        // Handlers never block, so they may go on where the socket woke: one hop between threads less for each request.
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions { UnsafePreferInlineScheduling = true }), logs);
        return new WireServer(kestrel, sockets, funnel, time);
    }

    /// <summary>Opens one more socket.</summary>
    /// <param name="place">Where; port 0 takes a free one.</param>
    /// <param name="handler">Answers its requests; must not throw.</param>
    /// <param name="cancellation">Gives up opening.</param>
    /// <exception cref="IOException">The address is taken or not ours.</exception>
    public async Task<WireListener> ListenAsync(IPEndPoint place, RequestDelegate handler, CancellationToken cancellation)
    {
        try
        {
            var socket = await _sockets.BindAsync(place, cancellation);
            return new WireListener(socket, handler, _funnel, _time);
        }
        catch (Exception error) when (error is AddressInUseException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"Can't listen on {place}: {error.Message}", error);
        }
    }

    /// <summary>Stops at once what still runs; listeners that are to drain are closed before.</summary>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        atOnce.Cancel();
        await _kestrel.StopAsync(atOnce.Token);
        _kestrel.Dispose();
    }

    // Kestrel asks its options for services only where HTTPS or configuration is used, which is not here.
    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
