using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Orders.Following;
using Shop.Orders.Fulfilment;

namespace Shop.Orders.Placing;

/// <summary><c>POST /api/orders</c>: writes the order down and answers 202; everything else happens afterwards, also over a restart.
/// With an <c>Idempotency-Key</c> a second click is the same order.</summary>
internal static class PlaceOrder
{
    public static void MapPlaceOrder(this IEndpointRouteBuilder app) => app.MapPost("/api/orders", Handle);

    private static async Task<Results<Accepted<OrderView>, ValidationProblem, ProblemHttpResult>> Handle(
        [FromHeader(Name = "Idempotency-Key")] string? key, PlaceOrderRequest request, OrdersDb db, Pricing pricing, OrderBell bell, CancellationToken cancellationToken)
    {
        var errors = request.Check().Unless(key is not { Length: > 128 }, "Idempotency-Key", "Must not be longer than 128 characters.");
        if (errors.Any)
            return errors.ToProblem();
        var hash = request.Hash();
        if (key is not null && db.FindKey(key) is { } known)
            return Again(known, hash, db);

        var lines = await pricing.Price(request, errors, cancellationToken);
        if (errors.Any)
            return errors.ToProblem();

        var order = new Order(
            "o-" + Guid.NewGuid().ToString("N"),
            OrderStatus.Placed,
            request.Customer!,
            request.Card!,
            lines,
            lines.Sum(l => l.Quantity * l.PriceCents),
            Traceparent: Activity.Current?.Id);
        if (db.Place(order, key, hash) is { } quicker)
            return Again(quicker, hash, db);
        bell.Ring();
        return Answer(order.Id, db);
    }

    private static Results<Accepted<OrderView>, ValidationProblem, ProblemHttpResult> Again(PlacedBefore known, string hash, OrdersDb db) =>
        known.RequestHash == hash
            ? Answer(known.Order, db)
            : TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity, title: "The key was used for another order", detail: "An Idempotency-Key stands for one request.");

    private static Accepted<OrderView> Answer(string id, OrdersDb db) =>
        TypedResults.Accepted($"/api/orders/{id}", OrderView.Of(db.Find(id)!, db.History(id)));
}
