using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;

namespace Shop.Inventory;

/// <summary>The JSON this service speaks, compiled ahead.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReserveRequest))]
[JsonSerializable(typeof(Reservation))]
[JsonSerializable(typeof(List<Shortage>))]
[JsonSerializable(typeof(IReadOnlyList<StockLevel>))]
internal sealed partial class InventoryJson : JsonSerializerContext;
