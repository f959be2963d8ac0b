namespace Conway.Console.Access;

/// <summary>The browsers that were let in. They are forgotten when the node ends.</summary>
/// <remarks>Thread-safe. At most <see cref="SessionsMax"/> are known; the oldest goes first.</remarks>
internal sealed class Sessions
{
    public const int SessionsMax = 128;

    private readonly Lock _lock = new();
    private readonly Queue<string> _order = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string New()
    {
        var session = Secret.New();
        lock (_lock)
        {
            _order.Enqueue(session);
            _known.Add(session);
            if (_order.Count > SessionsMax)
            {
                _known.Remove(_order.Dequeue());
            }
        }

        return session;
    }

    public bool Knows(string? session)
    {
        if (session is null)
        {
            return false;
        }

        lock (_lock)
        {
            return _known.Contains(session);
        }
    }
}
