using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conway.Reader.Tests;

/// <summary>What an ordinary JSON Schema validator says about a model.</summary>
internal sealed record AjvAnswer(string Name, bool? Valid, IReadOnlyList<string> Errors);

/// <summary>The npm package <c>ajv</c> in <c>tests/clients/ajv</c>.</summary>
internal static class Ajv
{
    /// <param name="draft">2020, or 7 for what editors speak.</param>
    public static async Task<IReadOnlyList<AjvAnswer>> ValidateAsync(string schema, int draft, IEnumerable<(string Name, string Yaml)> models)
    {
        var input = new JsonObject
        {
            ["schema"] = JsonNode.Parse(schema),
            ["draft"] = draft,
            ["models"] = new JsonArray([.. models.Select(m => new JsonObject { ["name"] = m.Name, ["yaml"] = m.Yaml })]),
        };
        var folder = await NpmClient.FolderAsync("ajv");
        var (code, output, errors) = await NpmClient.ExecuteAsync("node", ["run.js"], folder, TimeSpan.FromMinutes(2), input.ToJsonString());
        Assert.True(code == 0, errors);
        return JsonSerializer.Deserialize<List<AjvAnswer>>(output, JsonSerializerOptions.Web)!;
    }
}
