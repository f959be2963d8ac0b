using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conway.Cli;

/// <summary>A tool of the assistant's: a verb under a name of its own, with arguments that are told in JSON Schema.</summary>
/// <param name="Name">As the protocol wants it: lower case, digits and <c>_</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For the assistant: what it answers, and when to ask it.</param>
/// <param name="Parameters">In order.</param>
/// <param name="Answer">Does it: writes to the terminal, as a verb does. Cuts are asked by some, and kept between questions.</param>
internal sealed record McpTool(string Name, string Title, string Description, IReadOnlyList<McpParameter> Parameters, Func<McpArguments, McpCuts, Terminal, CancellationToken, Task<ExitCode>> Answer)
{
    /// <summary>Every answer is told in pages.</summary>
    public const string Page = "page";

    /// <summary>JSON Schema (2020-12) of the arguments; none that is not named is taken.</summary>
    public JsonElement Schema()
    {
        var properties = new JsonObject();
        foreach (var parameter in Parameters.Append(new McpParameter(Page, "integer", "Which page of a long answer; 1 by default")))
        {
            var property = new JsonObject { ["type"] = parameter.Type, ["description"] = parameter.Description };
            if (parameter.Type == "array")
            {
                property["items"] = new JsonObject { ["type"] = "string" };
            }

            if (parameter.OneOf.Count > 0)
            {
                property["enum"] = new JsonArray([.. parameter.OneOf.Select(word => JsonValue.Create(word))]);
            }

            properties[parameter.Name] = property;
        }

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. Parameters.Where(one => one.IsRequired).Select(one => JsonValue.Create(one.Name))]),
            ["additionalProperties"] = false,
        });
    }
}

/// <summary>An argument of a tool.</summary>
/// <param name="Name">As the assistant writes it.</param>
/// <param name="Type">In JSON Schema: <c>string</c>, <c>integer</c>, <c>boolean</c>, <c>array</c> of strings.</param>
/// <param name="Description">One line.</param>
/// <param name="IsRequired">Whether there is no answer without it.</param>
internal sealed record McpParameter(string Name, string Type, string Description, bool IsRequired = false)
{
    /// <summary>The only words that are taken; any when empty.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>Whether it is a name, so that a path is refused: a verb would take it for the system that it looks at.</summary>
    public bool IsName { get; init; }
}
