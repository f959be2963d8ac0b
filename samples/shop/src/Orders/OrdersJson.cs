using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Orders.Calls;
using Shop.Orders.Following;
using Shop.Orders.Placing;

namespace Shop.Orders;

/// <summary>The JSON this service speaks, compiled ahead.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(BasketAnswer))]
[JsonSerializable(typeof(ProductPage))]
[JsonSerializable(typeof(ReserveRequest))]
[JsonSerializable(typeof(ChargeRequest))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(ShipRequest))]
[JsonSerializable(typeof(Shipment))]
internal sealed partial class OrdersJson : JsonSerializerContext;
