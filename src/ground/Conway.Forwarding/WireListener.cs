using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Conway.Forwarding;

/// <summary>One listening socket of a <see cref="WireServer"/>, and its connections.</summary>
public sealed class WireListener
{
    private readonly IConnectionListener _socket;
    private readonly ConnectionFunnel _funnel;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<ConnectionContext, byte> _connections = new();
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private volatile bool _closing;

    internal WireListener(IConnectionListener socket, RequestDelegate handler, ConnectionFunnel funnel, TimeProvider time)
    {
        _socket = socket;
        Handler = handler;
        _funnel = funnel;
        _time = time;
        Place = (IPEndPoint)socket.EndPoint;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Place { get; }

    /// <summary>Connections open now.</summary>
    public int Connections => _connections.Count;

    internal RequestDelegate Handler { get; }

    internal static WireListener Of(ConnectionContext connection) => connection.Features.Get<WireListener>()!;

    /// <summary>Accepts nothing more, asks every connection to end after its request, and cuts those that have not after <paramref name="drain"/>.</summary>
    public async Task CloseAsync(TimeSpan drain)
    {
        _closing = true;
        await _socket.UnbindAsync(CancellationToken.None);
        await _accepting;
        await _socket.DisposeAsync();
        foreach (var connection in _connections.Keys)
        {
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        TellWhenEmpty();
        try
        {
            await _emptied.Task.WaitAsync(drain, _time);
        }
        catch (TimeoutException)
        {
            foreach (var connection in _connections.Keys)
            {
                connection.Abort(new ConnectionAbortedException("The listener was closed and its drain time is over."));
            }
        }
    }

    internal async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _connections.TryAdd(connection, 0);
        if (_closing)
        {
            // Accepted just before the socket closed: CloseAsync may have looked through the connections already.
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        try
        {
            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            TellWhenEmpty();
        }
    }

    private void TellWhenEmpty()
    {
        if (_closing && _connections.IsEmpty)
        {
            _emptied.TrySetResult();
        }
    }

    private async Task AcceptAsync()
    {
        while (await _socket.AcceptAsync(CancellationToken.None) is { } connection)
        {
            connection.Features.Set(this);
            if (!await _funnel.TryPassAsync(connection))
            {
                await connection.DisposeAsync();
            }
        }
    }
}
