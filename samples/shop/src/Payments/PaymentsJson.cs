using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Payments.Cards;
using Shop.Payments.Charges;

namespace Shop.Payments;

/// <summary>The JSON this service speaks, compiled ahead.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CardRequest))]
[JsonSerializable(typeof(KeptCard))]
[JsonSerializable(typeof(ChargeRequest))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(List<Payment>))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(string))]
internal sealed partial class PaymentsJson : JsonSerializerContext;
