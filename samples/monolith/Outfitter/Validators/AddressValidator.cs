using Outfitter.Dtos;
using Outfitter.Infrastructure;

namespace Outfitter.Validators;

/// <summary>Checks addresses wherever they occur.</summary>
public static class AddressValidator
{
    /// <summary>Where we send to.</summary>
    public static IReadOnlyList<string> Countries { get; } = ["AT", "BE", "DE", "FR", "NL"];

    public static void Check(AddressDto? address, string field, FieldErrors errors)
    {
        if (address is null)
        {
            errors.Unless(false, field, "Is needed.");
            return;
        }

        errors
            .Unless(IsLine(address.Recipient), $"{field}.recipient", "Must have 1 to 100 characters.")
            .Unless(IsLine(address.Street), $"{field}.street", "Must have 1 to 100 characters.")
            .Unless(IsLine(address.City), $"{field}.city", "Must have 1 to 100 characters.")
            .Unless(address.PostalCode is { Length: >= 3 and <= 10 }, $"{field}.postalCode", "Must have 3 to 10 characters.")
            .Unless(Countries.Contains(address.Country?.ToUpperInvariant()), $"{field}.country", $"Must be one of: {string.Join(", ", Countries)}.");
    }

    private static bool IsLine(string? text) => text?.Trim() is { Length: >= 1 and <= 100 };
}
