namespace Conway.Traffic;

/// <summary>Bounds how many of the requests under way may be retries, so that a failing callee is not drowned by its callers' patience.</summary>
/// <remarks>A retry is granted while fewer than max(min, percent × active requests) are under way. Thread-safe, no allocation. Source: Envoy's retry budget.</remarks>
public sealed class RetryBudget(RetryBudgetSettings settings)
{
    private int _active;
    private int _retrying;

    /// <summary>Requests under way, each counted once however often it is tried.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Retries under way.</summary>
    public int Retrying => Volatile.Read(ref _retrying);

    /// <summary>A request begins.</summary>
    public void Enter() => Interlocked.Increment(ref _active);

    /// <summary>A request ended.</summary>
    public void Exit() => Interlocked.Decrement(ref _active);

    /// <summary>Asks for one retry; if granted, <see cref="Return"/> it when the attempt has ended.</summary>
    public bool TryTake()
    {
        var limit = Math.Max(settings.ConcurrencyMin, (int)(settings.Percent / 100 * Active));
        if (Interlocked.Increment(ref _retrying) <= limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _retrying);
        return false;
    }

    /// <summary>The retry has ended.</summary>
    public void Return() => Interlocked.Decrement(ref _retrying);
}
