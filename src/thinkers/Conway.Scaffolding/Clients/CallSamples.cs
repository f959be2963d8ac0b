using System.Text.Json;

namespace Conway.Scaffolding.Clients;

/// <summary>Values of a contract, for tests of its client: what must be said has one, what may be left out is left out.</summary>
internal sealed class CallSamples(CallContract contract)
{
    /// <summary>Records in records, until there is enough of them.</summary>
    public const int DepthMax = 4;

    /// <summary>A point in time in JSON.</summary>
    public const string Time = "2030-01-01T00:00:00Z";

    /// <summary>What is asked for a value, by path, query or header.</summary>
    /// <param name="time">How a point in time is written.</param>
    public static string Asked(CallType type, string time) => type.Kind switch { CallKind.Number => "1", CallKind.Flag => "true", CallKind.Text => "one", CallKind.Time => time, CallKind.List => "", _ => "{}" };

    /// <summary>The target of a request that says what must be said.</summary>
    public static string Target(CallOperation operation, string time)
    {
        var path = operation.Parameters.Where(parameter => parameter.In == "path").Aggregate(operation.Path, (all, parameter) => all.Replace($"{{{parameter.Name}}}", Escaped(parameter), StringComparison.Ordinal));
        var query = operation.Parameters.Where(parameter => parameter is { In: "query", Type.IsOptional: false, IsRepeated: false }).Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Escaped(parameter)}").ToArray();
        return query.Length > 0 ? $"{path}?{string.Join('&', query)}" : path;

        string Escaped(CallParameter parameter) => Uri.EscapeDataString(Asked(parameter.Type, time));
    }

    /// <summary>A value in JSON.</summary>
    public string Json(CallType type) => Json(type, 0);

    private string Json(CallType type, int depth) =>
        type.IsOptional ? "null" : type.Kind switch
        {
            CallKind.Text => "\"one\"",
            CallKind.Number => "1",
            CallKind.Flag => "true",
            CallKind.List => "[]",
            CallKind.Time => $"\"{Time}\"",
            CallKind.Record when depth < DepthMax => "{" + string.Join(", ", contract.Record(type.Name).Properties.Where(property => !property.Type.IsOptional).Select(property => $"{JsonSerializer.Serialize(property.Key, AsciiJson.Default.String)}: {Json(property.Type, depth + 1)}")) + "}",
            _ => "{}",
        };
}
