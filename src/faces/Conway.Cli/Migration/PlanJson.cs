using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conway.Migration.Plans;

namespace Conway.Cli;

/// <summary>A plan for programs: the keys of the file in camelCase, all of them always there.</summary>
internal static class PlanJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(MigrationPlan plan) => JsonSerializer.Serialize(plan, Options) + "\n";
}
