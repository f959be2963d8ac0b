using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.Storage;

namespace Shop.Catalog.Products;

/// <summary><c>GET /api/products?search=oak&amp;category=Kitchen&amp;limit=24&amp;cursor=…</c>, or <c>?ids=p-0001,p-0002</c>.</summary>
internal static class ListProducts
{
    private const int LimitDefault = 24;
    private const int LimitMax = 100;

    public static void MapListProducts(this IEndpointRouteBuilder app) => app.MapGet("/api/products", Handle);

    private static Results<Ok<ProductPage>, StatusCodeHttpResult, ValidationProblem> Handle(
        HttpContext http,
        CatalogDb db,
        string? search = null,
        string? category = null,
        string? ids = null,
        string? cursor = null,
        int limit = LimitDefault)
    {
        var errors = new FieldErrors()
            .Unless(limit is >= 1 and <= LimitMax, "limit", $"Must be from 1 to {LimitMax}.")
            .Unless(search is not { Length: > 100 }, "search", "Must not be longer than 100 characters.")
            .Unless(Cursor.TryRead(cursor, out var after), "cursor", "Is not a cursor that this list gave.")
            .Unless(ids is null || ids.Count(c => c == ',') < LimitMax, "ids", $"Must not name more than {LimitMax} products.");
        if (errors.Any)
            return errors.ToProblem();

        // Any change to the catalog changes every page's tag: coarse, and right.
        var tag = $"W/\"{db.Revision()}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (http.Request.Headers.IfNoneMatch == tag)
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        if (ids is not null)
            return TypedResults.Ok(new ProductPage(db.Find(ids.Split(',', StringSplitOptions.RemoveEmptyEntries)), null));

        // One more than asked tells whether there is a next page.
        var found = db.List(search, category, after, limit + 1);
        var page = found.Count > limit ? found.GetRange(0, limit) : found;
        return TypedResults.Ok(new ProductPage(page, found.Count > limit ? Cursor.After(page[^1]) : null));
    }
}
