using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Inventory.Reservations;

/// <summary><c>PUT /reservations/o-1</c> <c>{"lines":[{"product":"p-0001","quantity":2}]}</c>: all lines or none. Repeating it changes nothing.</summary>
internal static class Reserve
{
    public static void MapReserve(this IEndpointRouteBuilder app) => app.MapPut("/reservations/{order}", Handle);

    private static Results<Ok<Reservation>, ProblemHttpResult, ValidationProblem> Handle(string order, ReserveRequest request, InventoryDb db)
    {
        var errors = Check(request);
        if (errors.Any)
            return errors.ToProblem();

        var (reservation, missing) = db.Reserve(order, request.Lines!, TimeSpan.FromSeconds(request.HoldSeconds));
        return reservation is not null
            ? TypedResults.Ok(reservation)
            : TypedResults.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: "Not enough in stock",
                extensions: new Dictionary<string, object?> { ["missing"] = missing });
    }

    private static FieldErrors Check(ReserveRequest request)
    {
        var errors = new FieldErrors()
            .Unless(request.Lines is { Count: > 0 and <= 100 }, "lines", "Must hold 1 to 100 lines.")
            .Unless(request.HoldSeconds is > 0 and <= ReserveRequest.HoldMax, "holdSeconds", $"Must be from 1 to {ReserveRequest.HoldMax}.");
        foreach (var (i, line) in (request.Lines ?? []).Index())
            errors.Unless(line.Quantity is > 0 and <= 1000, $"lines[{i}].quantity", "Must be from 1 to 1000.");
        return errors;
    }
}
