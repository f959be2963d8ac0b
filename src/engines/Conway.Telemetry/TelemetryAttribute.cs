using System.Globalization;

namespace Conway.Telemetry;

/// <summary>One attribute: <c>http.route</c> = <c>/products/{id}</c>.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value"><see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <c>byte[]</c>, a list of values, a list of attributes, or null.</param>
public sealed record TelemetryAttribute(string Key, object? Value)
{
    /// <summary>The value as a person reads it; lists in brackets.</summary>
    public string Text => TextOf(Value);

    internal static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "true" : "false",
        double number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        IReadOnlyList<TelemetryAttribute> map => "{" + string.Join(", ", map.Select(item => $"{item.Key}: {item.Text}")) + "}",
        IReadOnlyList<object?> list => "[" + string.Join(", ", list.Select(TextOf)) + "]",
        _ => value.ToString() ?? "",
    };
}
