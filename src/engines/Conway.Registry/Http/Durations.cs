using System.Globalization;

namespace Conway.Registry.Http;

/// <summary>Go's spelling of durations, which Consul's API speaks: <c>10s</c>, <c>1m30s</c>, <c>1.5h</c>, <c>250ms</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("ns", 0.01), ("us", 10), ("µs", 10), ("μs", 10), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+")) rest = rest[1..];
        if (rest is "0") return true;
        if (rest.IsEmpty) return false;

        var ticks = 0d;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAny("0123456789.");
            var unit = letters < 0 ? rest : rest[..letters];
            if (!TryUnit(unit, out var factor)) return false;
            ticks += number * factor;
            rest = rest[unit.Length..];
        }
        // 292 years is where Go's own type ends; double keeps whole ticks far beyond what anybody waits for.
        if (ticks > long.MaxValue / 100d) return false;
        duration = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    /// <summary>As Go prints it: <c>1m30s</c>, <c>0s</c>, <c>1.5s</c>.</summary>
    public static string Text(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0s";
        if (duration < TimeSpan.FromSeconds(1)) return duration.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";
        var seconds = (duration.TotalSeconds % 60).ToString("0.#######", CultureInfo.InvariantCulture) + "s";
        if (duration < TimeSpan.FromMinutes(1)) return seconds;
        var minutes = duration.Minutes.ToString(CultureInfo.InvariantCulture) + "m" + seconds;
        return duration < TimeSpan.FromHours(1) ? minutes : ((long)duration.TotalHours).ToString(CultureInfo.InvariantCulture) + "h" + minutes;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out double ticks)
    {
        foreach (var (unit, factor) in Units)
        {
            if (!text.SequenceEqual(unit)) continue;
            ticks = factor;
            return true;
        }
        ticks = 0;
        return false;
    }
}
