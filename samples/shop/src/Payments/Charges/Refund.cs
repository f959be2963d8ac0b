using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Payments.Charges;

/// <summary><c>POST /payments/refunds</c> <c>{"order":"o-1"}</c>: whatever the order paid goes back. Repeating it changes nothing,
/// and so does asking for an order that never paid: who asks may not know how far a payment got.</summary>
internal static class Refund
{
    public static void MapRefund(this IEndpointRouteBuilder app) => app.MapPost("/payments/refunds", Handle);

    private static Results<Ok<List<Payment>>, ValidationProblem> Handle(RefundRequest request, PaymentsDb db)
    {
        var errors = new FieldErrors().Unless(request.Order is { Length: > 0 and <= 64 }, "order", "Must be set.");
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(db.Refund(request.Order!));
    }
}
