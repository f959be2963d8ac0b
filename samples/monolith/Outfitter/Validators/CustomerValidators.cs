using Outfitter.Dtos;
using Outfitter.Infrastructure;

namespace Outfitter.Validators;

public sealed class RegisterValidator : RequestValidator<RegisterRequest>
{
    protected override void Check(RegisterRequest request, FieldErrors errors) =>
        errors
            .Unless(System.Net.Mail.MailAddress.TryCreate(request.Email, out _) && request.Email.Length <= 200, "email", "Is not an address.")
            .Unless(request.Name.Trim() is { Length: >= 1 and <= 100 }, "name", "Must have 1 to 100 characters.")
            .Unless(request.Password is { Length: >= 10 and <= 200 }, "password", "Must have 10 to 200 characters.");
}

public sealed class SaveAddressValidator : RequestValidator<SaveAddressRequest>
{
    protected override void Check(SaveAddressRequest request, FieldErrors errors)
    {
        errors.Unless(request.Label.Trim() is { Length: >= 1 and <= 40 }, "label", "Must have 1 to 40 characters.");
        AddressValidator.Check(request.Address, "address", errors);
    }
}
