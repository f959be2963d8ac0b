using System.Globalization;
using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestLint.Manifests;

/// <summary>Parts as the values that the API takes them for.</summary>
internal static class Values
{
    /// <summary>Written without a value, or as <c>null</c>.</summary>
    public static bool IsNull(this Part part) => part is { IsQuoted: false, Text: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>The part, unless it is null: the API treats a null as left out.</summary>
    public static Part? Set(this Part? part) => part is null || part.IsNull() ? null : part;

    public static bool? Bool(this Part? part) => part is not { IsQuoted: false, Text: { } text } ? null : text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    public static bool IsTrue(this Part? part) => part.Bool() == true;

    public static bool IsFalse(this Part? part) => part.Bool() == false;

    public static long? Number(this Part? part) =>
        part is { IsQuoted: false, Text: { } text } && long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Text that is not empty.</summary>
    public static string? Word(this Part? part) => part is { Text.Length: > 0 } && !part.IsNull() ? part.Text : null;

    /// <summary>The keys and texts of a map.</summary>
    public static Dictionary<string, string> Map(this Part? part)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in part?.Entries ?? [])
        {
            map[key] = value.Text ?? "";
        }

        return map;
    }

    public static IReadOnlyList<Part> List(this Part? part) => part?.Items ?? [];

    /// <summary>A quantity of the API in its base unit: <c>250m</c> is 0.25, <c>1Gi</c> is 1073741824. Null: it is none.</summary>
    public static double? Quantity(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var (suffix, factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return number * factor;
            }
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) && double.IsFinite(plain) ? plain : null;
    }

    private static readonly (string, double)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
    ];
}
