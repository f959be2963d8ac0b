using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;

namespace Outfitter.Validators;

public sealed class CouponValidator : RequestValidator<CouponDto>
{
    protected override void Check(CouponDto request, FieldErrors errors) =>
        errors
            .Unless(request.Code is { Length: >= 4 and <= 40 } && request.Code.All(char.IsAsciiLetterOrDigit), "code", "Must have 4 to 40 letters or digits.")
            .Unless(request.Percent is >= 0 and <= 90, "percent", "Must be from 0 to 90.")
            .Unless(request.AmountOff >= Money.Zero, "amountOff", "Must not be below 0.")
            .Unless(request.Percent > 0 ^ request.AmountOff > Money.Zero, "percent", "Give either percent or amountOff.")
            .Unless(request.MinimumSpend >= Money.Zero, "minimumSpend", "Must not be below 0.")
            .Unless(request.ValidUntil is null || request.ValidUntil > request.ValidFrom, "validUntil", "Must be after validFrom.")
            .Unless(request.MaxUses is null or >= 1, "maxUses", "Must be at least 1.");
}
