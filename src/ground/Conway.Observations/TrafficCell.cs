namespace Conway.Observations;

/// <summary>Counts of one operation since the last cut.</summary>
/// <remarks>Each number is taken out by exchanging it for zero, so that nothing counted meanwhile is lost: it belongs to the next window.</remarks>
internal sealed class TrafficCell
{
    private readonly int[] _buckets = new int[LatencyScale.Buckets];
    private int _errors;
    private int _retries;
    private long _maxTicks;
    private long _tookTicks;

    // What was cut. Locked by who cuts or reads, so that nothing is counted twice or not at all on its way here.
    private readonly long[] _pastBuckets = new long[LatencyScale.Buckets];
    private long _pastErrors;
    private long _pastRetries;

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

        Interlocked.Add(ref _tookTicks, Math.Clamp(took.Ticks, 0, TimeSpan.TicksPerDay));
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
        lock (_pastBuckets)
        {
            return CutLocked();
        }
    }

    private (long Count, long Errors, long Retries, LatencySummary Latency)? CutLocked()
    {
        var counts = new int[LatencyScale.Buckets];
        var count = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            // Reading first: most buckets are empty, and an exchange takes the cache line from the writers.
            counts[i] = Volatile.Read(ref _buckets[i]) == 0 ? 0 : Interlocked.Exchange(ref _buckets[i], 0);
            _pastBuckets[i] += counts[i];
            count += counts[i];
        }

        if (count == 0)
        {
            return null;
        }

        var max = TimeSpan.FromTicks(Interlocked.Exchange(ref _maxTicks, 0));
        var (errors, retries) = (Interlocked.Exchange(ref _errors, 0), Interlocked.Exchange(ref _retries, 0));
        _pastErrors += errors;
        _pastRetries += retries;
        return (count, errors, retries, new LatencySummary(
            Bounded(LatencyScale.Quantile(counts, 0.5), max),
            Bounded(LatencyScale.Quantile(counts, 0.9), max),
            Bounded(LatencyScale.Quantile(counts, 0.99), max),
            max));
    }

    /// <summary>Everything since the beginning, whatever was cut meanwhile.</summary>
    /// <param name="buckets">Room for <see cref="LatencyScale.Buckets"/>, or empty when nobody wants them.</param>
    internal TrafficReading Read(Span<long> buckets)
    {
        lock (_pastBuckets)
        {
            // The times first: a request counted meanwhile must not show a time without a count.
            var took = TimeSpan.FromTicks(Interlocked.Read(ref _tookTicks));
            var count = 0L;
            for (var i = 0; i < _pastBuckets.Length; i++)
            {
                var here = _pastBuckets[i] + Volatile.Read(ref _buckets[i]);
                count += here;
                if (!buckets.IsEmpty)
                {
                    buckets[i] = here;
                }
            }

            return new TrafficReading(count, _pastErrors + Volatile.Read(ref _errors), _pastRetries + Volatile.Read(ref _retries), took);
        }
    }

    // The middle of a bucket may lie over the largest value that was really seen.
    private static TimeSpan Bounded(TimeSpan quantile, TimeSpan max) => quantile < max ? quantile : max;
}
