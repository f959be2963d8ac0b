using Conway.Telemetry.Querying;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Watching;

/// <summary>Hands each new record to everybody who looks on and wants it, without waiting for anybody. Safe for concurrent use.</summary>
internal sealed class LiveFeed<T>(Signal signal, LiveFeed<T>.Make make)
{
    private readonly Lock _gate = new();
    private Watch[] _watches = [];

    internal delegate T Make(RecordTexts texts, ReadOnlySpan<byte> record);

    /// <summary>Whether anybody looks on: without one nothing is made of the records.</summary>
    public bool IsWatched => Volatile.Read(ref _watches).Length > 0;

    public LiveSubscription<T> Subscribe(TelemetryQuery query, int itemsMax)
    {
        var timeless = query with { Terms = [.. query.Terms.Where(term => term.Field is not (QueryField.Since or QueryField.Until))] };
        var subscription = new LiveSubscription<T>(itemsMax, Remove);
        lock (_gate)
        {
            _watches = [.. _watches, new(subscription, new RecordFilter(timeless, signal, 0))];
        }

        return subscription;
    }

    /// <summary>Shows a record that was just written; its builder is locked.</summary>
    public void Publish(string service, ReadOnlySpan<byte> record, Blocks.StringTable strings)
    {
        var block = new OpenBlock(service, strings);
        var texts = new RecordTexts(block);
        foreach (var watch in Volatile.Read(ref _watches))
        {
            if (watch.Wants(service, block, texts, record))
            {
                watch.Subscription.Offer(make(texts, record));
            }
        }
    }

    public void Close()
    {
        foreach (var watch in Volatile.Read(ref _watches))
        {
            watch.Subscription.Dispose();
        }
    }

    private void Remove(LiveSubscription<T> subscription)
    {
        lock (_gate)
        {
            _watches = [.. _watches.Where(watch => watch.Subscription != subscription)];
        }
    }

    private sealed class Watch(LiveSubscription<T> subscription, RecordFilter filter)
    {
        public LiveSubscription<T> Subscription => subscription;

        public bool Wants(string service, OpenBlock block, RecordTexts texts, ReadOnlySpan<byte> record)
        {
            if (!filter.WantsService(service))
            {
                return false;
            }

            // Records of several builders arrive at once, and a filter is for one at a time.
            lock (filter)
            {
                filter.PrepareLive(block, texts);
                return filter.Wants(record);
            }
        }
    }
}
