namespace Conway.Registry.Watching;

/// <summary>Who waits for which topic. A waiting reader is an object here, not a thread.</summary>
/// <remarks>Thread-safe. Bounded by the number given; beyond it <see cref="TryWatch"/> refuses.</remarks>
internal sealed class WatchBoard(int watchersMax)
{
    private const string PrefixTopic = "kv*/";
    private const string KeyTopic = "kv/";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Watch>> _byTopic = new(StringComparer.Ordinal);
    private int _count;
    private int _prefixCount;

    public int Count { get { lock (_lock) return _count; } }

    /// <summary>Null when too many wait already.</summary>
    public Watch? TryWatch(params ReadOnlySpan<string> topics)
    {
        lock (_lock)
        {
            if (_count >= watchersMax) return null;
            _count++;
            var watch = new Watch(this, topics.ToArray());
            foreach (var topic in topics)
            {
                if (!_byTopic.TryGetValue(topic, out var watches)) _byTopic[topic] = watches = [];
                watches.Add(watch);
                if (topic.StartsWith(PrefixTopic, StringComparison.Ordinal)) _prefixCount++;
            }
            return watch;
        }
    }

    /// <summary>Wakes everybody who waits for one of the topics. They look for themselves whether it concerns them.</summary>
    public void Wake(IEnumerable<string> topics)
    {
        lock (_lock)
        {
            foreach (var topic in topics)
            {
                WakeOne_NeedsLock(topic);
                if (_prefixCount > 0 && topic.StartsWith(KeyTopic, StringComparison.Ordinal)) WakePrefixes_NeedsLock(topic[KeyTopic.Length..]);
            }
        }
    }

    /// <summary>Ends all waiting, because the registry stops.</summary>
    public void WakeAll()
    {
        lock (_lock)
            foreach (var watches in _byTopic.Values)
                foreach (var watch in watches) watch.Fire();
    }

    private void WakePrefixes_NeedsLock(string key)
    {
        Span<char> topic = new char[PrefixTopic.Length + key.Length];
        PrefixTopic.CopyTo(topic);
        key.CopyTo(topic[PrefixTopic.Length..]);
        var lookup = _byTopic.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 0; length <= key.Length; length++)
            if (lookup.TryGetValue(topic[..(PrefixTopic.Length + length)], out var watches))
                foreach (var watch in watches) watch.Fire();
    }

    private void WakeOne_NeedsLock(string topic)
    {
        if (!_byTopic.TryGetValue(topic, out var watches)) return;
        foreach (var watch in watches) watch.Fire();
    }

    private void Leave(Watch watch)
    {
        lock (_lock)
        {
            _count--;
            foreach (var topic in watch.Topics)
            {
                if (topic.StartsWith(PrefixTopic, StringComparison.Ordinal)) _prefixCount--;
                var watches = _byTopic[topic];
                watches.Remove(watch);
                if (watches.Count == 0) _byTopic.Remove(topic);
            }
        }
    }

    /// <summary>One reader's wait; disposing leaves the board.</summary>
    internal sealed class Watch(WatchBoard board, string[] topics) : IDisposable
    {
        // Continuations must not run inside the writer's lock.
        private readonly TaskCompletionSource _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string[] Topics => topics;

        public Task Fired => _fired.Task;

        public void Fire() => _fired.TrySetResult();

        public void Dispose() => board.Leave(this);
    }
}
