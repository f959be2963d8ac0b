using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Payments.Charges;

/// <summary><c>POST /payments</c> with an <c>Idempotency-Key</c>: however often it comes, the customer pays once and the answer is the same.</summary>
internal static class Charge
{
    /// <summary>Above this the bank asks questions, so we do not.</summary>
    private const int LimitCents = 500_000;

    public static void MapCharge(this IEndpointRouteBuilder app) => app.MapPost("/payments", Handle);

    private static Results<Created<Payment>, ProblemHttpResult, ValidationProblem> Handle(
        [FromHeader(Name = "Idempotency-Key")] string? key, ChargeRequest request, PaymentsDb db)
    {
        var errors = new FieldErrors()
            .Unless(key is { Length: > 0 and <= 128 }, "Idempotency-Key", "The header must be set, to at most 128 characters.")
            .Unless(request.Order is { Length: > 0 and <= 64 }, "order", "Must be set.")
            .Unless(request.AmountCents > 0, "amountCents", "Must be above 0.")
            .Unless(request.Currency == "EUR", "currency", "Must be EUR.")
            .Unless(request.Card is { Length: > 0 }, "card", "Must be the token of a card.");
        if (errors.Any)
            return errors.ToProblem();

        return db.Charge(key!, request, Refusal) switch
        {
            null => errors.Add("card", "There is no such card.").ToProblem(),
            var known when !IsOf(known, request) => TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity, title: "The key was used for another payment", detail: "An Idempotency-Key stands for one request."),
            { State: "refused" } refused => TypedResults.Problem(
                statusCode: StatusCodes.Status402PaymentRequired, title: "The payment was refused", extensions: new Dictionary<string, object?> { ["code"] = refused.Reason }),
            var payment => TypedResults.Created($"/payments/{payment.Id}", payment),
        };
    }

    private static string? Refusal(ChargeRequest request, string? ofTheCard) =>
        request.AmountCents > LimitCents ? "amount_over_limit" : ofTheCard;

    private static bool IsOf(Payment payment, ChargeRequest request) =>
        payment.Order == request.Order && payment.AmountCents == request.AmountCents && payment.Currency == request.Currency;
}
