using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Conway.Testing.Queries;

/// <summary>Says which value of a JSON text is meant: <c>$.items[0]['unit price']</c>, and with one wildcard, which ones: <c>$.items[*].id</c>.</summary>
/// <remarks>
/// The singular queries of RFC 9535, and those that are singular but for one <c>[*]</c> or <c>.*</c>. Slices, filters, unions and <c>..</c> are refused:
/// a step that looks at one value must not find several by chance. Selecting never fails; what is not there is not found. Immutable.
/// </remarks>
internal sealed class JsonQuery
{
    private readonly QuerySegment[] _segments;

    internal JsonQuery(string text, QuerySegment[] segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it may find several values.</summary>
    public bool HasWildcard => _segments.Any(s => s.Kind == SegmentKind.Wildcard);

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonQuery? query, [NotNullWhen(false)] out QueryError? error)
    {
        (query, error) = new QueryReader(text).Read();
        return query is not null;
    }

    /// <summary>The value that is meant, the first one with a wildcard; null when there is none.</summary>
    public JsonElement? Find(JsonElement root)
    {
        foreach (var found in All(root))
        {
            return found;
        }

        return null;
    }

    /// <summary>All values that are meant, in the order in which they stand in the text.</summary>
    public IEnumerable<JsonElement> All(JsonElement root) => Below(root, 0);

    private IEnumerable<JsonElement> Below(JsonElement value, int depth)
    {
        for (; depth < _segments.Length; depth++)
        {
            if (_segments[depth].Kind == SegmentKind.Wildcard)
            {
                return Children(value).SelectMany(child => Below(child, depth + 1));
            }

            if (Child(value, _segments[depth]) is not { } child)
            {
                return [];
            }

            value = child;
        }

        return [value];
    }

    private static JsonElement? Child(JsonElement value, QuerySegment segment)
    {
        if (segment.Kind == SegmentKind.Name)
        {
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(segment.Name, out var member) ? member : null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var length = value.GetArrayLength();
        var index = segment.Index < 0 ? length + segment.Index : segment.Index;
        return index >= 0 && index < length ? value[(int)index] : null;
    }

    private static IEnumerable<JsonElement> Children(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Object => value.EnumerateObject().Select(m => m.Value),
            _ => [],
        };

    public override string ToString() => Text;
}
