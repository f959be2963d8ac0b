using System.ComponentModel.DataAnnotations;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record OrderSummaryDto(string Number, OrderStatus Status, SalesChannel Channel, DateTime PlacedAt, int Pieces, Money Total);

public sealed record OrderDto(
    string Number,
    OrderStatus Status,
    SalesChannel Channel,
    DateTime PlacedAt,
    string Customer,
    AddressDto ShippingAddress,
    IReadOnlyList<OrderLineDto> Lines,
    Money Goods,
    Money Discount,
    Money Shipping,
    Money PaidWithPoints,
    Money Tax,
    Money Total,
    IReadOnlyList<PaymentDto> Payments,
    IReadOnlyList<ShipmentDto> Shipments);

public sealed record OrderLineDto(int Id, int ProductId, string Product, int Quantity, Money UnitPrice, Money Discount, Money Total, int Returned);

/// <summary>Everything that makes a basket an order.</summary>
/// <param name="Card">The number of a card, given to the provider and kept nowhere.</param>
/// <param name="PointsToRedeem">Loyalty points to pay with; 100 are worth one unit of the currency.</param>
public sealed record PlaceOrderRequest(Guid Basket, AddressDto Address, string Carrier, string Card, int PointsToRedeem = 0);

public sealed record RequestReturnRequest([MinLength(3), MaxLength(500)] string Reason, [MinLength(1)] IReadOnlyList<RequestReturnRequest.Line> Lines)
{
    public sealed record Line(int OrderLineId, [Range(1, 999)] int Quantity);
}

public sealed record ReturnDto(int Id, string Number, string Order, ReturnStatus Status, string Reason, Money Refund);
