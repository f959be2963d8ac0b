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

    /// <summary>Every text in a document.</summary>
    public static IEnumerable<string> Texts(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
            _ => [],
        };
}
