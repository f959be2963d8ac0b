using System.Globalization;
using System.Text;
using System.Text.Json;
using Conway.Scaffolding.Making;

namespace Conway.Scaffolding.Clients;

/// <summary>Writes a typed client, the records that it speaks of, and its tests.</summary>
internal sealed class ClientText(CallContract contract, IReadOnlyList<CallOperation> operations, IReadOnlyDictionary<string, string> words)
{
    // As default(DateTimeOffset) is sent.
    private const string NoTime = "0001-01-01T00:00:00.0000000+00:00";

    private readonly CallSamples _samples = new(contract);

    private string Callee => words["Callee"];

    public IEnumerable<NewFile> Files(string folder, string tests)
    {
        var calls = $"{folder}/Calls/{Callee}";
        yield return new NewFile($"{calls}/{Callee}Client.cs", Client());
        if (Spoken().Any())
        {
            yield return new NewFile($"{calls}/{Callee}Json.cs", Json());
        }

        foreach (var record in contract.Records)
        {
            yield return new NewFile($"{calls}/{record.Name}.cs", Record(record));
        }

        var isHeard = operations.Any(operation => operation.Parameters.Any(IsCertain));
        yield return new NewFile($"{tests}/Calls/{Callee}ClientTests.cs", Template.Text("call/ClientTests.cs", new Dictionary<string, string>(words)
        {
            ["tests"] = Tests(),
            ["headersUsing"] = isHeard ? "using System.Net.Http.Headers;\n" : "",
            ["headersProperty"] = isHeard ? "        public HttpRequestHeaders? Headers { get; private set; }\n\n" : "",
            ["headersSet"] = isHeard ? "            Headers = request.Headers;\n" : "",
        }));
    }

    private const string Segment = """

            /// <summary>A value as one segment of a path. Steps of a path stay steps however they are escaped, so they are refused.</summary>
            private static string Segment(string value) =>
                value is "" or "." or ".." ? throw new ArgumentException($"'{value}' would lead elsewhere.", nameof(value)) : Uri.EscapeDataString(value);

        """;

    private string Client()
    {
        var text = new StringBuilder();
        var methods = string.Join("\n", operations.Select(Method));
        foreach (var (name, needed) in new[] { ("System.Globalization", "CultureInfo."), ("System.Net", "HttpStatusCode."), ("System.Text.Json", "JsonException"), ("System.Text.Json", "JsonElement"), ("System.Text.Json.Serialization.Metadata", "JsonTypeInfo<") }
            .Where(one => methods.Contains(one.Item2, StringComparison.Ordinal)).DistinctBy(one => one.Item1))
        {
            text.Append(CultureInfo.InvariantCulture, $"using {name};\n");
        }

        text.Append(text.Length > 0 ? "\n" : "").Append(CultureInfo.InvariantCulture, $$"""
            namespace {{words["System"]}}.{{words["Service"]}}.Calls.{{Callee}};

            /// <summary>The declared call to {{words["callee"]}}, as its contract has it.</summary>
            /// <remarks>Address, time limit, deadline and trace are given by the environment. Retries are the platform's.</remarks>
            internal sealed class {{Callee}}Client(HttpClient http)
            {

            """);
        return text.Append(methods).Append(operations.Any(operation => operation.Parameters.Any(parameter => parameter.IsSegment)) ? Segment : "").Append("}\n").ToString();
    }

    private string Method(CallOperation operation)
    {
        var parameters = operation.Parameters.Select(parameter => $"{parameter.Type.Written} {parameter.Word}")
            .Concat(operation.Body is { } body ? [$"{body.Written} body"] : []).Append("CancellationToken cancellationToken");
        var answer = operation.Answer is { } good ? $"Task<{good.Name}{(operation.MayBeGone || good.IsOptional ? "?" : "")}>" : "Task";
        var content = operation.Body is { } sent ? $" {{ Content = JsonContent.Create(body, {TypeOf(sent)}) }}" : "";
        var lines = new List<string>
        {
            $"using var request = new HttpRequestMessage(HttpMethod.{operation.Method[0]}{operation.Method[1..].ToLowerInvariant()}, {Address(operation)}){content};",
            "using var answer = await http.SendAsync(request, cancellationToken);",
        };
        foreach (var header in operation.Parameters.Where(parameter => parameter.In == "header"))
        {
            var add = $"request.Headers.Add(\"{header.Name}\", {Said(header)});";
            lines.InsertRange(lines.Count - 1, header.Type.IsOptional ? [$"if ({header.Word} is not null)", "    " + add] : [add]);
        }

        if (operation is { MayBeGone: true, Answer: not null })
        {
            lines.AddRange(["if (answer.StatusCode == HttpStatusCode.NotFound)", "    return null;"]);
        }

        lines.Add("answer.EnsureSuccessStatusCode();");
        if (operation.Answer is { } read)
        {
            var isValue = read.Kind is CallKind.Number or CallKind.Flag or CallKind.Time or CallKind.Json;
            lines.Add($"return await answer.Content.ReadFromJsonAsync({TypeOf(read)}, cancellationToken){(isValue || read.IsOptional || operation.MayBeGone ? "" : $" ?? throw new JsonException(\"{words["callee"]} answered {operation.Name} with null.\")")};");
        }

        return $"    /// <summary><c>{operation.Method} {Xml(operation.Path)}</c>{(operation is { MayBeGone: true, Answer: not null } ? "; null when there is none" : "")}</summary>\n"
            + $"    public async {answer} {operation.Name}({string.Join(", ", parameters)})\n    {{\n"
            + string.Concat(lines.Select(line => $"        {line}\n")) + "    }\n";
    }

    private string TypeOf(CallType type) => type.Kind == CallKind.Record ? $"{Callee}Json.Default.{type.Name}" : $"(JsonTypeInfo<{type.Name}>){Callee}Json.Default.GetTypeInfo(typeof({type.Name}))!";

    /// <summary>An interpolated path, with what stands in it escaped, and a query of what is set.</summary>
    private static string Address(CallOperation operation)
    {
        var path = operation.Path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "path"))
        {
            path = path.Replace($"{{{parameter.Name}}}", $"{{{(parameter.IsSegment ? "Segment" : "Uri.EscapeDataString")}({Said(parameter)})}}", StringComparison.Ordinal);
        }

        var queries = operation.Parameters.Where(parameter => parameter.In == "query").ToArray();
        if (queries.Length == 0)
        {
            return path.Contains('{', StringComparison.Ordinal) ? $"$\"{path}\"" : $"\"{path}\"";
        }

        var pairs = string.Join(", ", queries.Select(parameter => parameter.IsRepeated
            ? $".. {Values(parameter)}.Select(one => new KeyValuePair<string, string?>(\"{parameter.Name}\", {Said("one", parameter.Type.Item!)}))" : $"new(\"{parameter.Name}\", {Said(parameter)})"));
        return $"$\"{path}{{QueryString.Create(((KeyValuePair<string, string?>[])[{pairs}]).Where(one => one.Value is not null))}}\"";
    }

    private static string Said(CallParameter parameter)
    {
        if (parameter.Type.Kind != CallKind.List)
        {
            return Said(parameter.Word, parameter.Type);
        }

        var joined = $"string.Join('{parameter.Between ?? ","}', {(parameter.Type.Item!.Kind == CallKind.Text ? parameter.Word : $"{parameter.Word}.Select(one => {Said("one", parameter.Type.Item)})")})";
        return parameter.Type.IsOptional ? $"({parameter.Word} is null ? null : {joined})" : joined;
    }

    private static string Said(string name, CallType type)
    {
        var mark = type.IsOptional ? "?" : "";
        return type.Kind switch
        {
            CallKind.Time => $"{name}{mark}.ToString(\"O\", CultureInfo.InvariantCulture)",
            CallKind.Number => $"{name}{mark}.ToString(CultureInfo.InvariantCulture)",
            CallKind.Flag => type.IsOptional ? $"({name} is null ? null : {name} == true ? \"true\" : \"false\")" : $"({name} ? \"true\" : \"false\")",
            _ => name,
        };
    }

    private static string Values(CallParameter list) => list.Type.IsOptional ? $"({list.Word} ?? [])" : list.Word;

    private IEnumerable<CallType> Spoken() => operations.SelectMany(operation => new[] { operation.Body, operation.Answer }).OfType<CallType>();

    private string Json()
    {
        var text = new StringBuilder(Spoken().Any(type => type.Name.Contains("JsonElement", StringComparison.Ordinal)) ? "using System.Text.Json;\n" : "").Append("using System.Text.Json.Serialization;\n\n").Append(CultureInfo.InvariantCulture, $$"""
            namespace {{words["System"]}}.{{words["Service"]}}.Calls.{{Callee}};

            /// <summary>The JSON that is spoken with {{words["callee"]}}, compiled ahead.</summary>
            [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]

            """);
        foreach (var type in Spoken().Select(type => type.Name).Concat(contract.Records.Select(record => record.Name)).Distinct().Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"[JsonSerializable(typeof({type}))]\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"internal sealed partial class {Callee}Json : JsonSerializerContext;\n").ToString();
    }

    private string Record(CallRecord record)
    {
        var properties = record.Properties.Select(property => (property.Key, Name: NameOf(record, property), property.Type))
            .Select(property => $"{(JsonNamingPolicy.CamelCase.ConvertName(property.Name) == property.Key ? "" : $"[property: JsonPropertyName({JsonSerializer.Serialize(property.Key, AsciiJson.Default.String)})] ")}{property.Type.Written} {property.Name}").ToArray();
        var usings = (properties.Any(one => one.Contains("JsonElement", StringComparison.Ordinal)) ? "using System.Text.Json;\n" : "")
            + (properties.Any(one => one.Contains("JsonPropertyName", StringComparison.Ordinal)) ? "using System.Text.Json.Serialization;\n" : "");
        return $$"""
            {{usings}}{{(usings.Length > 0 ? "\n" : "")}}namespace {{words["System"]}}.{{words["Service"]}}.Calls.{{Callee}};

            /// <summary>What {{words["callee"]}} calls {{record.Name}}.</summary>
            internal sealed record {{record.Name}}({{string.Join(", ", properties)}});

            """;
    }

    /// <summary>No member may be called like its type, nor like another one.</summary>
    private static string NameOf(CallRecord record, CallProperty property)
    {
        var name = CodeWord.Pascal(property.Key);
        var before = record.Properties.TakeWhile(other => other.Key != property.Key).Count(other => CodeWord.Pascal(other.Key) == name);
        return name == record.Name ? name + "Value" : before > 0 ? string.Create(CultureInfo.InvariantCulture, $"{name}{before + 1}") : name;
    }

    /// <summary>A header that every request has.</summary>
    private static bool IsCertain(CallParameter parameter) => parameter is { In: "header", Type.IsOptional: false };

    private string Tests()
    {
        var text = new StringBuilder();
        foreach (var operation in operations)
        {
            var arguments = operation.Parameters.Select(parameter => Code(parameter.Type, 0)).Concat(operation.Body is { } body ? [Code(body, 0)] : []).Append("Cancel");
            text.Append(CultureInfo.InvariantCulture, $$""""

                    [Fact]
                    public async Task {{operation.Name}}_asks_as_the_contract_says()
                    {
                        using var callee = new Answering({{(operation.Answer is { } answer ? Quoted(_samples.Json(answer)) : "\"\"")}});
                        await callee.Client.{{operation.Name}}({{string.Join(", ", arguments)}});
                        Assert.Equal("{{operation.Method}} {{CallSamples.Target(operation, NoTime)}}", callee.Asked);
                {{string.Concat(operation.Parameters.Where(IsCertain).Select(header => $"        Assert.Equal([\"{CallSamples.Asked(header.Type, NoTime)}\"], callee.Headers!.GetValues(\"{header.Name}\"));\n"))}}    }

                """");
        }

        if (operations.FirstOrDefault(operation => operation.Parameters.Any(parameter => parameter.IsSegment)) is { } asked)
        {
            var first = asked.Parameters.First(parameter => parameter.IsSegment);
            var arguments = asked.Parameters.Select(parameter => parameter == first ? "value" : Code(parameter.Type, 0)).Concat(asked.Body is { } body ? [Code(body, 0)] : []).Append("Cancel");
            text.Append(CultureInfo.InvariantCulture, $$"""

                    [Theory]
                    [InlineData("")]
                    [InlineData("..")]
                    public async Task What_would_lead_elsewhere_is_refused(string value)
                    {
                        using var callee = new Answering("");
                        await Assert.ThrowsAsync<ArgumentException>(() => callee.Client.{{asked.Name}}({{string.Join(", ", arguments)}}));
                        Assert.Empty(callee.Asked);
                    }

                """);
        }

        return text.Append('\n').ToString().Replace("\n\n\n", "\n\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";
    }

    // A raw literal cannot begin or end with a quote of its own; around JSON blanks mean nothing.
    private static string Quoted(string json) => json[0] == '"' ? $"\"\"\" {json} \"\"\"" : $"\"\"\"{json}\"\"\"";

    /// <summary>A value in C#.</summary>
    private string Code(CallType type, int depth) =>
        type.IsOptional ? "null" : type.Kind switch
        {
            CallKind.Text => "\"one\"",
            CallKind.Number => "1",
            CallKind.Flag => "true",
            CallKind.List => "[]",
            CallKind.Record when depth < CallSamples.DepthMax => $"new {type.Name}({string.Join(", ", contract.Record(type.Name).Properties.Select(property => Code(property.Type, depth + 1)))})",
            CallKind.Record => "null!",
            CallKind.Time => "default",
            _ => "System.Text.Json.JsonDocument.Parse(\"{}\").RootElement",
        };

    private static string Xml(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
