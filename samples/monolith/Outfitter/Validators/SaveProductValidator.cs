using Outfitter.Dtos;
using Outfitter.Infrastructure;

namespace Outfitter.Validators;

public sealed class SaveProductValidator : RequestValidator<SaveProductRequest>
{
    protected override void Check(SaveProductRequest request, FieldErrors errors) =>
        errors
            .Unless(request.Sku is { Length: >= 3 and <= 20 } && request.Sku.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-'), "sku", "Must have 3 to 20 capital letters, digits or hyphens.")
            .Unless(request.Name.Trim() is { Length: >= 3 and <= 200 }, "name", "Must have 3 to 200 characters.")
            .Unless(request.Description is { Length: <= 4000 }, "description", "Must not have more than 4000 characters.")
            .Unless(request.TaxClass is "standard" or "reduced", "taxClass", "Must be 'standard' or 'reduced'.")
            .Unless(request.WeightGrams is >= 0 and <= 100_000, "weightGrams", "Must be from 0 to 100000.")
            .Unless(request.Images is not { Count: > 20 }, "images", "Must not be more than 20.")
            .Unless(request.Images is null || request.Images.All(url => Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out _)), "images", "Must be addresses.")
            .Unless(request.Attributes is not { Count: > 50 }, "attributes", "Must not be more than 50.");
}
