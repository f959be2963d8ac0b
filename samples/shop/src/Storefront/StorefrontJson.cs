using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Storefront.Rum;

namespace Shop.Storefront;

/// <summary>The JSON this service speaks, compiled ahead.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<BrowserSpan>))]
internal sealed partial class StorefrontJson : JsonSerializerContext;
