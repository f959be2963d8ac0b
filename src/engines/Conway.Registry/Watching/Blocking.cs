using Conway.Registry.World;

namespace Conway.Registry.Watching;

/// <summary>How long a reader wants to wait, and for what: Consul's <c>?index</c> and <c>?wait</c>.</summary>
/// <param name="Index">What the reader has seen; 0: it has seen nothing and waits for nothing.</param>
internal readonly record struct Patience(ulong Index, TimeSpan Wait)
{
    public static TimeSpan WaitDefault { get; } = TimeSpan.FromMinutes(5);
    public static TimeSpan WaitMax { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Consul adds up to a sixteenth, so that readers that started together do not come back together.</summary>
    /// <param name="spread">From 0 to 1.</param>
    public static TimeSpan Spread(TimeSpan wait, double spread)
    {
        if (wait <= TimeSpan.Zero) wait = WaitDefault;
        if (wait > WaitMax) wait = WaitMax;
        return wait + (wait / 16 * spread);
    }
}

/// <summary>A query's answer, and the index of the last change to exactly that answer.</summary>
internal readonly record struct Answer<T>(T Value, ulong Index);

/// <summary>Answers a query at once, or when its answer has changed, or when the reader's patience ends.</summary>
internal static class Blocking
{
    /// <returns>Null when too many readers wait already.</returns>
    public static async Task<Answer<T>?> AskAsync<T>(
        this Ledger ledger, Patience patience, string[] topics, Func<WorldState, Answer<T>> query, CancellationToken cancellation)
    {
        var answer = Ask(ledger, query, patience, out var worthTelling);
        if (worthTelling) return answer;

        var started = ledger.Now;
        while (true)
        {
            using var watch = ledger.Board.TryWatch(topics);
            if (watch is null) return null;
            // Asked again after the watch stands: what changed in between would be missed otherwise.
            answer = Ask(ledger, query, patience, out worthTelling);
            var left = started + patience.Wait - ledger.Now;
            if (worthTelling || left <= TimeSpan.Zero || ledger.Stopping) return answer;
            try
            {
                await watch.Fired.WaitAsync(left, ledger.Time, cancellation);
            }
            catch (TimeoutException)
            {
                return Ask(ledger, query, patience, out _);
            }
        }
    }

    private static Answer<T> Ask<T>(Ledger ledger, Func<WorldState, Answer<T>> query, Patience patience, out bool worthTelling)
    {
        var world = ledger.World;
        var answer = query(world);
        // An index that this registry has not reached yet comes from an earlier life of it: tell at once, so that the reader starts anew.
        worthTelling = patience.Index == 0 || answer.Index > patience.Index || patience.Index > world.Index;
        return answer with { Index = Math.Max(1, answer.Index) };
    }
}
