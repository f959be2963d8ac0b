using Shop.Catalog.Storage;

namespace Shop.Catalog.Products;

/// <summary><c>GET /api/products/categories</c></summary>
internal static class ListCategories
{
    public static void MapListCategories(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/products/categories", (CatalogDb db) => TypedResults.Ok(db.Categories()));
}
