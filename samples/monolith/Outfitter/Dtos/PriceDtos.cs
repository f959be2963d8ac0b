using System.ComponentModel.DataAnnotations;
using Outfitter.Common;

namespace Outfitter.Dtos;

/// <summary>What so many of a product cost now.</summary>
/// <param name="UnitPrice">From the price list, tax included.</param>
/// <param name="Discount">Off the whole line.</param>
/// <param name="Tax">Contained in the total.</param>
public sealed record PriceDto(int ProductId, int Quantity, Money UnitPrice, Money Discount, Money Total, Money Tax, decimal TaxPercent, int? PromotionId, string? Promotion);

public sealed record SetPriceRequest(Money Price, DateTime? ValidFrom);

/// <summary>A question for the price of many things at once.</summary>
public sealed record QuoteRequest(
    [MinLength(1), MaxLength(200)] IReadOnlyList<QuoteRequest.Line> Lines, SalesChannel Channel = SalesChannel.Web, string? Coupon = null, string Country = "DE")
{
    public sealed record Line(int ProductId, [Range(1, 999)] int Quantity);
}

/// <summary>Prices of many things, with what a coupon takes off spread over the lines.</summary>
public sealed record QuoteDto(IReadOnlyList<PriceDto> Lines, Money Goods, Money Discount, Money Tax, Money Total, string? Coupon, string? CouponRefusal);
