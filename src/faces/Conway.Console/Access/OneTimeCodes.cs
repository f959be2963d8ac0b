namespace Conway.Console.Access;

/// <summary>Codes that let one browser in, once, within a minute.</summary>
/// <remarks>Thread-safe. At most <see cref="CodesMax"/> wait; the oldest goes first.</remarks>
internal sealed class OneTimeCodes(TimeProvider clock)
{
    public const int CodesMax = 64;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<(string Code, long MadeAt)> _waiting = [];

    public string New()
    {
        var code = Secret.New();
        lock (_lock)
        {
            _waiting.Enqueue((code, clock.GetTimestamp()));
            if (_waiting.Count > CodesMax)
            {
                _waiting.Dequeue();
            }
        }

        return code;
    }

    /// <summary>Whether the code was good. From now on it is not.</summary>
    public bool TryUse(string code)
    {
        lock (_lock)
        {
            var found = false;
            for (var left = _waiting.Count; left > 0; left--)
            {
                var one = _waiting.Dequeue();
                if (clock.GetElapsedTime(one.MadeAt) >= Lifetime)
                {
                    continue;
                }

                if (!found && string.Equals(one.Code, code, StringComparison.Ordinal))
                {
                    found = true;
                    continue;
                }

                _waiting.Enqueue(one);
            }

            return found;
        }
    }
}
