using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Policies;

/// <summary>Literals of the Common Expression Language. Their parts are of one type each, as an API server asks.</summary>
internal static class Cel
{
    public static string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>A text in which words stand between single quotes.</summary>
    public static string Said(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";

    /// <summary>A map with an entry on each line.</summary>
    /// <param name="entries">Keys, and values as CEL.</param>
    public static YamlNode Map(IReadOnlyList<(string Key, string Value, Origin Origin)> entries) =>
        Lines("{", "}", [.. entries.Select(entry => ($"{Text(entry.Key)}: {entry.Value}", entry.Origin))]);

    /// <summary>A list with a text on each line.</summary>
    public static YamlNode Lines(IReadOnlyList<(string Text, Origin Origin)> items) => Lines("[", "]", [.. items.Select(item => (Text(item.Text), item.Origin))]);

    private static YamlNode Lines(string open, string close, IReadOnlyList<(string Text, Origin Origin)> items) => items.Count == 0
        ? open + close
        : new YamlLines(
        [
            new ArtifactLine(open, items[0].Origin),
            .. items.Select((item, i) => new ArtifactLine($"  {item.Text}{(i < items.Count - 1 ? "," : "")}", item.Origin)),
            new ArtifactLine(close, items[0].Origin),
        ]);
}
