using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conway.Reader.Yaml;

namespace Conway.Reader;

/// <summary>One promise of a contract.</summary>
/// <param name="Form">A text that is the same as long as the promise is: <c>string</c>, <c>integer(int64)</c>, <c>(Ask) returns (Answer)</c>.</param>
/// <param name="IsDemanded">Callers must send it, so that to add it breaks them, and to give it up does not.</param>
public sealed record ContractItem(string Form, bool IsDemanded);

/// <summary>What a contract promises, item by item, whatever order and words it is written in.</summary>
/// <param name="Items">By name: <c>POST /orders</c>, <c>POST /orders answers 201 with total</c>, <c>rpc Orders/Place</c>, <c>field total</c>. Unset: it was not understood.</param>
/// <param name="Problem">Why it was not understood, as a clause.</param>
public sealed record ContractRead(IReadOnlyDictionary<string, ContractItem>? Items, string? Problem);

/// <summary>Reads contracts: OpenAPI (2, 3) in JSON or YAML, Protocol Buffers, and the schemas of events, as Avro or JSON Schema.</summary>
/// <remarks>Titles, descriptions, examples and the order of things are no part of what is promised. Nothing is fetched: a reference into another file stands for itself.</remarks>
public static class ContractReader
{
    /// <summary>Largest file that is read.</summary>
    public const int BytesMax = 4 << 20;

    /// <summary>Most items of one contract; what is beyond them is not compared, and that is a problem.</summary>
    public const int ItemsMax = 20_000;

    /// <summary>Reads one contract.</summary>
    /// <param name="tree">The files of the system.</param>
    /// <param name="path">Relative to the system's folder.</param>
    /// <returns>Null when there is no such file, or it is of a kind that is not compared.</returns>
    public static ContractRead? Read(IFileTree tree, string path)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(path);
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".json" or ".avsc" or ".yaml" or ".yml" or ".proto"))
        {
            return null;
        }

        var read = tree.Read(path, BytesMax);
        return read.State switch
        {
            FileState.Read when kind == ".proto" => Bounded(ProtoOutline.Of(Encoding.UTF8.GetString(read.Bytes.Span))),
            FileState.Read => OfDocument(path, kind, read.Bytes),
            FileState.TooLarge => new ContractRead(null, "it is larger than 4 MiB"),
            _ => null,
        };
    }

    private static ContractRead OfDocument(string path, string kind, ReadOnlyMemory<byte> bytes)
    {
        var (node, problem) = kind is ".yaml" or ".yml" ? OfYaml(path, bytes) : OfJson(bytes);
        return node is not JsonObject document ? new ContractRead(null, problem ?? "it is no map of keys and values")
            : document["paths"] is JsonObject ? Bounded(OpenApiOutline.Of(document))
            : Bounded(SchemaOutline.OfEvent(document));
    }

    private static ContractRead Bounded(Dictionary<string, ContractItem> items) =>
        items.Count <= ItemsMax ? new ContractRead(items, null) : new ContractRead(null, $"it promises more than {ItemsMax} things");

    private static (JsonNode?, string?) OfJson(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var text = bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
            return (Parsed(Encoding.UTF8.GetString(text.Span)), null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return (null, "it is not JSON");
        }
    }

    private static (JsonNode?, string?) OfYaml(string path, ReadOnlyMemory<byte> bytes)
    {
        var file = ModelFile.Parse(path, bytes.Span);
        if (file.Root is null || file.Findings.Any(f => f.Severity == Findings.Severity.Error))
        {
            return (null, "it is not YAML");
        }

        try
        {
            return (Parsed(JsonForm.Of(file.Root)), null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return (null, "it cannot be written as JSON");
        }
    }

    /// <summary>A key that stands twice counts as it stands last, as most readers have it.</summary>
    private static JsonNode? Parsed(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return Copy(document.RootElement);
    }

    private static JsonNode? Copy(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    map[property.Name] = Copy(property.Value);
                }

                return map;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Copy)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
