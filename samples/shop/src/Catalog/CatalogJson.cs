using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Catalog.Products;

namespace Shop.Catalog;

/// <summary>The JSON this service speaks, compiled ahead.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(ProductPage))]
[JsonSerializable(typeof(IReadOnlyList<Category>))]
internal sealed partial class CatalogJson : JsonSerializerContext;
