using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Repositories;

namespace Outfitter.Services;

/// <summary>What stands on the last page before the order.</summary>
public sealed class CheckoutService(BasketService basketService, IBasketRepository baskets, ShippingService shipping, LoyaltyService loyalty)
{
    public async Task<CheckoutSummaryDto> SummariseAsync(Guid token, int customerId, string country, CancellationToken ct)
    {
        var basket = await baskets.GetByTokenAsync(token, ct);
        var priced = await basketService.GetAsync(token, ct);
        var points = await loyalty.GetAsync(customerId, ct);
        var weight = basket.Items.Sum(i => i.Quantity * i.Product.WeightGrams);
        var options = await shipping.OptionsAsync(country, weight, priced.Total, points.Tier, ct);
        var cheapest = options.Count == 0 ? Money.Zero : options[0].Price;
        return new CheckoutSummaryDto(priced, options, points.Points, points.Worth, priced.Total + cheapest);
    }
}
