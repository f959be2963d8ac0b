using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conway.Scaffolding.Clients;

/// <summary>What a caller needs of an OpenAPI document in JSON: its operations and the types that they speak of.</summary>
internal sealed class CallContract
{
    private const int DepthMax = 128;

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private static readonly HashSet<string> OfOthers = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept", "allow", "authorization", "baggage", "connection", "conway-caller", "conway-deadline-ms", "expires", "host", "last-modified", "traceparent", "tracestate", "transfer-encoding",
    };

    private readonly JsonObject _document;
    private readonly SortedDictionary<string, CallRecord> _records = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    // Each record has a file of its own, and not every file system knows small letters from large ones.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    private CallContract(JsonObject document) => _document = document;

    /// <summary>Types that the operations that were asked for use.</summary>
    public IReadOnlyCollection<CallRecord> Records => _records.Values;

    public CallRecord Record(string name) => _records[name];

    /// <summary>Null when the text is no such document.</summary>
    public static CallContract? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text.TrimStart('\uFEFF'), documentOptions: new JsonDocumentOptions { MaxDepth = DepthMax }) is JsonObject document && document["openapi"] is JsonValue && document["paths"] is JsonObject
                ? new CallContract(document) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Operations whose path has a segment of this name; all of them for null.</summary>
    /// <param name="callee">How the callee is called in code: no method and no record has the name of a class that is written for it.</param>
    public IReadOnlyList<CallOperation> Operations(string? api, string callee)
    {
        var (operations, names) = (new List<CallOperation>(), new HashSet<string>([$"{callee}Client", "Segment"], StringComparer.Ordinal));
        _taken.UnionWith([$"{callee}Client", $"{callee}Json"]);
        foreach (var (path, item) in _document["paths"]!.AsObject().Where(path => api is null || path.Key.Split('/').Contains(api)))
        {
            foreach (var method in Methods)
            {
                if (Resolve(item) is { } shared && Resolve(shared[method]) is { } operation && Of(path, method, shared, operation) is { } made)
                {
                    operations.Add(made with { Name = Free(made.Name, names) });
                }
            }
        }

        return operations;
    }

    /// <summary>Segments by which <see cref="Operations"/> can be asked for.</summary>
    public IReadOnlyList<string> Apis() =>
        [.. _document["paths"]!.AsObject().SelectMany(path => path.Key.Split('/').TakeWhile(part => !part.StartsWith('{')).TakeLast(1)).Where(part => part.Length > 0).Distinct(StringComparer.Ordinal)];

    private CallOperation Of(string path, string method, JsonObject shared, JsonObject operation)
    {
        var words = new HashSet<string>(["body", "cancellationToken", "http", "request", "answer", "one"], StringComparer.Ordinal);
        var parameters = Nodes(shared["parameters"]).Concat(Nodes(operation["parameters"])).Select(Resolve).OfType<JsonObject>()
            .Select(node => new CallParameter(Text(node["name"]), Text(node["in"]), ParameterType(node["schema"], isRequired: Text(node["in"]) == "path" || IsTrue(node["required"])), Free(CodeWord.Camel(Text(node["name"])), words), Between(node)))
            .Where(parameter => parameter.Name.Length > 0 && (parameter.In is "path" or "query" || (parameter.In == "header" && IsSent(parameter.Name)))).DistinctBy(parameter => (parameter.Name, parameter.In)).ToArray();
        var body = Resolve(operation["requestBody"]) is { } asks && Json(asks) is { } schema ? Type(schema, isRequired: true) : null;
        var answers = operation["responses"] as JsonObject ?? [];
        var good = answers.Where(answer => answer.Key.StartsWith('2')).Select(answer => Json(Resolve(answer.Value))).FirstOrDefault(found => found is not null);
        var name = Text(operation["operationId"]) is { Length: > 0 } id ? CodeWord.Pascal(id) : CodeWord.Pascal($"{method} {path}");
        return new CallOperation(name, method.ToUpperInvariant(), path, parameters, body, good is null ? null : Type(good, isRequired: true), method == "get" && answers.ContainsKey("404"));
    }

    /// <summary>Headers that a client may set: not those of the content, not what OpenAPI says elsewhere, and not what is given by the environment.</summary>
    private static bool IsSent(string header) =>
        header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !header.StartsWith("content-", StringComparison.OrdinalIgnoreCase) && !OfOthers.Contains(header);

    /// <summary>A parameter is a value or a list of values; how anything else is written into one, its caller knows.</summary>
    private CallType ParameterType(JsonNode? schema, bool isRequired)
    {
        var type = Resolve(schema) is { } node && node["properties"] is JsonObject ? null : Type(schema, isRequired);
        return type is null or { Kind: CallKind.Json } or { Item.Kind: CallKind.Json or CallKind.Record or CallKind.List } ? new CallType(CallKind.Text, "string", !isRequired) : type;
    }

    /// <summary>How the values of a list are written: style and explode of OpenAPI.</summary>
    private static string? Between(JsonObject parameter) =>
        Text(parameter["in"]) != "query" ? "," : Text(parameter["style"]) switch
        {
            "spaceDelimited" => " ",
            "pipeDelimited" => "|",
            _ => parameter["explode"] is JsonValue value && value.TryGetValue<bool>(out var isApart) && !isApart ? "," : null,
        };

    private static JsonNode? Json(JsonObject? holder) =>
        (holder?["content"] as JsonObject)?.FirstOrDefault(type => type.Key.Split(';')[0] is "application/json").Value?["schema"];

    /// <summary>The type of a schema in C#. What has no name and is more than a value or a list stays JSON.</summary>
    private CallType Type(JsonNode? schema, bool isRequired, int depth = 0)
    {
        if (schema is not JsonObject node || depth > DepthMax)
        {
            return new CallType(CallKind.Json, "JsonElement", !isRequired);
        }

        if (Text(node["$ref"]) is { Length: > 0 } reference && reference.StartsWith("#/components/schemas/", StringComparison.Ordinal) && Resolve(node) is { } target)
        {
            if (target["properties"] is not JsonObject properties)
            {
                return Type(target, isRequired, depth + 1);
            }

            if (!_names.TryGetValue(reference, out var name))
            {
                name = CodeWord.Pascal(reference.Split('/')[^1]);
                _names[reference] = name = Free(CodeName.IsTaken(name) ? name + "Item" : name, _taken);

                // Known before its properties are looked at, since one of them may be of the same type.
                _records[name] = new CallRecord(name, []);
                var required = Nodes(target["required"]).Select(Text).ToHashSet(StringComparer.Ordinal);
                _records[name] = new CallRecord(name, [.. properties.Select(property => new CallProperty(property.Key, Type(property.Value, required.Contains(property.Key), depth + 1)))]);
            }

            return new CallType(CallKind.Record, name, !isRequired);
        }

        var types = node["type"] is JsonArray several ? [.. several.Select(Text)] : new[] { Text(node["type"]) };
        var isOptional = !isRequired || types.Contains("null");
        return types.FirstOrDefault(type => type != "null") switch
        {
            "string" when Text(node["format"]) == "date-time" => new CallType(CallKind.Time, "DateTimeOffset", isOptional),
            "string" => new CallType(CallKind.Text, "string", isOptional),
            "integer" => new CallType(CallKind.Number, Text(node["format"]) == "int64" ? "long" : "int", isOptional),
            "number" => new CallType(CallKind.Number, "double", isOptional),
            "boolean" => new CallType(CallKind.Flag, "bool", isOptional),
            "array" => Type(node["items"], isRequired: true, depth + 1) is var item ? new CallType(CallKind.List, $"IReadOnlyList<{item.Written}>", isOptional, item) : null!,
            _ => new CallType(CallKind.Json, "JsonElement", isOptional),
        };
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
        }

        return free;
    }

    private JsonObject? Resolve(JsonNode? node)
    {
        for (var step = 0; step < DepthMax && node is JsonObject map; step++)
        {
            if (Text(map["$ref"]) is not { Length: > 0 } reference)
            {
                return map;
            }

            node = reference.StartsWith("#/", StringComparison.Ordinal)
                ? reference[2..].Split('/').Aggregate((JsonNode?)_document, (at, part) => (at as JsonObject)?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]) : null;
        }

        return null;
    }

    private static IEnumerable<JsonNode?> Nodes(JsonNode? node) => node as JsonArray ?? [];

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
