using Shop.Basket.Catalog;

namespace Shop.Basket.Lines;

/// <summary>Shows a basket at today's prices. Without the catalog it still shows it, at the last known ones, and says so.</summary>
internal sealed partial class PricedBasket(BasketDb db, CatalogClient catalog, ILogger<PricedBasket> log)
{
    public async Task<BasketView> Show(string id, CancellationToken cancellationToken)
    {
        var lines = db.Lines(id);
        if (lines.Count == 0)
            return BasketView.Of(id, lines, stale: false);
        try
        {
            return At(await catalog.Find(lines.Select(l => l.Product), cancellationToken), id, lines);
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException)
        {
            LastKnownPrices(failure.Message);
            return BasketView.Of(id, lines, stale: true);
        }
    }

    /// <summary>The basket at these prices. What the catalog does not have any more cannot be bought, so it is not shown.</summary>
    public static BasketView At(IReadOnlyList<Product> prices, string id, IReadOnlyList<BasketLine> lines)
    {
        var today = prices.ToDictionary(p => p.Id);
        return BasketView.Of(id, [.. lines.Where(l => today.ContainsKey(l.Product)).Select(l => AtPriceOf(l, today[l.Product]))], stale: false);
    }

    private static BasketLine AtPriceOf(BasketLine line, Product product) => line with { Name = product.Name, PriceCents = product.PriceCents };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Showing last known prices: {Why}")]
    private partial void LastKnownPrices(string why);
}
