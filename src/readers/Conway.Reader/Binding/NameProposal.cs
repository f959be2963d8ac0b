using System.Text;
using Conway.Model;

namespace Conway.Reader.Binding;

/// <summary>Turns text that cannot be a name into the nearest one that can.</summary>
internal static class NameProposal
{
    /// <summary>Null when nothing of the text can be kept.</summary>
    public static string? For(string text, bool isPascal)
    {
        var name = isPascal ? Pascal(text) : Kebab(text);
        return (isPascal ? Names.IsEventName(name) : Names.IsName(name)) && name != text ? name : null;
    }

    /// <summary><c>OrderService</c>, <c>Order Service</c> and <c>order_service</c> become <c>order-service</c>.</summary>
    private static string Kebab(string text)
    {
        var name = new StringBuilder();
        for (var i = 0; i < text.Length && name.Length < 63; i++)
        {
            var c = text[i];
            var startsWord = char.IsAsciiLetterUpper(c) && i > 0 && (char.IsAsciiLetterLower(text[i - 1]) || char.IsAsciiDigit(text[i - 1])
                || (char.IsAsciiLetterUpper(text[i - 1]) && i + 1 < text.Length && char.IsAsciiLetterLower(text[i + 1])));
            if ((startsWord || !char.IsAsciiLetterOrDigit(c)) && name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }

            if (char.IsAsciiLetter(c) || (char.IsAsciiDigit(c) && name.Length > 0))
            {
                name.Append(char.ToLowerInvariant(c));
            }
        }

        return name.ToString().TrimEnd('-');
    }

    private static string Pascal(string text)
    {
        var name = new StringBuilder();
        var startsWord = true;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) && (name.Length > 0 || char.IsAsciiLetter(c)))
            {
                name.Append(startsWord ? char.ToUpperInvariant(c) : c);
                startsWord = false;
            }
            else
            {
                startsWord = true;
            }
        }

        return name.ToString();
    }
}
