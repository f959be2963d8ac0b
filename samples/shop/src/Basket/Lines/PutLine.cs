using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Basket.Catalog;

namespace Shop.Basket.Lines;

/// <summary><c>PUT /api/basket/{id}/lines/p-0001</c> <c>{"quantity":2}</c>: so many of it, from now on; 0 takes it out.</summary>
internal static class PutLine
{
    private const int QuantityMax = 99;
    private const int LinesMax = 50;

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
        {
            db.Remove(id, product);
            return TypedResults.Ok(await priced.Show(id, cancellationToken));
        }

        // One call to the catalog answers both: whether there is such a product, and what the whole basket costs today.
        var products = db.Lines(id).Select(l => l.Product).Append(product).ToHashSet();
        if (products.Count > LinesMax)
            return errors.Add("product", $"A basket holds at most {LinesMax} different products.").ToProblem();
        var prices = await catalog.Find(products, cancellationToken);
        if (prices.FirstOrDefault(p => p.Id == product) is not { } found)
            return errors.Add("product", $"There is no product '{product}'.").ToProblem();
        db.Put(id, new BasketLine(found.Id, found.Name, request.Quantity, found.PriceCents));
        return TypedResults.Ok(PricedBasket.At(prices, id, db.Lines(id)));
    }
}
