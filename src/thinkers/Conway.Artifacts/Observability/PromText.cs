using System.Globalization;
using System.Text;

namespace Conway.Artifacts.Observability;

/// <summary>Texts and numbers as Prometheus writes them.</summary>
internal static class PromText
{
    /// <summary>A string of PromQL, with its quotes.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            quoted = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),

                // What YAML may not hold, or takes for the end of a line.
                < 0x20 or (>= 0x7f and <= 0x9f) or 0x2028 or 0x2029 or 0xfeff or 0xfffe or 0xffff => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => quoted.Append(rune.ToString()),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Text of an annotation, which would else be a template.</summary>
    public static string Literal(string text) => text.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);

    /// <summary>Minutes as a duration of one unit: <c>90m</c>, <c>6h</c>, <c>3d</c>.</summary>
    public static string Duration(int minutes) =>
        minutes % 1440 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 1440}d")
        : minutes % 60 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h")
        : string.Create(CultureInfo.InvariantCulture, $"{minutes}m");

    /// <summary>Without an exponent and without zeros at its end.</summary>
    public static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>What a template makes of a share by <c>humanizePercentage</c>: four digits that count.</summary>
    public static string Share(decimal share)
    {
        var percent = (double)(share * 100);
        if (percent == 0)
        {
            return "0%";
        }

        // As %.4g of Go, and of C: an exponent below 0.0001 and from 10000.
        var exponent = (int)Math.Floor(Math.Log10(percent));
        return exponent < -4
            ? $"{Mantissa(percent / Math.Pow(10, exponent))}e-{(-exponent).ToString("00", CultureInfo.InvariantCulture)}%"
            : $"{Math.Round((decimal)percent, Math.Clamp(3 - exponent, 0, 28)).ToString("0.########", CultureInfo.InvariantCulture)}%";
    }

    private static string Mantissa(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);
}
