using System.Text.Encodings.Web;
using System.Text.Json;
using Conway.Findings;

namespace Conway.Node;

/// <summary>Reads and writes <c>findings.json</c>; its shape is told in docs/reference/finding-history.md.</summary>
internal static class FindingPastText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when it is of another kind or version. What is in it and makes no sense is left out.</summary>
    /// <exception cref="JsonException">It is not JSON, or not whole.</exception>
    public static FindingPast? Read(Stream stream)
    {
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("conway", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1)
        {
            return null;
        }

        return new FindingPast([.. Items(root, "points").Select(PointOf).OfType<FindingPoint>()], [.. Items(root, "findings").Select(PastOf).OfType<PastFinding>().DistinctBy(one => one.Fingerprint)], null);
    }

    public static void Write(Stream stream, IEnumerable<FindingPoint> points, IEnumerable<PastFinding> findings)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteNumber("conway", 1);
        json.WriteStartArray("points");
        foreach (var point in points)
        {
            json.WriteStartObject();
            json.WriteString("at", point.At);
            json.WriteString("run", point.Run);
            json.WriteNumber("error", point.Error);
            json.WriteNumber("warning", point.Warning);
            json.WriteNumber("info", point.Info);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var past in findings)
        {
            json.WriteStartObject();
            json.WriteString("fingerprint", past.Fingerprint);
            json.WriteString("code", past.Code);
            json.WriteString("severity", FindingText.Word(past.Severity));
            json.WriteString("about", past.About);
            json.WriteString("message", past.Message);
            json.WriteString("first", past.First);
            json.WriteString("last", past.Last);
            if (past.Gone is { } gone)
            {
                json.WriteString("gone", gone);
            }
            else
            {
                json.WriteNull("gone");
            }

            json.WriteNumber("returns", past.Returns);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<JsonElement> Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object) : [];

    private static FindingPoint? PointOf(JsonElement item) =>
        TimeOf(item, "at") is { } at ? new FindingPoint(at, TextOf(item, "run") ?? "", NumberOf(item, "error"), NumberOf(item, "warning"), NumberOf(item, "info")) : null;

    private static PastFinding? PastOf(JsonElement item) =>
        TextOf(item, "fingerprint") is { Length: > 0 } fingerprint && TimeOf(item, "first") is { } first && TimeOf(item, "last") is { } last
            ? new PastFinding(
                fingerprint, TextOf(item, "code") ?? "", TextOf(item, "severity") switch { "error" => Severity.Error, "warning" => Severity.Warning, _ => Severity.Info },
                TextOf(item, "about") ?? "", TextOf(item, "message") ?? "", first, last, TimeOf(item, "gone"), NumberOf(item, "returns"))
            : null;

    private static string? TextOf(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? TimeOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;

    private static int NumberOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number : 0;
}
