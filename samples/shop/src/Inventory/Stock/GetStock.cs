using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Inventory.Stock;

/// <summary><c>GET /api/stock?products=p-0001,p-0002</c> and <c>GET /api/stock/p-0001</c></summary>
internal static class GetStock
{
    private const int ProductsMax = 100;

    public static void MapGetStock(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/stock", Many);
        app.MapGet("/api/stock/{product}", One);
    }

    private static Results<Ok<IReadOnlyList<StockLevel>>, ValidationProblem> Many(InventoryDb db, string products)
    {
        var ids = products.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var errors = new FieldErrors().Unless(ids.Length <= ProductsMax, "products", $"Must not name more than {ProductsMax} products.");
        return errors.Any ? errors.ToProblem() : TypedResults.Ok<IReadOnlyList<StockLevel>>(db.Levels(ids));
    }

    private static Results<Ok<StockLevel>, NotFound> One(InventoryDb db, string product) =>
        db.Levels([product]) is [var level] ? TypedResults.Ok(level) : TypedResults.NotFound();
}
