using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.Storage;

namespace Shop.Catalog.Products;

/// <summary><c>GET /api/products/p-0001</c></summary>
internal static class GetProduct
{
    public static void MapGetProduct(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/products/{id}", Results<Ok<Product>, NotFound> (string id, CatalogDb db) =>
            db.Find([id]) is [var product] ? TypedResults.Ok(product) : TypedResults.NotFound());
}
