using System.Globalization;
using System.Numerics;

namespace Conway.Reader.Yaml;

/// <summary>How plain scalars are understood: the core schema of YAML 1.2.2, section 10.3.2. <c>no</c>, <c>on</c> and <c>yes</c> are text.</summary>
internal static class CoreSchema
{
    private const int DigitsMax = 64;

    public static bool? Boolean(ScalarNode scalar) =>
        !scalar.IsPlain ? null : scalar.Text switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        };

    /// <summary><c>12</c>, <c>-3</c>, <c>0o17</c>, <c>0x1F</c>.</summary>
    public static BigInteger? Integer(ScalarNode scalar)
    {
        var text = scalar.Text.AsSpan();
        if (!scalar.IsPlain || text.Length is 0 or > DigitsMax)
        {
            return null;
        }

        if (text.StartsWith("0o") && text.Length > 2 && text[2..].IndexOfAnyExceptInRange('0', '7') < 0)
        {
            var value = BigInteger.Zero;
            foreach (var digit in text[2..])
            {
                value = (value * 8) + (digit - '0');
            }

            return value;
        }

        if (text.StartsWith("0x") && text.Length > 2 && !text[2..].ContainsAnyExcept("0123456789abcdefABCDEF"))
        {
            return BigInteger.Parse("0" + text[2..].ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        var digits = text[0] is '+' or '-' ? text[1..] : text;
        return digits.Length > 0 && digits.IndexOfAnyExceptInRange('0', '9') < 0
            ? BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary><c>1.5</c>, <c>-.5</c>, <c>1e3</c>; not <c>.inf</c> and <c>.nan</c>, which no key of a model can mean.</summary>
    public static double? Number(ScalarNode scalar) =>
        scalar.IsPlain && scalar.Text.Length is > 0 and <= DigitsMax && scalar.Text[0] is not ' '
            && scalar.Text.AsSpan().ContainsAnyInRange('0', '9')
            && !scalar.Text.AsSpan().ContainsAnyExcept("+-.0123456789eE")
            && double.TryParse(scalar.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value : null;

    /// <summary>What a scalar is, in words.</summary>
    public static string KindOf(ScalarNode scalar) =>
        Boolean(scalar) is not null ? "true or false" : Integer(scalar) is not null || Number(scalar) is not null ? "a number" : "text";
}
