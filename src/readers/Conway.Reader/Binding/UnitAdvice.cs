using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Binding;

/// <summary>Says how a quantity that cannot be read was probably meant.</summary>
internal static partial class UnitAdvice
{
    public static Problem For(ScalarKind kind, ScalarNode scalar, string subject)
    {
        var match = Written().Match(scalar.Text);
        var (number, unit) = (match.Groups["number"].Value.Replace(',', '.'), match.Groups["unit"].Value.ToLowerInvariant());
        if (scalar.Text.StartsWith('-') && match.Success)
        {
            return new Problem(ReaderFindings.OutOfBounds, $"{subject} is {scalar.Shown}, and cannot be negative.", "Write it without the minus sign.");
        }

        return kind switch
        {
            ScalarKind.Duration => Duration(scalar, subject, match.Success, number, unit),
            ScalarKind.Size => Size(scalar, subject, match.Success, number, unit),
            ScalarKind.Rate => Rate(scalar, subject, match.Success, number, unit),
            _ => Percentage(scalar, subject, match.Success, number, unit),
        };
    }

    private static Problem Duration(ScalarNode scalar, string subject, bool isNumber, string number, string unit)
    {
        if (isNumber && unit.Length == 0)
        {
            return Wrong($"{subject} is a duration, and {scalar.Shown} has no unit.", $"Write {number}ms or {number}s.");
        }

        var known = unit switch
        {
            "ms" or "msec" or "msecs" or "milli" or "millis" or "millisecond" or "milliseconds" => "ms",
            "s" or "sec" or "secs" or "second" or "seconds" => "s",
            "m" or "min" or "mins" or "minute" or "minutes" => "m",
            "h" or "hr" or "hrs" or "hour" or "hours" => "h",
            "d" or "day" or "days" => "d",
            "us" or "µs" or "microsecond" or "microseconds" => "us",
            _ => null,
        };
        return Wrong($"{subject} is a duration, and '{scalar.Shown}' is not written as one.", isNumber && known is not null ? $"Write {number}{known}." : "Write a number and a unit, largest unit first: 300ms, 2s, 1m30s, 1h, 30d.");
    }

    private static Problem Size(ScalarNode scalar, string subject, bool isNumber, string number, string unit)
    {
        var known = unit switch
        {
            "k" or "kb" or "kbyte" or "kilobytes" => $"{number}KB or {number}KiB",
            "m" or "mb" or "mbyte" or "megabytes" => $"{number}MB or {number}MiB",
            "g" or "gb" or "gbyte" or "gigabytes" => $"{number}GB or {number}GiB",
            "t" or "tb" => $"{number}TB or {number}TiB",
            "ki" or "mi" or "gi" or "ti" => $"{number}{char.ToUpperInvariant(unit[0])}iB",
            "byte" or "bytes" => $"{number}B",
            _ => null,
        };
        return Wrong($"{subject} is a size, and '{scalar.Shown}' is not written as one.", isNumber && known is not null ? $"Write {known}." : "Write a number and a unit: 512B, 64KiB, 10MB.");
    }

    private static Problem Rate(ScalarNode scalar, string subject, bool isNumber, string number, string unit)
    {
        if (isNumber && unit.Length == 0)
        {
            return Wrong($"{subject} is a rate, and {scalar.Shown} does not say per what.", $"Write {number}/s or {number}/min.");
        }

        var per = unit.Replace(" ", "", StringComparison.Ordinal) switch
        {
            "rps" or "qps" or "hz" or "persecond" or "ps" or "/seconds" or "/1s" or "req/s" => "s",
            "rpm" or "perminute" or "/minutes" or "/1m" or "req/min" => "min",
            "perhour" or "/hours" or "/1h" => "h",
            "perday" or "/days" => "d",
            "/s" or "/sec" or "/second" => "s",
            _ => null,
        };
        return Wrong($"{subject} is a rate, and '{scalar.Shown}' is not written as one.", isNumber && per is not null ? $"Write {number}/{per}." : "Write a number, a slash and a time: 400/s, 20/min, 5/h.");
    }

    private static Problem Percentage(ScalarNode scalar, string subject, bool isNumber, string number, string unit)
    {
        if (isNumber && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            if (value > 100)
            {
                return new Problem(ReaderFindings.OutOfBounds, $"{subject} is {scalar.Shown}, and at most 100% is allowed.", "Write a value from 0% to 100%.");
            }

            if (unit.Length == 0)
            {
                var or = value is > 0 and <= 1 ? $" or {(value * 100).ToString("0.######", CultureInfo.InvariantCulture)}%" : "";
                return Wrong($"{subject} is a percentage, and {scalar.Shown} has no %.", $"Write {number}%{or}.");
            }

            if (unit is "percent" or "pct" or "%")
            {
                return Wrong($"{subject} is a percentage, and '{scalar.Shown}' is not written as one.", $"Write {number}%.");
            }
        }

        return Wrong($"{subject} is a percentage, and '{scalar.Shown}' is not written as one.", "Write a number and a %: 99.9%.");
    }

    private static Problem Wrong(string message, string mend) => new(ReaderFindings.WrongUnit, message, mend);

    [GeneratedRegex(@"^\s*-?(?<number>[0-9]{1,18}([.,][0-9]{1,9})?)\s*(?<unit>[^0-9].{0,20})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
