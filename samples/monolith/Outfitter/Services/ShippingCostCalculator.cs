using Outfitter.Common;
using Outfitter.Entities;
using Outfitter.Options;

namespace Outfitter.Services;

/// <summary>What a parcel costs the customer.</summary>
public static class ShippingCostCalculator
{
    /// <summary>The smallest rate of each carrier that the parcel fits into.</summary>
    public static IEnumerable<ShippingRate> CheapestOfEach(IEnumerable<ShippingRate> rates) =>
        rates.GroupBy(r => r.CarrierId).Select(g => g.OrderBy(r => r.Price).ThenBy(r => r.MaxWeightGrams).First());

    /// <summary>Large orders and our best customers' are sent free of charge.</summary>
    public static Money Price(ShippingRate rate, Money goods, LoyaltyTier tier, ShopOptions options) =>
        tier == LoyaltyTier.Gold || goods.Cents >= options.FreeShippingFromCents ? Money.Zero : rate.Price;
}
