using System.Globalization;
using Conway.Service;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Payments.Cards;

/// <summary><c>POST /api/cards</c>: a card number for a token. Only this service ever sees the number, and it keeps the last four digits.</summary>
internal static class KeepCard
{
    public static void MapKeepCard(this IEndpointRouteBuilder app) => app.MapPost("/api/cards", Handle);

    private static Results<Created<KeptCard>, ValidationProblem> Handle(CardRequest request, PaymentsDb db, TimeProvider time)
    {
        var digits = CardNumber.Digits(request.Number);
        var errors = new FieldErrors()
            .Unless(CardNumber.IsValid(digits), "number", "Is not a card number.")
            .Unless(IsAhead(request.Expiry, time.GetUtcNow()), "expiry", "Must be a month that is not over, as 12/30.")
            .Unless(request.Cvc is { Length: 3 or 4 } cvc && cvc.All(char.IsAsciiDigit), "cvc", "Must be 3 or 4 digits.");
        if (errors.Any)
            return errors.ToProblem();

        var card = new KeptCard("tok_" + Guid.NewGuid().ToString("N"), CardNumber.Brand(digits), digits[^4..]);
        db.Keep(card, TestCards.RefusalOf(digits));
        return TypedResults.Created((string?)null, card);
    }

    private static bool IsAhead(string? expiry, DateTimeOffset now) =>
        DateTime.TryParseExact(expiry, "MM/yy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.AddMonths(1) > now.UtcDateTime;
}
