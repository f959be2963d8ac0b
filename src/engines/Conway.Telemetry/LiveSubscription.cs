using System.Threading.Channels;

namespace Conway.Telemetry;

/// <summary>New logs or spans as they arrive. Dispose of it to stop.</summary>
/// <remarks>Bounded: a reader that falls behind loses the oldest items and sees how many in <see cref="Dropped"/>; ingest never waits for it.
/// Safe for one reader.</remarks>
public sealed class LiveSubscription<T> : IDisposable
{
    private readonly Channel<T> _items;
    private readonly Action<LiveSubscription<T>> _ended;
    private long _dropped;

    internal LiveSubscription(int itemsMax, Action<LiveSubscription<T>> ended)
    {
        _ended = ended;
        _items = Channel.CreateBounded<T>(
            new BoundedChannelOptions(itemsMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>The items, oldest first; completes when the subscription or the engine ends.</summary>
    public ChannelReader<T> Items => _items.Reader;

    /// <summary>Items lost so far because the reader was slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Ends the subscription. Safe to call twice.</summary>
    public void Dispose()
    {
        _ended(this);
        _items.Writer.TryComplete();
    }

    internal void Offer(T item) => _items.Writer.TryWrite(item);
}
