using System.Globalization;

namespace Conway.Cli;

/// <summary>How figures of a cut are written for people.</summary>
internal static class CutText
{
    /// <summary><c>12 %</c>; <c>&lt;1 %</c> for what is little and not nothing.</summary>
    public static string Percent(double share) =>
        !double.IsFinite(share) ? "-"
        : share is > 0 and < 0.01 ? "<1 %"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share * 100, MidpointRounding.AwayFromZero) + 0.0:0} %");

    /// <summary><c>0.41</c></summary>
    public static string Figure(double value)
    {
        var text = double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "-";
        return text == "-0.00" ? "0.00" : text;
    }

    /// <summary><c>12,345</c></summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 type</c>, <c>2 types</c></summary>
    public static string Count(int count, string one, string? many = null) => $"{Number(count)} {(count == 1 ? one : many ?? one + "s")}";
}
