using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Basket.Catalog;
using Shop.Basket.Lines;

namespace Shop.Basket;

/// <summary>The JSON this service speaks, compiled ahead.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BasketView))]
[JsonSerializable(typeof(PutLineRequest))]
[JsonSerializable(typeof(ProductPage))]
internal sealed partial class BasketJson : JsonSerializerContext;
