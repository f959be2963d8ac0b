using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Basket.Catalog;

namespace Shop.Basket.Lines;

/// <summary><c>PUT /api/basket/{id}/lines/p-0001</c> <c>{"quantity":2}</c>: so many of it, from now on; 0 takes it out.</summary>
internal static class PutLine
{
    private const int QuantityMax = 99;

    public static void MapPutLine(this IEndpointRouteBuilder app) => app.MapPut("/api/basket/{id}/lines/{product}", Handle);

    private static async Task<Results<Ok<BasketView>, NotFound, ValidationProblem>> Handle(
        string id, string product, PutLineRequest request, BasketDb db, CatalogClient catalog, PricedBasket priced, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors().Unless(request.Quantity is >= 0 and <= QuantityMax, "quantity", $"Must be from 0 to {QuantityMax}.");
        if (errors.Any)
            return errors.ToProblem();
        if (!db.Exists(id))
            return TypedResults.NotFound();

        if (request.Quantity == 0)
            db.Remove(id, product);
        else if (await catalog.Find([product], cancellationToken) is [var found])
            db.Put(id, new BasketLine(found.Id, found.Name, request.Quantity, found.PriceCents));
        else
            return errors.Add("product", $"There is no product '{product}'.").ToProblem();

        return TypedResults.Ok(await priced.Show(id, cancellationToken));
    }
}
