using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Basket.Lines;

/// <summary><c>POST /api/basket</c>, <c>GET /api/basket/{id}</c>, <c>DELETE /api/basket/{id}</c></summary>
internal static class Baskets
{
    public static void MapBaskets(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/basket", Create);
        app.MapGet("/api/basket/{id}", Get);
        app.MapDelete("/api/basket/{id}", Delete);
    }

    private static Created<BasketView> Create(BasketDb db)
    {
        var id = db.Create();
        return TypedResults.Created($"/api/basket/{id}", BasketView.Of(id, [], stale: false));
    }

    private static async Task<Results<Ok<BasketView>, NotFound>> Get(string id, BasketDb db, PricedBasket priced, CancellationToken cancellationToken) =>
        db.Exists(id) ? TypedResults.Ok(await priced.Show(id, cancellationToken)) : TypedResults.NotFound();

    private static NoContent Delete(string id, BasketDb db)
    {
        db.Delete(id);
        return TypedResults.NoContent();
    }
}
