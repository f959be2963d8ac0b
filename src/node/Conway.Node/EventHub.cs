using System.Threading.Channels;

namespace Conway.Node;

/// <summary>Hands every event to every subscriber; one that is too slow loses the oldest and is told how many.</summary>
internal sealed class EventHub
{
    private readonly Lock _lock = new();
    private NodeSubscription[] _subscriptions = [];

    public int Count => _subscriptions.Length;

    public NodeSubscription Subscribe()
    {
        var subscription = new NodeSubscription(this);
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    public void Publish(NodeEvent what)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Take(what);
        }
    }

    public void Remove(NodeSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions.Where(s => s != subscription)];
        }
    }

    public void Complete()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }
}

/// <summary>A reader of the node's events. Dispose it when done.</summary>
public sealed class NodeSubscription : IDisposable
{
    private const int EventsMax = 4096;

    private readonly EventHub _hub;
    private readonly Channel<NodeEvent> _channel;
    private long _dropped;

    internal NodeSubscription(EventHub hub)
    {
        _hub = hub;
        _channel = Channel.CreateBounded<NodeEvent>(
            new BoundedChannelOptions(EventsMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Ends when the node has stopped.</summary>
    public ChannelReader<NodeEvent> Events => _channel.Reader;

    /// <summary>Events lost because this reader was too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    internal void Take(NodeEvent what) => _channel.Writer.TryWrite(what);

    public void Dispose()
    {
        _hub.Remove(this);
        _channel.Writer.TryComplete();
    }
}
