using Outfitter.Dtos;
using Outfitter.Infrastructure;

namespace Outfitter.Validators;

public sealed class PlaceOrderValidator : RequestValidator<PlaceOrderRequest>
{
    protected override void Check(PlaceOrderRequest request, FieldErrors errors)
    {
        errors
            .Unless(request.Basket != Guid.Empty, "basket", "Is needed.")
            .Unless(request.Carrier is { Length: >= 1 and <= 20 }, "carrier", "Is needed.")
            .Unless(IsCardNumber(request.Card), "card", "Is not a card number.")
            .Unless(request.PointsToRedeem is >= 0 and <= 10_000_000, "pointsToRedeem", "Must be from 0 to 10000000.");
        AddressValidator.Check(request.Address, "address", errors);
    }

    /// <summary>The check digit of ISO/IEC 7812 (Luhn).</summary>
    private static bool IsCardNumber(string? card)
    {
        var digits = (card ?? "").Replace(" ", "");
        if (digits.Length is < 12 or > 19 || !digits.All(char.IsAsciiDigit))
            return false;
        var sum = digits.Reverse().Select((c, i) => (c - '0') * (i % 2 + 1)).Sum(n => n > 9 ? n - 9 : n);
        return sum % 10 == 0;
    }
}
