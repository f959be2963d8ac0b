using Conway.Service;
using Shop.Orders.Calls;

namespace Shop.Orders.Placing;

/// <summary>Turns what a customer wants into lines with today's names and prices.</summary>
internal sealed class Pricing(BasketClient baskets, CatalogClient catalog)
{
    /// <summary>The lines; what is wrong with them is added to the errors.</summary>
    public async Task<IReadOnlyList<OrderLine>> Price(PlaceOrderRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var wanted = request.Lines ?? await FromBasket(request.Basket!, errors, cancellationToken);
        if (errors.Any)
            return [];

        var products = await catalog.Find(wanted.Select(w => w.Product!), cancellationToken);
        var byId = products.ToDictionary(p => p.Id);
        var lines = new List<OrderLine>(wanted.Count);
        foreach (var (i, line) in wanted.Index())
        {
            if (byId.TryGetValue(line.Product!, out var product))
                lines.Add(new OrderLine(product.Id, product.Name, line.Quantity, product.PriceCents));
            else
                errors.Add($"lines[{i}].product", $"There is no product '{line.Product}'.");
        }

        return lines;
    }

    private async Task<IReadOnlyList<WantedLine>> FromBasket(string id, FieldErrors errors, CancellationToken cancellationToken)
    {
        var basket = await baskets.Find(id, cancellationToken);
        if (basket is null or { Lines.Count: 0 })
            errors.Add("basket", basket is null ? "There is no such basket." : "The basket is empty.");
        return [.. (basket?.Lines ?? []).Select(l => new WantedLine(l.Product, l.Quantity))];
    }
}
