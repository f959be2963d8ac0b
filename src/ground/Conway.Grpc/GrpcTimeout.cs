using System.Globalization;

namespace Conway.Grpc;

/// <summary>The <c>grpc-timeout</c> header: at most eight digits and a unit, <c>250m</c>.</summary>
/// <remarks>Units H, M, S, m (milli), u (micro), n (nano). Relative, so that clocks need not agree.
/// Source: gRPC over HTTP/2, section Requests, <c>Timeout</c>.</remarks>
public static class GrpcTimeout
{
    /// <summary>Digits allowed by the protocol.</summary>
    public const int DigitsMax = 8;

    /// <summary>Reads a header value; false when it is not a timeout. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > DigitsMax + 1 || !uint.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        long? ticks = text[^1] switch
        {
            'H' => count * TimeSpan.TicksPerHour,
            'M' => count * TimeSpan.TicksPerMinute,
            'S' => count * TimeSpan.TicksPerSecond,
            'm' => count * TimeSpan.TicksPerMillisecond,
            'u' => count * TimeSpan.TicksPerMicrosecond,
            // A tick is 100 ns; rounding up keeps a positive timeout positive.
            'n' => (count + 99L) / 100,
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }

    /// <summary>Writes a timeout in the finest unit that fits in eight digits, rounded down; zero or less becomes <c>0n</c>.</summary>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "0n";
        }

        ReadOnlySpan<(long Ticks, char Unit)> units =
        [
            (TimeSpan.TicksPerMicrosecond, 'u'), (TimeSpan.TicksPerMillisecond, 'm'), (TimeSpan.TicksPerSecond, 'S'),
            (TimeSpan.TicksPerMinute, 'M'), (TimeSpan.TicksPerHour, 'H'),
        ];
        if (timeout.Ticks < 1_000_000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{timeout.Ticks * 100}n");
        }

        foreach (var (ticks, unit) in units)
        {
            if (timeout.Ticks / ticks <= 99_999_999)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{timeout.Ticks / ticks}{unit}");
            }
        }

        return "99999999H";
    }
}
