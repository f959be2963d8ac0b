using System.Numerics;

namespace Conway.Telemetry.Watching;

/// <summary>Counts durations in buckets that each are an eighth of an octave wide: a percentile is off by at most 6 %.</summary>
/// <remarks>From 8.2 µs (shorter falls into the first bucket) to 275 s (longer into the last). Not safe for concurrent use.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBits = 3;
    private const int LowestOctave = 13;
    private const int Octaves = 25;

    private readonly uint[] _counts = new uint[Octaves << SubBits];
    private ulong _max;

    public long Count { get; private set; }

    public void Add(ulong nanoseconds) => Add(nanoseconds, BucketOf(nanoseconds));

    /// <param name="nanoseconds">The duration.</param>
    /// <param name="bucket">Its <see cref="BucketOf"/>, for those who count one duration several times.</param>
    public void Add(ulong nanoseconds, int bucket)
    {
        _counts[bucket]++;
        _max = Math.Max(_max, nanoseconds);
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }

        _max = Math.Max(_max, other._max);
        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        _max = 0;
        Count = 0;
    }

    public TimeSpan Max => UnixNano.ToSpan(_max);

    /// <summary>The duration that a share of all stay below, interpolated in its bucket; zero when nothing was counted.</summary>
    public TimeSpan Percentile(double share)
    {
        var rank = share * Count;
        double below = 0;
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] == 0)
            {
                continue;
            }

            if (below + _counts[index] >= rank)
            {
                var (low, high) = (LowerBound(index), LowerBound(index + 1));
                var value = low + (high - low) * Math.Clamp((rank - below) / _counts[index], 0, 1);
                return UnixNano.ToSpan((ulong)Math.Min(value, _max));
            }

            below += _counts[index];
        }

        return default;
    }

    /// <summary>The bucket that holds the shortest, second shortest, … duration.</summary>
    /// <param name="rank">From 1 to <see cref="Count"/>.</param>
    public int BucketAt(long rank)
    {
        var (index, below) = (0, (long)_counts[0]);
        while (below < rank && index < _counts.Length - 1)
        {
            below += _counts[++index];
        }

        return index;
    }

    /// <summary>How many are longer than everything a bucket can hold.</summary>
    public long CountAbove(int bucket)
    {
        var above = 0L;
        for (var index = bucket + 1; index < _counts.Length; index++)
        {
            above += _counts[index];
        }

        return above;
    }

    /// <summary>The shortest that a bucket can hold, in nanoseconds.</summary>
    public static double LowerEdge(int bucket) => LowerBound(bucket);

    /// <summary>The longest that a bucket can hold and that was seen at all.</summary>
    public double UpperEdge(int bucket) => bucket == _counts.Length - 1 ? _max : Math.Min(LowerBound(bucket + 1), _max);

    /// <summary>Which bucket a duration falls into.</summary>
    public static int BucketOf(ulong nanoseconds)
    {
        var octave = BitOperations.Log2(nanoseconds | 1);
        if (octave < LowestOctave)
        {
            return 0;
        }

        var index = (octave - LowestOctave << SubBits) + (int)(nanoseconds >> octave - SubBits & (1 << SubBits) - 1);
        return Math.Min(index, (Octaves << SubBits) - 1);
    }

    private static double LowerBound(int index) =>
        index == 0 ? 0 : (1UL << (index >> SubBits) + LowestOctave) * (1 + (index & (1 << SubBits) - 1) / (double)(1 << SubBits));
}
