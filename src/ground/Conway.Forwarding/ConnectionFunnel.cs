using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Conway.Forwarding;

/// <summary>What Kestrel takes for its one socket: connections of all real sockets run together here.</summary>
internal sealed class ConnectionFunnel : IConnectionListenerFactory, IConnectionListener
{
    /// <summary>The name under which Kestrel knows it.</summary>
    internal static readonly EndPoint Place = new FunnelEndPoint();

    // Bounded, so that a flood of connections waits in the kernel's backlog, where it is bounded too.
    private readonly Channel<ConnectionContext> _waiting = Channel.CreateBounded<ConnectionContext>(
        new BoundedChannelOptions(512) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    EndPoint IConnectionListener.EndPoint => Place;

    ValueTask<IConnectionListener> IConnectionListenerFactory.BindAsync(EndPoint endpoint, CancellationToken cancellationToken) => ValueTask.FromResult<IConnectionListener>(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _waiting.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync(CancellationToken.None);

    /// <summary>Hands over a connection.</summary>
    /// <returns>False when the server has stopped.</returns>
    internal async ValueTask<bool> TryPassAsync(ConnectionContext connection)
    {
        try
        {
            await _waiting.Writer.WriteAsync(connection);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    private sealed class FunnelEndPoint : EndPoint
    {
        public override string ToString() => "all listeners";
    }
}
