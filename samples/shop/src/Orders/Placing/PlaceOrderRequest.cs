using System.Security.Cryptography;
using System.Text.Json;
using Conway.Service;

namespace Shop.Orders.Placing;

/// <summary>What a customer wants: what is in a basket, or these lines; paid with a card that payments knows by its token.</summary>
internal sealed record PlaceOrderRequest(string? Basket, IReadOnlyList<WantedLine>? Lines, string? Card, Customer? Customer)
{
    public FieldErrors Check()
    {
        var errors = new FieldErrors()
            .Unless(Basket is null != Lines is null, "basket", "Either a basket or lines must be given.")
            .Unless(Lines is not { Count: 0 or > 50 }, "lines", "Must hold 1 to 50 lines.")
            .Unless(Card is { Length: > 0 and <= 100 }, "card", "Must be the token of a card.")
            .Unless(Customer?.Name is { Length: > 0 and <= 100 }, "customer.name", "Must be set, to at most 100 characters.")
            .Unless(IsEmail(Customer?.Email), "customer.email", "Must be an e-mail address.")
            .Unless(Customer?.Address is { Length: > 0 and <= 300 }, "customer.address", "Must be set, to at most 300 characters.");
        foreach (var (i, line) in (Lines ?? []).Index())
        {
            errors.Unless(line.Product is { Length: > 0 }, $"lines[{i}].product", "Must be a product's id.")
                .Unless(line.Quantity is >= 1 and <= 99, $"lines[{i}].quantity", "Must be from 1 to 99.");
        }

        return errors;
    }

    /// <summary>The same for equal requests.</summary>
    public string Hash() => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, OrdersJson.Default.PlaceOrderRequest)));

    // Whether it reaches anybody only a mail can tell; this finds what cannot.
    private static bool IsEmail(string? text) => text is { Length: <= 200 } && text.IndexOf('@') is > 0 and var at && at < text.Length - 1 && !text.Contains(' ');
}

internal sealed record WantedLine(string? Product, int Quantity);
