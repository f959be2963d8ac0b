using System.Numerics;

namespace Conway.Telemetry.Watching;

/// <summary>Durations since the beginning, counted by powers of two: what a scrape gives. It only grows, for as long as the node lives.</summary>
/// <remarks>Costs a span one word of memory, where the windows' finer <see cref="LatencyHistogram"/> would cost another 0.8 KiB of cache. Not safe for concurrent use.</remarks>
internal sealed class LatencyTotals
{
    private const int From = 17;
    private const int Until = 36;

    /// <summary>How many bounds <see cref="ReadCumulative"/> gives.</summary>
    public const int Bounds = Until - From + 1;

    private readonly long[] _byPower = new long[64];

    /// <summary>All durations together, in nanoseconds.</summary>
    public double Sum { get; private set; }

    public void Add(ulong nanoseconds)
    {
        _byPower[BitOperations.Log2(nanoseconds | 1)]++;
        Sum += nanoseconds;
    }

    /// <summary>How many are shorter than each power of two of nanoseconds, from 131 µs to 69 s.</summary>
    /// <param name="bounds">Room for <see cref="Bounds"/>: the bound in seconds, and how many lie below it.</param>
    public void ReadCumulative(Span<(double Seconds, long Below)> bounds)
    {
        var (below, next) = (0L, 0);
        for (var power = From; power <= Until; power++)
        {
            for (; next < power; next++)
            {
                below += _byPower[next];
            }

            bounds[power - From] = (Math.ScaleB(1e-9, power), below);
        }
    }
}
