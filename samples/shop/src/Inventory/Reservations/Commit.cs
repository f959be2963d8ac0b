using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Inventory.Reservations;

/// <summary><c>POST /reservations/o-1/commit</c>: the goods are paid for and leave the shelf for good. Repeating it changes nothing.</summary>
internal static class Commit
{
    public static void MapCommit(this IEndpointRouteBuilder app) =>
        app.MapPost("/reservations/{order}/commit", Results<Ok<Reservation>, NotFound, ProblemHttpResult> (string order, InventoryDb db) => db.Commit(order) switch
        {
            null => TypedResults.NotFound(),
            { State: "committed" } committed => TypedResults.Ok(committed),
            _ => TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "The reservation is over", detail: "It expired or was released. Reserve again."),
        });
}
