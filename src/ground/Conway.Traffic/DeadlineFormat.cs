using System.Globalization;

namespace Conway.Traffic;

/// <summary>How time left is written in headers.</summary>
public static class DeadlineFormat
{
    /// <summary>Reads <c>conway-deadline-ms</c>: 1 to 12 digits, milliseconds left.</summary>
    public static bool TryParseMilliseconds(string? text, out TimeSpan left)
    {
        left = default;
        if (text is not { Length: > 0 and <= 12 } || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms))
        {
            return false;
        }

        left = TimeSpan.FromMilliseconds(ms);
        return true;
    }

    /// <summary>Writes <c>conway-deadline-ms</c>, rounded down so that nobody is promised more than there is.</summary>
    public static string FormatMilliseconds(TimeSpan left) => ((long)left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>grpc-timeout</c>: 1 to 8 digits and one of H M S m u n.</summary>
    /// <remarks>Source: gRPC, PROTOCOL-HTTP2.</remarks>
    public static bool TryParseGrpc(string? text, out TimeSpan left)
    {
        left = default;
        if (text is not { Length: >= 2 and <= 9 } || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        long? ticks = text[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => value / 100,
            _ => null,
        };
        left = TimeSpan.FromTicks(ticks ?? 0);
        return ticks is not null;
    }

    /// <summary>Writes <c>grpc-timeout</c> in the finest unit that 8 digits hold, rounded down.</summary>
    public static string FormatGrpc(TimeSpan left) => left.Ticks switch
    {
        < 100_000_000 * TimeSpan.TicksPerMicrosecond => Write(left.Ticks / TimeSpan.TicksPerMicrosecond, 'u'),
        < 100_000_000 * TimeSpan.TicksPerMillisecond => Write(left.Ticks / TimeSpan.TicksPerMillisecond, 'm'),
        < 100_000_000 * TimeSpan.TicksPerSecond => Write(left.Ticks / TimeSpan.TicksPerSecond, 'S'),
        _ => Write(Math.Min(99_999_999, left.Ticks / TimeSpan.TicksPerHour), 'H'),
    };

    private static string Write(long value, char unit) => string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
}
