using System.Globalization;

namespace Conway.Checks;

/// <summary>Quantities and lists as they stand in a sentence: <c>2 s</c>, <c>800 ms</c>, <c>'a', 'b' and 'c'</c>.</summary>
internal static class Spoken
{
    public static string Duration(TimeSpan value) => value switch
    {
        { Ticks: 0 } => "0 s",
        _ when value.Ticks % TimeSpan.TicksPerMinute == 0 => Number(value.TotalMinutes) + " min",
        _ when value >= TimeSpan.FromSeconds(1) => Number(value.TotalSeconds) + " s",
        _ => Number(value.TotalMilliseconds) + " ms",
    };

    public static string Percent(double fraction) => Number(fraction * 100) + " %";

    /// <summary>A count of requests; beyond a billion nobody counts.</summary>
    public static string Count(double value) => value >= 1e9 ? "over a billion" : value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>once</c>, <c>12 times</c>; with a noun <c>1 request</c>, <c>12 requests</c>.</summary>
    public static string Times(long count, string? noun = null) =>
        noun is not null ? $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}"
        : count == 1 ? "once" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} times";

    public static string Names(IEnumerable<string> names)
    {
        var quoted = names.Select(n => $"'{n}'").ToArray();
        return quoted.Length < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted[..^1])} and {quoted[^1]}";
    }

    /// <summary><c>a -> b -> c</c>; a chain too long for a sentence keeps both ends.</summary>
    public static string Chain(IReadOnlyList<string> names) =>
        string.Join(" -> ", names.Count <= 16 ? names : [.. names.Take(8), $"({names.Count - 15} more)", .. names.Skip(names.Count - 7)]);

    /// <summary><c>6</c>, <c>6.5</c></summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
