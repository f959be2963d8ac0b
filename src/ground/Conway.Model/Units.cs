using System.Globalization;

namespace Conway.Model;

/// <summary>A number of bytes. Written <c>512</c>, <c>64KiB</c>, <c>1.5GiB</c>, <c>10MB</c>.</summary>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>
{
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    public override string ToString() => UnitText.Format(this);
}

/// <summary>How often something happens. Written <c>400/s</c>, <c>20/min</c>, <c>5/h</c>.</summary>
/// <param name="PerSecond">Events per second.</param>
public readonly record struct Rate(double PerSecond) : IComparable<Rate>
{
    public int CompareTo(Rate other) => PerSecond.CompareTo(other.PerSecond);

    public static bool operator <(Rate left, Rate right) => left.PerSecond < right.PerSecond;

    public static bool operator >(Rate left, Rate right) => left.PerSecond > right.PerSecond;

    public static bool operator <=(Rate left, Rate right) => left.PerSecond <= right.PerSecond;

    public static bool operator >=(Rate left, Rate right) => left.PerSecond >= right.PerSecond;

    public override string ToString() => UnitText.Format(this);
}

/// <summary>A share of a whole. Written <c>99.9%</c>.</summary>
/// <param name="Percent">0 to 100; the bounds of a setting may be narrower.</param>
public readonly record struct Percentage(double Percent) : IComparable<Percentage>
{
    /// <summary>0 to 1.</summary>
    public double Fraction => Percent / 100;

    public int CompareTo(Percentage other) => Percent.CompareTo(other.Percent);

    public static bool operator <(Percentage left, Percentage right) => left.Percent < right.Percent;

    public static bool operator >(Percentage left, Percentage right) => left.Percent > right.Percent;

    public static bool operator <=(Percentage left, Percentage right) => left.Percent <= right.Percent;

    public static bool operator >=(Percentage left, Percentage right) => left.Percent >= right.Percent;

    public override string ToString() => UnitText.Format(this);
}

/// <summary>Reads and writes quantities with units, the one place where their spelling is known.</summary>
/// <remarks>Durations: a sum of parts <c>d h m s ms us</c>, largest first, each once: <c>800ms</c>, <c>1m30s</c>, <c>1.5s</c>.
/// A bare number is refused because nobody agrees whether it is seconds or milliseconds; only <c>0</c> needs no unit.</remarks>
public static class UnitText
{
    private static readonly (string Unit, double Ticks)[] DurationUnits =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
    ];

    private static readonly (string Unit, double Bytes)[] SizeUnits =
    [
        ("", 1), ("B", 1), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ];

    private static readonly (string Unit, double Seconds)[] RateUnits =
    [
        ("s", 1), ("sec", 1), ("second", 1), ("m", 60), ("min", 60), ("minute", 60), ("h", 3600), ("hour", 3600), ("d", 86400), ("day", 86400),
    ];

    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        if (text == "0")
        {
            return true;
        }

        double ticks = 0;
        var at = 0;
        var largest = -1;
        while (at < text.Length)
        {
            if (!TryNumber(text, ref at, out var number))
            {
                return false;
            }

            var start = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                at++;
            }

            var unit = text[start..at];
            var index = Array.FindIndex(DurationUnits, u => u.Unit == unit);
            if (index <= largest)
            {
                return false; // unknown (-1), out of order, or twice
            }

            largest = index;
            ticks += number * DurationUnits[index].Ticks;
        }

        if (text.Length == 0 || ticks > TimeSpan.MaxValue.Ticks / 2d)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }

    public static bool TrySize(string text, out ByteSize value)
    {
        value = default;
        var at = 0;
        if (!TryNumber(text, ref at, out var number))
        {
            return false;
        }

        var unit = text[at..].TrimStart();
        var index = Array.FindIndex(SizeUnits, u => string.Equals(u.Unit, unit, StringComparison.OrdinalIgnoreCase));
        if (index < 0 || number * SizeUnits[index].Bytes > long.MaxValue / 2d)
        {
            return false;
        }

        value = new ByteSize((long)Math.Round(number * SizeUnits[index].Bytes));
        return true;
    }

    public static bool TryRate(string text, out Rate value)
    {
        value = default;
        var at = 0;
        if (!TryNumber(text, ref at, out var number) || at >= text.Length || text[at] != '/')
        {
            return false;
        }

        var unit = text[(at + 1)..];
        var index = Array.FindIndex(RateUnits, u => u.Unit == unit);
        if (index < 0)
        {
            return false;
        }

        value = new Rate(number / RateUnits[index].Seconds);
        return true;
    }

    public static bool TryPercentage(string text, out Percentage value)
    {
        value = default;
        var at = 0;
        if (!TryNumber(text, ref at, out var number) || text[at..].Trim() != "%" || number > 100)
        {
            return false;
        }

        value = new Percentage(number);
        return true;
    }

    /// <summary>The shortest spelling that reads back the same: <c>1m30s</c>, <c>800ms</c>.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        var rest = value.Ticks;
        var text = new System.Text.StringBuilder();
        foreach (var (unit, ticks) in DurationUnits)
        {
            var count = rest / (long)ticks;
            if (unit == "us" && rest != 0)
            {
                // A tick is a tenth of a microsecond, so the last part may be a fraction.
                text.Append(CultureInfo.InvariantCulture, $"{rest / ticks:0.#}us");
            }
            else if (count != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                rest -= count * (long)ticks;
            }
        }

        return text.ToString();
    }

    public static string Format(ByteSize value)
    {
        foreach (var unit in new[] { "TiB", "GiB", "MiB", "KiB" })
        {
            var bytes = (long)SizeUnits.First(u => u.Unit == unit).Bytes;
            if (value.Bytes != 0 && value.Bytes % bytes == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value.Bytes / bytes}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value.Bytes}B");
    }

    public static string Format(Rate value)
    {
        // Slow rates are written per minute, hour or day, whichever first gives a whole number: 5/h, not 0.001389/s.
        foreach (var (unit, seconds) in new[] { ("s", 1d), ("min", 60d), ("h", 3600d), ("d", 86400d) })
        {
            var count = value.PerSecond * seconds;
            if (count == 0 || Math.Abs(count - Math.Round(count)) < 1e-9 * count)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(count):0}/{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value.PerSecond:0.##########}/s");
    }

    public static string Format(Percentage value) => string.Create(CultureInfo.InvariantCulture, $"{value.Percent:0.######}%");

    private static bool TryNumber(string text, ref int at, out double number)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }

        number = 0;
        return at > start && at - start <= 18
            && double.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
