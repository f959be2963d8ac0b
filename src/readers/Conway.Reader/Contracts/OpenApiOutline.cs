using System.Text.Json.Nodes;

namespace Conway.Reader;

/// <summary>The operations of an OpenAPI document (2, 3.0, 3.1), with what they ask for and what they answer.</summary>
internal static class OpenApiOutline
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public static Dictionary<string, ContractItem> Of(JsonObject document)
    {
        var items = new Dictionary<string, ContractItem>(StringComparer.Ordinal);
        foreach (var (path, node) in (JsonObject)document["paths"]!)
        {
            foreach (var method in Methods)
            {
                if (SchemaOutline.Resolve(document, node) is { } shared && shared[method] is JsonObject operation)
                {
                    Operation(document, $"{method.ToUpperInvariant()} {Unnamed(path)}", shared, operation, items);
                }
            }
        }

        return items;
    }

    /// <summary>What a parameter of a path is called is nobody's business but the server's: <c>/orders/{}</c></summary>
    private static string Unnamed(string path) => string.Join('/', path.Split('/').Select(p => p.StartsWith('{') && p.EndsWith('}') ? "{}" : p));

    private static void Operation(JsonObject document, string name, JsonObject shared, JsonObject operation, Dictionary<string, ContractItem> items)
    {
        items[name] = new ContractItem("", false);
        foreach (var parameter in (shared["parameters"] as JsonArray ?? []).Concat(operation["parameters"] as JsonArray ?? []))
        {
            Parameter(document, name, SchemaOutline.Resolve(document, parameter), items);
        }

        if (SchemaOutline.Resolve(document, operation["requestBody"]) is { } body)
        {
            var isRequired = SchemaOutline.Text(body["required"]) == "true";
            foreach (var (type, content) in body["content"] as JsonObject ?? [])
            {
                items[$"{name} takes {type}"] = new ContractItem("", false);
                Ask(document, name, content?["schema"], items);
            }

            items[$"{name} takes a body"] = new ContractItem("", isRequired);
        }

        foreach (var (status, answer) in operation["responses"] as JsonObject ?? [])
        {
            var response = SchemaOutline.Resolve(document, answer);
            var says = $"{name} answers {status}";
            items[says] = new ContractItem("", false);
            foreach (var schema in (response?["content"] as JsonObject ?? []).Select(c => c.Value?["schema"]).Append(response?["schema"]))
            {
                SchemaOutline.Walk(document, schema, "", isDemanded: false, items, [], (path, form, _) => items[$"{says} with {path}"] = new ContractItem(form, false));
                if (schema is not null)
                {
                    items[$"{says} as"] = new ContractItem(SchemaOutline.Form(document, schema), false);
                }
            }
        }
    }

    private static void Parameter(JsonObject document, string name, JsonObject? parameter, Dictionary<string, ContractItem> items)
    {
        var place = SchemaOutline.Text(parameter?["in"]);
        if (place == "body")
        {
            Ask(document, name, parameter!["schema"], items);
        }
        else if (place is "query" or "header" or "cookie" or "formData")
        {
            items[$"{name} asks for {place} {SchemaOutline.Text(parameter!["name"])}"] =
                new ContractItem(SchemaOutline.Form(document, parameter["schema"] ?? parameter), SchemaOutline.Text(parameter["required"]) == "true");
        }
    }

    private static void Ask(JsonObject document, string name, JsonNode? schema, Dictionary<string, ContractItem> items) =>
        SchemaOutline.Walk(document, schema, "", isDemanded: false, items, [], (path, form, isDemanded) => items[$"{name} asks for {path}"] = new ContractItem(form, isDemanded));
}
