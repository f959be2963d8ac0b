using System.Text;

namespace Conway.Telemetry.Scraping;

/// <summary>Names and units of OpenTelemetry as Prometheus writes them. Pure.</summary>
/// <remarks>Source: OpenTelemetry specification, <c>compatibility/prometheus_and_openmetrics.md</c>, section OTLP Metric points to Prometheus.</remarks>
internal static class PrometheusNames
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["kBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["bit"] = "bits",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["%"] = "percent",
        ["1"] = "",
    };

    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["min"] = "minute",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    };

    /// <summary>The family's name and the unit it ends in.</summary>
    /// <param name="metric"><c>http.server.request.duration</c></param>
    /// <param name="unit">As UCUM writes it: <c>s</c>, <c>By/s</c>, <c>{request}</c>, <c>1</c>.</param>
    /// <param name="type">What the metric becomes.</param>
    public static (string Name, string Unit) Of(string metric, string unit, FamilyType type)
    {
        var name = Joined(metric, static c => char.IsAsciiLetterOrDigit(c) || c == ':');
        if (type == FamilyType.Counter)
        {
            name = WithoutWord(name, "total");
        }

        var word = unit == "1" && type == FamilyType.Gauge ? "ratio" : Word(unit);
        if (word.Length > 0 && WithoutWord(name, word) == name && name != word)
        {
            name = name.Length == 0 ? word : $"{name}_{word}";
        }

        return (name.Length == 0 ? "unnamed" : char.IsAsciiDigit(name[0]) ? "_" + name : name, word);
    }

    /// <summary>The label of an attribute: <c>http.route</c> → <c>http_route</c>.</summary>
    public static string Label(string key)
    {
        var label = string.Create(key.Length, key, static (text, key) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = char.IsAsciiLetterOrDigit(key[index]) ? key[index] : '_';
            }
        });

        // Labels that begin with two underscores are Prometheus' own.
        return label.Length == 0 || char.IsAsciiDigit(label[0]) ? "key_" + label : label.StartsWith("__", StringComparison.Ordinal) ? "key" + label : label;
    }

    private static string Word(string unit)
    {
        var parts = WithoutNotes(unit).Split('/', 2);
        var main = Units.TryGetValue(parts[0], out var known) ? known : Joined(parts[0], char.IsAsciiLetterOrDigit);
        if (parts.Length == 1)
        {
            return main;
        }

        var per = PerUnits.TryGetValue(parts[1], out known) ? known : Joined(parts[1], char.IsAsciiLetterOrDigit);
        return per.Length == 0 ? main : main.Length == 0 ? "per_" + per : $"{main}_per_{per}";
    }

    // {request}/s → /s
    private static string WithoutNotes(string unit)
    {
        for (var open = unit.IndexOf('{', StringComparison.Ordinal); open >= 0; open = unit.IndexOf('{', StringComparison.Ordinal))
        {
            var close = unit.IndexOf('}', open);
            unit = close < 0 ? unit[..open] : unit.Remove(open, close - open + 1);
        }

        return unit.Trim();
    }

    private static string WithoutWord(string name, string word) =>
        name.EndsWith("_" + word, StringComparison.Ordinal) ? name[..^(word.Length + 1)] : name;

    // Runs of what may not stand there become one underscore, and none at the ends.
    private static string Joined(string text, Func<char, bool> mayStand)
    {
        var joined = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (mayStand(c))
            {
                joined.Append(c);
            }
            else if (joined.Length > 0 && joined[^1] != '_')
            {
                joined.Append('_');
            }
        }

        return joined.ToString().TrimEnd('_');
    }
}
