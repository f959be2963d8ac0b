using Outfitter.Dtos;
using Outfitter.Infrastructure;

namespace Outfitter.Validators;

public sealed class ReportQueryValidator : RequestValidator<ReportQuery>
{
    protected override void Check(ReportQuery request, FieldErrors errors) =>
        errors
            .Unless(request.From <= request.To, "from", "Must not be after 'to'.")
            .Unless(request.To.DayNumber - request.From.DayNumber <= 366, "to", "A report covers at most 366 days.")
            .Unless(request.To < DateOnly.MaxValue, "to", "Is too far away.")
            .Unless(request.GroupBy is "category" or "brand" or "product" or "channel" or "country", "groupBy", "Must be one of: category, brand, product, channel, country.");
}
