namespace Conway.Registry.World;

/// <summary>Things that are to happen later, at most one per key, told by monotonic time so that a clock that is set does not fire or delay them.</summary>
/// <remarks>Not thread-safe: one owner.</remarks>
internal sealed class Deadlines<TKey> where TKey : notnull
{
    private readonly Dictionary<TKey, TimeSpan> _due = [];
    private PriorityQueue<TKey, TimeSpan> _queue = new();

    public int Count => _due.Count;

    public TimeSpan? this[TKey key] => _due.TryGetValue(key, out var due) ? due : null;

    /// <param name="due">Null takes the deadline away.</param>
    public void Set(TKey key, TimeSpan? due)
    {
        if (due is not { } at)
        {
            _due.Remove(key);
        }
        else if (!_due.TryGetValue(key, out var before) || before != at)
        {
            _due[key] = at;
            _queue.Enqueue(key, at);
        }
        // Moved deadlines leave their old place in the queue; rebuild before those outnumber the live ones.
        if (_queue.Count > (2 * _due.Count) + 64) _queue = new(_due.Select(pair => (pair.Key, pair.Value)));
    }

    /// <summary>The earliest deadline; null when there is none.</summary>
    public TimeSpan? Next()
    {
        while (_queue.TryPeek(out var key, out var at))
        {
            if (_due.TryGetValue(key, out var due) && due == at) return at;
            _queue.Dequeue();
        }
        return null;
    }

    /// <summary>Takes everything out that is due, earliest first.</summary>
    public List<TKey> TakeDue(TimeSpan now)
    {
        var taken = new List<TKey>();
        while (Next() <= now)
        {
            var key = _queue.Dequeue();
            _due.Remove(key);
            taken.Add(key);
        }
        return taken;
    }
}

/// <summary>What can become due.</summary>
internal readonly record struct Due(DueKind Kind, string Node, string Id)
{
    /// <summary>A session was not renewed.</summary>
    public static Due Session(string id) => new(DueKind.Session, "", id);

    /// <summary>A key may be acquired again.</summary>
    public static Due LockDelay(string key) => new(DueKind.LockDelay, "", key);

    /// <summary>An application did not report in time.</summary>
    public static Due Ttl(string node, string check) => new(DueKind.Ttl, node, check);

    /// <summary>A check stayed critical for so long that its service is taken away.</summary>
    public static Due Reap(string node, string check) => new(DueKind.Reap, node, check);
}

internal enum DueKind { Session, LockDelay, Ttl, Reap }
