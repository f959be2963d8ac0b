using System.Numerics;

namespace Conway.Observations;

/// <summary>The buckets in which latencies are counted: eight to each doubling, from 1 µs to over two minutes.</summary>
/// <remarks>The middle of a bucket is at most 1/16 away from what was counted in it. Longer latencies fall into the last.</remarks>
public static class LatencyScale
{
    /// <summary>Number of buckets.</summary>
    public const int Buckets = 208;

    private const int SubBits = 3;

    /// <summary>The bucket of a latency.</summary>
    public static int BucketOf(TimeSpan latency)
    {
        var us = (ulong)Math.Max(0, latency.Ticks / TimeSpan.TicksPerMicrosecond);
        if (us < 1 << SubBits)
        {
            return (int)us;
        }

        var exponent = BitOperations.Log2(us);
        var sub = (int)(us >> (exponent - SubBits)) & ((1 << SubBits) - 1);
        return Math.Min(Buckets - 1, ((exponent - SubBits + 1) << SubBits) + sub);
    }

    /// <summary>What a bucket holds lies below this; the last holds everything above the one before.</summary>
    public static TimeSpan UpperOf(int bucket)
    {
        var next = bucket + 1;
        return next < 1 << SubBits
            ? TimeSpan.FromMicroseconds(next)
            : TimeSpan.FromTicks((((1L << SubBits) + (next & ((1 << SubBits) - 1))) << ((next >> SubBits) - 1)) * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>The latency in the middle of a bucket.</summary>
    public static TimeSpan MiddleOf(int bucket)
    {
        if (bucket < 1 << SubBits)
        {
            return TimeSpan.FromMicroseconds(bucket);
        }

        var shift = (bucket >> SubBits) - 1;
        var low = ((1L << SubBits) + (bucket & ((1 << SubBits) - 1))) << shift;
        return TimeSpan.FromTicks((low * TimeSpan.TicksPerMicrosecond) + ((TimeSpan.TicksPerMicrosecond << shift) / 2));
    }

    /// <summary>The latency under which <paramref name="share"/> of what was counted lies; zero when nothing was.</summary>
    public static TimeSpan Quantile(ReadOnlySpan<int> counts, double share)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        var rank = (long)Math.Ceiling(share * total);
        for (var i = 0; i < counts.Length && total > 0; i++)
        {
            rank -= counts[i];
            if (rank <= 0)
            {
                return MiddleOf(i);
            }
        }

        return TimeSpan.Zero;
    }
}
