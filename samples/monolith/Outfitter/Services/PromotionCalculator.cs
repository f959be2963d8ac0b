using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Services;

/// <summary>What a promotion takes off. Promotions are not added up: the customer gets the best one.</summary>
public static class PromotionCalculator
{
    public static (Promotion? Promotion, Money Discount) Best(IEnumerable<Promotion> promotions, Money unitPrice, int quantity) =>
        promotions
            .Select(p => (Promotion: (Promotion?)p, Discount: DiscountOf(p, unitPrice, quantity)))
            .Where(p => p.Discount > Money.Zero)
            .OrderByDescending(p => p.Discount)
            .FirstOrDefault();

    public static Money DiscountOf(Promotion promotion, Money unitPrice, int quantity) => promotion.Kind switch
    {
        PromotionKind.PercentOff => (unitPrice * quantity).Percent(promotion.Percent),
        PromotionKind.AmountOff => Money.Min(promotion.AmountOff, unitPrice) * quantity,
        PromotionKind.BuySomeGetSome => unitPrice * FreePieces(quantity, promotion.BuyQuantity, promotion.FreeQuantity),
        _ => Money.Zero,
    };

    // Buy 2, get 1: of 3 one is free, of 5 one, of 6 two. What is left of a group is free as far as it goes beyond what must be bought.
    private static int FreePieces(int quantity, int buy, int free)
    {
        var group = buy + free;
        return quantity / group * free + Math.Max(0, quantity % group - buy);
    }
}
