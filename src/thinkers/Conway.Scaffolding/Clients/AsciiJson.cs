using System.Text.Json.Serialization;

namespace Conway.Scaffolding.Clients;

/// <summary>Text as a literal that C# and JSON share.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class AsciiJson : JsonSerializerContext;
