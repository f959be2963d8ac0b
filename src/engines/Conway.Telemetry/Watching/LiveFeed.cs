namespace Conway.Telemetry.Watching;

/// <summary>Hands each new item to everybody who looks on, without waiting for anybody. Safe for concurrent use.</summary>
internal sealed class LiveFeed<T>
{
    private readonly Lock _gate = new();
    private LiveSubscription<T>[] _subscriptions = [];

    /// <summary>Whether anybody looks on: without one nothing is made of the records.</summary>
    public bool IsWatched => Volatile.Read(ref _subscriptions).Length > 0;

    public LiveSubscription<T> Subscribe(Func<T, bool> filter, int itemsMax)
    {
        var subscription = new LiveSubscription<T>(filter, itemsMax, Remove);
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    public void Publish(T item)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Offer(item);
        }
    }

    public void Close()
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Dispose();
        }
    }

    private void Remove(LiveSubscription<T> subscription)
    {
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
        }
    }
}
