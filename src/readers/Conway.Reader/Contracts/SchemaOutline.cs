using System.Text.Json.Nodes;

namespace Conway.Reader;

/// <summary>The fields of a schema (JSON Schema, as OpenAPI has it, or Avro), each by its path.</summary>
internal static class SchemaOutline
{
    // A schema that is nested deeper says the same again, or holds itself.
    private const int DepthMax = 12;

    /// <summary>Fields of an event's schema; nobody sends it but the publisher, so nothing in it is demanded of anybody.</summary>
    public static Dictionary<string, ContractItem> OfEvent(JsonObject document)
    {
        var items = new Dictionary<string, ContractItem>(StringComparer.Ordinal);
        if (document["fields"] is JsonArray)
        {
            Avro(document, "", items, 0);
        }
        else
        {
            Walk(document, document, "", isDemanded: false, items, [], (path, form, _) => items["field " + path] = new ContractItem(form, false));
        }

        return items;
    }

    /// <summary>Tells each field of a schema: its path, its form, and whether it is required wherever it may be.</summary>
    /// <param name="open">Schemas that are being walked.</param>
    public static void Walk(JsonObject root, JsonNode? schema, string path, bool isDemanded, Dictionary<string, ContractItem> items, HashSet<JsonObject> open, Action<string, string, bool> tell)
    {
        var at = Resolve(root, schema);
        if (at is null || open.Count > DepthMax || items.Count > ContractReader.ItemsMax)
        {
            return;
        }

        // A schema that holds itself says the same again.
        if (!open.Add(at))
        {
            tell(path, Form(root, at), isDemanded);
            return;
        }

        foreach (var part in Parts(at, "allOf"))
        {
            Walk(root, part, path, isDemanded, items, open, tell);
        }

        if (path.Length > 0 && (at["allOf"] is not JsonArray || at["type"] is not null))
        {
            tell(path, Form(root, at), isDemanded);
        }

        if (at["items"] is JsonObject item)
        {
            Walk(root, item, path + "[]", isDemanded: false, items, open, tell);
        }

        var required = at["required"] is JsonArray names ? names.Select(Text).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var (name, value) in at["properties"] as JsonObject ?? [])
        {
            Walk(root, value, path.Length == 0 ? name : $"{path}.{name}", required.Contains(name) && (isDemanded || path.Length == 0), items, open, tell);
        }

        open.Remove(at);
    }

    /// <summary>What a value is: <c>string(date)</c>, <c>string one of a, b</c>, <c>array</c>.</summary>
    public static string Form(JsonObject root, JsonNode? schema)
    {
        if (Resolve(root, schema) is not { } at)
        {
            return Text(schema?["$ref"]) is { Length: > 0 } reference ? reference : "anything";
        }

        var type = at["type"] is JsonArray several ? string.Join('|', several.Select(Text).Order(StringComparer.Ordinal))
            : Text(at["type"]) is { Length: > 0 } one ? one
            : at["properties"] is not null || at["allOf"] is not null ? "object"
            : at["items"] is not null ? "array" : "anything";
        var format = Text(at["format"]) is { Length: > 0 } known ? $"({known})" : "";
        var nullable = at["nullable"]?.ToJsonString() == "true" ? " or null" : "";
        var choices = at["enum"] is JsonArray values ? " one of " + string.Join(", ", values.Select(v => v?.ToJsonString() ?? "null").Order(StringComparer.Ordinal)) : "";
        var ways = string.Concat(new[] { "oneOf", "anyOf" }.Where(k => at[k] is JsonArray)
            .Select(k => $" {k} {string.Join(" or ", Parts(at, k).Select(p => Text(p?["$ref"]) is { Length: > 0 } name ? name : Form(root, p)).Order(StringComparer.Ordinal))}"));
        return type + format + nullable + choices + ways;
    }

    /// <summary>The schema that a reference stands for; null when it is in another file, or goes round.</summary>
    public static JsonObject? Resolve(JsonObject root, JsonNode? node)
    {
        const int ReferencesMax = 16;
        for (var count = 0; count < ReferencesMax && node is JsonObject at; count++)
        {
            if (Text(at["$ref"]) is not { Length: > 0 } reference)
            {
                return at;
            }

            if (!reference.StartsWith("#/", StringComparison.Ordinal))
            {
                return null;
            }

            node = root;
            foreach (var part in reference[2..].Split('/'))
            {
                node = (node as JsonObject)?[Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
            }
        }

        return null;
    }

    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node is JsonValue ? node.ToJsonString() : "";

    private static IEnumerable<JsonNode?> Parts(JsonObject at, string key) => at[key] as JsonArray ?? [];

    private static void Avro(JsonObject record, string path, Dictionary<string, ContractItem> items, int depth)
    {
        foreach (var field in (record["fields"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var name = path.Length == 0 ? Text(field["name"]) : $"{path}.{Text(field["name"])}";
            items["field " + name] = new ContractItem(AvroType(field["type"]), false);
            foreach (var inner in (field["type"] is JsonArray union ? union : [field["type"]?.DeepClone()]).OfType<JsonObject>().Where(t => t["fields"] is JsonArray && depth < DepthMax))
            {
                Avro(inner, name, items, depth + 1);
            }
        }
    }

    private static string AvroType(JsonNode? type) => type switch
    {
        JsonArray union => string.Join('|', union.Select(AvroType).Order(StringComparer.Ordinal)),
        JsonObject map when map["items"] is { } item => $"array of {AvroType(item)}",
        JsonObject map when map["values"] is { } value => $"map of {AvroType(value)}",
        JsonObject map when map["symbols"] is JsonArray symbols => $"one of {string.Join(", ", symbols.Select(Text).Order(StringComparer.Ordinal))}",
        JsonObject map => Text(map["type"]) + (Text(map["logicalType"]) is { Length: > 0 } logical ? $"({logical})" : ""),
        _ => Text(type),
    };
}
