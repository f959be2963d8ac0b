namespace Conway.Observations;

/// <summary>Counts of one operation since the last cut.</summary>
/// <remarks>Each number is taken out by exchanging it for zero, so that nothing counted meanwhile is lost: it belongs to the next window.</remarks>
internal sealed class TrafficCell
{
    private readonly int[] _buckets = new int[LatencyScale.Buckets];
    private int _errors;
    private int _retries;
    private long _maxTicks;

    internal void Count(int bucket, bool failed, int retries, TimeSpan took)
    {
        if (failed)
        {
            Interlocked.Increment(ref _errors);
        }

        if (retries > 0)
        {
            Interlocked.Add(ref _retries, retries);
        }

        var max = Volatile.Read(ref _maxTicks);
        while (took.Ticks > max)
        {
            var seen = Interlocked.CompareExchange(ref _maxTicks, took.Ticks, max);
            if (seen == max)
            {
                break;
            }

            max = seen;
        }

        Interlocked.Increment(ref _buckets[bucket]);
    }

    internal (long Count, long Errors, long Retries, LatencySummary Latency)? Cut()
    {
        var counts = new int[LatencyScale.Buckets];
        var count = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            // Reading first: most buckets are empty, and an exchange takes the cache line from the writers.
            counts[i] = Volatile.Read(ref _buckets[i]) == 0 ? 0 : Interlocked.Exchange(ref _buckets[i], 0);
            count += counts[i];
        }

        if (count == 0)
        {
            return null;
        }

        var max = TimeSpan.FromTicks(Interlocked.Exchange(ref _maxTicks, 0));
        return (count, Interlocked.Exchange(ref _errors, 0), Interlocked.Exchange(ref _retries, 0), new LatencySummary(
            Bounded(LatencyScale.Quantile(counts, 0.5), max),
            Bounded(LatencyScale.Quantile(counts, 0.9), max),
            Bounded(LatencyScale.Quantile(counts, 0.99), max),
            max));
    }

    // The middle of a bucket may lie over the largest value that was really seen.
    private static TimeSpan Bounded(TimeSpan quantile, TimeSpan max) => quantile < max ? quantile : max;
}
