using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conway.Console.Api;

/// <summary>Writes the members of an enum as the API words them: <c>Healthy</c> is <c>healthy</c>. Numbers are not taken.</summary>
public sealed class Wording<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
