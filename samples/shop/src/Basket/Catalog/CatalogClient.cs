namespace Shop.Basket.Catalog;

/// <summary>What the basket needs to know of a product.</summary>
internal sealed record Product(string Id, string Name, int PriceCents);

internal sealed record ProductPage(IReadOnlyList<Product> Items);

/// <summary>The declared call to the catalog. Address, timeout, deadline and trace are given; retries are the platform's.</summary>
internal sealed class CatalogClient(HttpClient http)
{
    /// <summary>Those of the products that exist.</summary>
    public async Task<IReadOnlyList<Product>> Find(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var page = await http.GetFromJsonAsync($"/api/products?ids={string.Join(',', ids.Select(Uri.EscapeDataString))}", BasketJson.Default.ProductPage, cancellationToken);
        return page!.Items;
    }
}
