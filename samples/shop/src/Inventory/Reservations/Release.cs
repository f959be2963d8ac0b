namespace Shop.Inventory.Reservations;

/// <summary><c>DELETE /reservations/o-1</c>: the goods go back on the shelf. Releasing what is not held changes nothing.</summary>
internal static class Release
{
    public static void MapRelease(this IEndpointRouteBuilder app) => app.MapDelete("/reservations/{order}", (string order, InventoryDb db) =>
    {
        db.Release(order);
        return TypedResults.NoContent();
    });
}
