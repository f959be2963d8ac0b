namespace Shop.Catalog.Products;

/// <summary>Something the shop sells. Prices are in cents, so that sums are exact.</summary>
internal sealed record Product(string Id, string Name, string Category, string Description, int PriceCents, string Currency = "EUR");

/// <summary>A part of the list and where it goes on; <c>Next</c> is null on the last page.</summary>
internal sealed record ProductPage(IReadOnlyList<Product> Items, string? Next);

internal sealed record Category(string Name, int Products);
