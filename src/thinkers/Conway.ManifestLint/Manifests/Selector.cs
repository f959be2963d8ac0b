using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestLint.Manifests;

/// <summary>A label selector, as <c>matchLabels</c> with <c>matchExpressions</c>, or as the plain map of a Service.</summary>
internal static class Selector
{
    /// <summary>Whether a selector of <c>matchLabels</c> and <c>matchExpressions</c> takes these labels. An empty one takes all.</summary>
    public static bool Takes(Part? selector, IReadOnlyDictionary<string, string> labels) =>
        TakesAll(selector?["matchLabels"], labels) && (selector?["matchExpressions"]).List().All(e => Takes(e["key"].Word() ?? "", e["operator"].Word() ?? "", e["values"].List(), labels));

    /// <summary>Whether all of a map are among the labels.</summary>
    public static bool TakesAll(Part? map, IReadOnlyDictionary<string, string> labels) =>
        (map?.Entries ?? []).All(e => labels.TryGetValue(e.Key, out var value) && value == (e.Value.Text ?? ""));

    /// <summary>Whether a selector takes everything.</summary>
    public static bool IsEmpty(Part? selector) => (selector?["matchLabels"]?.Entries ?? []).Count == 0 && (selector?["matchExpressions"]).List().Count == 0;

    /// <summary>As a person writes it: <c>app=orders,tier=web</c>.</summary>
    public static string Text(Part? selector)
    {
        var labels = (selector?["matchLabels"] ?? (selector?["matchExpressions"] is null ? selector : null))?.Entries ?? [];
        var words = labels.Select(e => $"{e.Key}={e.Value.Text}")
            .Concat((selector?["matchExpressions"]).List().Select(e => $"{e["key"]?.Text} {e["operator"]?.Text} ({string.Join(", ", e["values"].List().Select(v => v.Text))})"));
        return string.Join(",", words);
    }

    private static bool Takes(string key, string operation, IReadOnlyList<Part> values, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(key, out var value);
        return operation switch
        {
            "Exists" => has,
            "DoesNotExist" => !has,
            "In" => has && values.Any(v => v.Text == value),
            "NotIn" => !has || values.All(v => v.Text != value),
            _ => true,
        };
    }
}
