namespace Conway.Service.Logs;

internal static class Cards
{
    /// <summary>True for 13 to 19 digits, blanks and dashes apart, whose last is the right check digit (ISO/IEC 7812-1, Luhn).</summary>
    /// <remarks>One long number in ten passes by chance; a time stamp hidden now and then is the lesser harm.</remarks>
    public static bool IsCardNumber(ReadOnlySpan<char> text)
    {
        var sum = 0;
        var digits = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
                continue;
            var digit = text[i] - '0';
            if (digits++ % 2 == 1)
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return digits is >= 13 and <= 19 && sum % 10 == 0;
    }
}
