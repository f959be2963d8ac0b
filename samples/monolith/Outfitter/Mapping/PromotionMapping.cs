using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class PromotionMapping
{
    public static PromotionDto ToDto(this Promotion promotion) =>
        new(
            promotion.Id,
            promotion.Name,
            promotion.Kind,
            promotion.Percent,
            promotion.AmountOff,
            promotion.BuyQuantity,
            promotion.FreeQuantity,
            promotion.StartsAt,
            promotion.EndsAt,
            promotion.IsActive,
            promotion.Channel,
            [.. promotion.Targets.Where(t => t.ProductId is not null).Select(t => t.ProductId!.Value)],
            [.. promotion.Targets.Where(t => t.CategoryId is not null).Select(t => t.CategoryId!.Value)]);

    public static void Apply(this SavePromotionRequest request, Promotion promotion)
    {
        promotion.Name = request.Name;
        promotion.Kind = request.Kind;
        promotion.Percent = request.Percent;
        promotion.AmountOff = request.AmountOff;
        promotion.BuyQuantity = request.BuyQuantity;
        promotion.FreeQuantity = request.FreeQuantity;
        promotion.StartsAt = request.StartsAt;
        promotion.EndsAt = request.EndsAt;
        promotion.Channel = request.Channel;
        promotion.Targets =
        [
            .. (request.Products ?? []).Select(id => new PromotionTarget { ProductId = id }),
            .. (request.Categories ?? []).Select(id => new PromotionTarget { CategoryId = id }),
        ];
    }

    public static CouponDto ToDto(this Coupon coupon) =>
        new(coupon.Code, coupon.Percent, coupon.AmountOff, coupon.MinimumSpend, coupon.ValidFrom, coupon.ValidUntil, coupon.MaxUses, coupon.OncePerCustomer, coupon.Uses);
}
