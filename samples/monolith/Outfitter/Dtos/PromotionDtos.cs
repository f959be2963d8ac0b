using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record PromotionDto(
    int Id,
    string Name,
    PromotionKind Kind,
    decimal Percent,
    Money AmountOff,
    int BuyQuantity,
    int FreeQuantity,
    DateTime StartsAt,
    DateTime? EndsAt,
    bool IsActive,
    SalesChannel? Channel,
    IReadOnlyList<int> Products,
    IReadOnlyList<int> Categories);

public sealed record SavePromotionRequest(
    string Name,
    PromotionKind Kind,
    decimal Percent,
    Money AmountOff,
    int BuyQuantity,
    int FreeQuantity,
    DateTime StartsAt,
    DateTime? EndsAt,
    SalesChannel? Channel,
    IReadOnlyList<int>? Products,
    IReadOnlyList<int>? Categories);

/// <summary>A coupon, to be made or as it is.</summary>
/// <param name="Uses">How often it was used; not read when one is made.</param>
public sealed record CouponDto(
    string Code, decimal Percent, Money AmountOff, Money MinimumSpend, DateTime ValidFrom, DateTime? ValidUntil, int? MaxUses, bool OncePerCustomer, int Uses = 0);
