using System.Text.Json;

namespace Conway.Cli;

/// <summary>What an assistant wrote, held to what the tool takes.</summary>
internal sealed class McpArguments
{
    private readonly Dictionary<string, JsonElement> _given;

    private McpArguments(Dictionary<string, JsonElement> given, int page) => (_given, Page) = (given, page);

    /// <summary>From 1.</summary>
    public int Page { get; }

    /// <summary>Null when the arguments are not what the tool takes; <paramref name="problem"/> says what to write instead.</summary>
    public static McpArguments? Of(McpTool tool, IDictionary<string, JsonElement>? given, out string problem)
    {
        // An argument that is null was not given.
        var all = (given ?? new Dictionary<string, JsonElement>()).Where(one => one.Value.ValueKind != JsonValueKind.Null).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        var known = tool.Parameters.Append(new McpParameter(McpTool.Page, "integer", "")).ToArray();
        problem = "";
        foreach (var (name, value) in all)
        {
            if (known.FirstOrDefault(one => one.Name == name) is not { } parameter)
            {
                problem = $"'{tool.Name}' has no argument '{name}'. {UsageProblem.Hint(name, known.Select(one => one.Name), $"It takes {string.Join(", ", known.Select(one => one.Name))}.")}";
                return null;
            }

            if (!Fits(parameter, value))
            {
                problem = $"'{name}' must be {Wanted(parameter)}.";
                return null;
            }
        }

        if (tool.Parameters.FirstOrDefault(one => one.IsRequired && !all.ContainsKey(one.Name)) is { } missing)
        {
            problem = $"'{tool.Name}' needs '{missing.Name}': {missing.Description}.";
            return null;
        }

        var page = all.TryGetValue(McpTool.Page, out var number) ? number.GetInt32() : 1;
        if (page < 1)
        {
            problem = "'page' must be 1 or more.";
            return null;
        }

        return new McpArguments(all, page);
    }

    public string? Text(string name) => _given.TryGetValue(name, out var value) ? value.GetString() : null;

    public bool Flag(string name) => _given.TryGetValue(name, out var value) && value.GetBoolean();

    public IReadOnlyList<string> Texts(string name) => _given.TryGetValue(name, out var value) ? [.. value.EnumerateArray().Select(one => one.GetString()!)] : [];

    /// <summary>The same for the same question, whatever page of its answer is asked for.</summary>
    public string Key() => string.Join('\n', _given.Where(one => one.Key != McpTool.Page).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value.GetRawText()}"));

    private static bool Fits(McpParameter parameter, JsonElement value) => parameter.Type switch
    {
        "string" => value.ValueKind == JsonValueKind.String && !(parameter.IsName && Operands.IsPath(value.GetString()!)) && (parameter.OneOf.Count == 0 || parameter.OneOf.Contains(value.GetString()!)),
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String && (parameter.OneOf.Count == 0 || parameter.OneOf.Contains(one.GetString()!))),
    };

    private static string Wanted(McpParameter parameter) => parameter.Type switch
    {
        "string" when parameter.OneOf.Count > 0 => $"one of {string.Join(", ", parameter.OneOf)}",
        "string" when parameter.IsName => "a name, and no path",
        "string" => "a text",
        "integer" => "a whole number",
        "boolean" => "true or false",
        _ => parameter.OneOf.Count > 0 ? $"a list of some of {string.Join(", ", parameter.OneOf)}" : "a list of texts",
    };
}
