using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Validators;

public sealed class SavePromotionValidator : RequestValidator<SavePromotionRequest>
{
    protected override void Check(SavePromotionRequest request, FieldErrors errors) =>
        errors
            .Unless(request.Name.Trim() is { Length: >= 3 and <= 100 }, "name", "Must have 3 to 100 characters.")
            .Unless(request.Kind != PromotionKind.PercentOff || request.Percent is > 0 and <= 90, "percent", "Must be above 0 and not above 90.")
            .Unless(request.Kind != PromotionKind.AmountOff || request.AmountOff > Money.Zero, "amountOff", "Must be above 0.")
            .Unless(request.Kind != PromotionKind.BuySomeGetSome || request.BuyQuantity is >= 1 and <= 99, "buyQuantity", "Must be from 1 to 99.")
            .Unless(request.Kind != PromotionKind.BuySomeGetSome || request.FreeQuantity is >= 1 and <= 99, "freeQuantity", "Must be from 1 to 99.")
            .Unless(request.EndsAt is null || request.EndsAt > request.StartsAt, "endsAt", "Must be after startsAt.")
            .Unless(request.Products is { Count: > 0 } || request.Categories is { Count: > 0 }, "products", "Name at least one product or category.");
}
