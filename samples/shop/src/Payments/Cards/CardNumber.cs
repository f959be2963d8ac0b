namespace Shop.Payments.Cards;

/// <summary>What can be told of a card number without asking anybody.</summary>
internal static class CardNumber
{
    public static string Digits(string? typed) => string.Concat((typed ?? "").Where(c => c is not ' ' and not '-'));

    /// <summary>13 to 19 digits of which the last is the right check digit (ISO/IEC 7812-1, Luhn).</summary>
    public static bool IsValid(string digits)
    {
        if (digits.Length is < 13 or > 19 || !digits.All(char.IsAsciiDigit))
            return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }

    public static string Brand(string digits) => digits[0] switch
    {
        '3' => "American Express",
        '4' => "Visa",
        '2' or '5' => "Mastercard",
        _ => "Card",
    };
}
