using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Scraping;

/// <summary>An exponential histogram whose buckets have fallen together to powers of two: the text formats have only explicit bounds, and these never move.</summary>
/// <remarks>A bucket of scale <c>s</c> and index <c>i</c> holds (b^i, b^(i+1)], b = 2^(2^-s); its upper bound lies at most at 2^((i >> s) + 1).
/// Source: OpenTelemetry metrics data model, section ExponentialHistogram.</remarks>
internal sealed class PowerBuckets
{
    // The exponents that a double can have.
    private const int PowerMin = -1074;
    private const int PowerMax = 1024;

    private readonly List<(int Power, double Count)> _positive = [];
    private readonly List<(int Power, double Count)> _negative = [];
    private double _zero;
    private double _zeroThreshold;

    /// <summary>Upper bounds and how many values lie in each bucket, from the least on; the last bound may be infinite.</summary>
    public BucketList Buckets => new(this);

    public void Add(in MetricPointFields point)
    {
        _zero += point.ZeroCount;
        _zeroThreshold = Math.Max(_zeroThreshold, point.ZeroThreshold);
        Add(_positive, point.Positive, point.Scale);
        Add(_negative, point.Negative, point.Scale);
    }

    public void Clear()
    {
        _positive.Clear();
        _negative.Clear();
        (_zero, _zeroThreshold) = (0, 0);
    }

    private static void Add(List<(int Power, double Count)> powers, ReadOnlySpan<byte> side, int scale)
    {
        Span<ulong> room = stackalloc ulong[RecordLimits.BucketsMax];
        var counts = MetricPointFields.ReadExponential(side, room, out var offset);
        var place = 0;
        for (var index = 0; index < counts.Length; index++)
        {
            if (counts[index] == 0)
            {
                continue;
            }

            // The powers of one point never fall, so that each begins to look where the last was found.
            var power = PowerOf(offset + index, scale);
            for (; place < powers.Count && powers[place].Power < power; place++)
            {
            }

            if (place < powers.Count && powers[place].Power == power)
            {
                powers[place] = (power, powers[place].Count + counts[index]);
            }
            else
            {
                powers.Insert(place, (power, counts[index]));
            }
        }
    }

    private static int PowerOf(long index, int scale)
    {
        var power = scale >= 0 ? (index >> Math.Min(scale, 62)) + 1 : Math.ScaleB(index + 1, Math.Min(-scale, 62));
        return (int)Math.Clamp(power, PowerMin, PowerMax);
    }

    /// <summary>The buckets of one moment; enumerating them allocates nothing.</summary>
    public struct BucketList(PowerBuckets all)
    {
        private int _at = -1;

        public (double Bound, double Count) Current { get; private set; }

        public readonly BucketList GetEnumerator() => this;

        public bool MoveNext()
        {
            _at++;
            var negatives = all._negative.Count;
            if (_at < negatives)
            {
                var (power, count) = all._negative[negatives - 1 - _at];
                Current = (-Math.ScaleB(1, power - 1), count);
                return true;
            }

            // Zero has a bucket when it holds something, or when there are negative values that end there.
            var hasZero = all._zero > 0 || negatives > 0;
            if (hasZero && _at == negatives)
            {
                Current = (all._zeroThreshold, all._zero);
                return true;
            }

            var next = _at - negatives - (hasZero ? 1 : 0);
            if (next >= all._positive.Count)
            {
                return false;
            }

            Current = (Math.ScaleB(1, all._positive[next].Power), all._positive[next].Count);
            return true;
        }
    }
}
