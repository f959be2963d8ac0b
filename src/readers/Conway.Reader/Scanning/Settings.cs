using System.Text.Json;

namespace Conway.Reader.Scanning;

/// <summary>Reads settings in JSON, with the comments and commas that tools tolerate.</summary>
internal static class Settings
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Null when it is no JSON.</summary>
    public static JsonDocument? Json(FileRead read)
    {
        try
        {
            var bytes = read.Bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? read.Bytes[3..] : read.Bytes;
            return read.State == FileState.Read ? JsonDocument.Parse(bytes, Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every text in a document whose key, the innermost that it stands under, is one of these.</summary>
    public static IEnumerable<string> Texts(JsonElement element, Func<string, bool> of, string key = "") =>
        element.ValueKind switch
        {
            JsonValueKind.String when of(key) => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Texts(e, of, key)),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value, of, p.Name)),
            _ => [],
        };
}
