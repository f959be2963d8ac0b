using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Payments.Charges;

/// <summary><c>GET /payments/{id}</c></summary>
internal static class GetPayment
{
    public static void MapGetPayment(this IEndpointRouteBuilder app) =>
        app.MapGet("/payments/{id}", Results<Ok<Payment>, NotFound> (string id, PaymentsDb db) =>
            db.Find(id) is { } payment ? TypedResults.Ok(payment) : TypedResults.NotFound());
}
