namespace Shop.Orders.Calls;

internal sealed record ProductPage(IReadOnlyList<Product> Items);

internal sealed record Product(string Id, string Name, int PriceCents);

/// <summary>What orders asks of the catalog.</summary>
internal sealed class CatalogClient(HttpClient http)
{
    /// <summary>Those of the products that exist.</summary>
    public async Task<IReadOnlyList<Product>> Find(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var page = await http.GetFromJsonAsync($"/api/products?ids={string.Join(',', ids.Distinct().Select(Uri.EscapeDataString))}", OrdersJson.Default.ProductPage, cancellationToken);
        return page!.Items;
    }
}
