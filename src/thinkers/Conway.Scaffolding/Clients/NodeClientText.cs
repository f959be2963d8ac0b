using System.Globalization;
using System.Text;
using System.Text.Json;
using Conway.Scaffolding.Making;

namespace Conway.Scaffolding.Clients;

/// <summary>Writes a client of a contract in OpenAPI for a Node.js service, with types for editors, and its tests. It needs no package.</summary>
/// <param name="operations">Of the contract; at least one.</param>
internal sealed class NodeClientText(CallContract contract, IReadOnlyList<CallOperation> operations, IReadOnlyDictionary<string, string> words)
{
    private readonly CallSamples _samples = new(contract);

    public IEnumerable<NewFile> Files(string folder)
    {
        var text = new Dictionary<string, string>(words)
        {
            ["helpers"] = operations.Any(operation => operation.Parameters.Any(IsInPath)) ? "openCalls, segment" : "openCalls",
            ["types"] = string.Concat(contract.Records.Select(Record)),
            ["methods"] = string.Join('\n', operations.Select(Method)),
            ["rows"] = string.Join('\n', operations.Select(Row)),
        };
        yield return new NewFile($"{folder}/calls/{words["callee"]}/client.js", Template.Text("node-call/client.js", text));
        yield return new NewFile($"{folder}/test/calls/{words["callee"]}.test.js", Template.Text("node-call/test.js", text));

        // The same for all callees.
        yield return NodeCalls.Context(folder);
        yield return new NewFile($"{folder}/calls/http.js", Template.Text("node-call/http.js", text)) { IsShared = true };
    }

    private string Record(CallRecord record)
    {
        var fields = record.Properties.Select(property => $" *   {Key(property.Key)}{(property.Type.IsOptional ? "?" : "")}: {Written(property.Type)},\n");
        return $"/**\n * What {words["callee"]} calls {record.Name}.\n * @typedef {{{{\n{string.Concat(fields)} * }}}} {record.Name}\n */\n\n";
    }

    private static string Method(CallOperation operation)
    {
        var text = new StringBuilder();
        var isAsked = operation.Parameters.Count > 0 || operation.Body is not null;
        var isCertain = operation.Body is not null || operation.Parameters.Any(parameter => !parameter.Type.IsOptional);
        text.Append("    /**\n").Append(CultureInfo.InvariantCulture, $"     * `{operation.Method} {Comment(operation.Path)}`{(operation.MayBeGone ? "; null when there is none" : "")}\n");
        if (isAsked)
        {
            var fields = operation.Parameters.Select(parameter => $"{Word(parameter)}{(parameter.Type.IsOptional ? "?" : "")}: {Written(parameter.Type)}").Concat(operation.Body is { } body ? [$"body: {Written(body)}"] : []);
            text.Append(CultureInfo.InvariantCulture, $"     * @param {{{{ {string.Join(", ", fields)} }}}} {(isCertain ? "request" : "[request]")}\n");
        }

        text.Append("     * @param {CallContext} [context]\n").Append(CultureInfo.InvariantCulture, $"     * @returns {{Promise<{Answer(operation)}>}}\n     */\n");
        return text.Append(CultureInfo.InvariantCulture, $"    async {Name(operation)}({(!isAsked ? "" : isCertain ? "request, " : "request = {}, ")}context) {{\n      return ask(\"{operation.Method}\", {Path(operation)}, {{ {string.Join(", ", Terms(operation))} }}, context);\n    }},\n")
            .Replace(", {  }, context", ", {}, context").ToString();
    }

    private static string Answer(CallOperation operation) =>
        (operation.Answer is { } answer ? Written(answer) : "void") + (operation.MayBeGone && operation.Answer is not { IsOptional: true } ? " | null" : "");

    private static IEnumerable<string> Terms(CallOperation operation)
    {
        if (operation.Parameters.Where(parameter => parameter.In == "query").ToArray() is { Length: > 0 } query)
        {
            yield return $"query: [{string.Join(", ", query.Select(parameter => $"[{Text(parameter.Name)}, {Said(parameter)}]"))}]";
        }

        if (operation.Parameters.Where(parameter => parameter.In == "header").ToArray() is { Length: > 0 } headers)
        {
            yield return $"headers: {{ {string.Join(", ", headers.Select(parameter => $"{Key(parameter.Name)}: {Said(parameter)}"))} }}";
        }

        if (operation.Body is not null)
        {
            yield return "body: request.body";
        }

        if (operation.MayBeGone)
        {
            yield return "mayBeGone: true";
        }

        if (operation.Answer is not null)
        {
            yield return "answersJson: true";
        }
    }

    /// <summary>A path with what stands in it escaped.</summary>
    private static string Path(CallOperation operation)
    {
        var path = operation.Path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal);
        foreach (var parameter in operation.Parameters.Where(IsInPath))
        {
            var value = parameter.Type.Kind == CallKind.List ? $"encodeURIComponent({Said(parameter)})" : $"segment({Text(Word(parameter))}, {Said(parameter)})";
            path = path.Replace($"{{{parameter.Name}}}", $"${{{value}}}", StringComparison.Ordinal);
        }

        return path.Contains("${", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal) ? $"`{path}`" : Text(path);
    }

    /// <summary>A value of the request, as it is sent.</summary>
    private static string Said(CallParameter parameter)
    {
        var value = $"request.{Word(parameter)}";
        return parameter.Type.Kind == CallKind.List && !parameter.IsRepeated ? $"{value}{(parameter.Type.IsOptional ? "?" : "")}.join({Text(parameter.Between ?? ",")})" : value;
    }

    private string Row(CallOperation operation)
    {
        var said = operation.Parameters.Where(parameter => !parameter.Type.IsOptional).Select(parameter => $"{Word(parameter)}: {_samples.Json(parameter.Type)}").Concat(operation.Body is { } body ? [$"body: {_samples.Json(body)}"] : []).ToArray();
        var isAsked = operation.Parameters.Count > 0 || operation.Body is not null;
        var headers = operation.Parameters.Where(parameter => parameter is { In: "header", Type.IsOptional: false }).Select(parameter => $"{Text(parameter.Name.ToLowerInvariant())}: {Text(CallSamples.Asked(parameter.Type, CallSamples.Time))}").ToArray();
        string?[] fields =
        [
            $"name: \"{Name(operation)}\"",
            $"asks: {Text($"{operation.Method} {CallSamples.Target(operation, CallSamples.Time)}")}",
            isAsked ? $"request: {Map(said)}" : null,
            $"headers: {Map(headers)}",
            operation.Answer is { } answer ? $"answer: {_samples.Json(answer)}" : null,
            operation.MayBeGone ? "mayBeGone: true" : null,
            operation.Parameters.FirstOrDefault(parameter => parameter.IsSegment) is { } segment ? $"segment: \"{Word(segment)}\"" : null,
        ];
        return $"  {{ {string.Join(", ", fields.OfType<string>())} }},";
    }

    private static string Map(string[] fields) => fields.Length == 0 ? "{}" : $"{{ {string.Join(", ", fields)} }}";

    /// <summary>A method called <c>then</c> would make a promise of the client.</summary>
    private static string Name(CallOperation operation) => Camel(operation.Name) is var name && name == "then" ? "thenCall" : name;

    // A word of C# that needs a mark there needs none as the name of a property.
    private static string Word(CallParameter parameter) => parameter.Word.TrimStart('@');

    private static bool IsInPath(CallParameter parameter) => parameter.In == "path";

    /// <summary>A type, as editors and the compiler of TypeScript read it.</summary>
    private static string Written(CallType type)
    {
        var name = type.Kind switch
        {
            CallKind.Text or CallKind.Time => "string",
            CallKind.Number => "number",
            CallKind.Flag => "boolean",
            CallKind.List => type.Item!.IsOptional ? $"({Written(type.Item)})[]" : $"{Written(type.Item)}[]",
            CallKind.Record => type.Name,
            _ => "any",
        };
        return type.IsOptional && name != "any" ? $"{name} | null" : name;
    }

    private static string Key(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') ? name : Text(name);

    private static string Text(string value) => Comment(JsonSerializer.Serialize(value, AsciiJson.Default.String));

    /// <summary>What stands in a comment cannot end it.</summary>
    private static string Comment(string text) => text.Replace("*/", "*\\/", StringComparison.Ordinal);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
