using System.ComponentModel.DataAnnotations;
using Outfitter.Common;

namespace Outfitter.Dtos;

public sealed record BasketDto(Guid Token, SalesChannel Channel, IReadOnlyList<BasketLineDto> Lines, string? Coupon, string? CouponRefusal, Money Goods, Money Discount, Money Total);

/// <param name="Available">Pieces that could be bought now; less than the quantity means that an order would be refused.</param>
public sealed record BasketLineDto(int ProductId, string Name, string? Image, int Quantity, Money UnitPrice, Money Discount, Money Total, int Available);

public sealed record AddItemRequest(int ProductId, [Range(1, 99)] int Quantity = 1);

/// <summary>What an order of a basket would come to.</summary>
public sealed record CheckoutSummaryDto(BasketDto Basket, IReadOnlyList<ShippingOptionDto> Shipping, int Points, Money PointsWorth, Money TotalWithCheapestShipping);
