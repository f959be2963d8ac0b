using System.Text;
using Conway.Model;

namespace Conway.Storming;

/// <summary>From what people write on notes to names that a model can have.</summary>
internal static class StormNames
{
    private const int LengthMax = 50;

    /// <summary><c>Order History</c>: order-history; the other word when nothing is left of it.</summary>
    public static string Kebab(string words, string otherwise)
    {
        var text = new StringBuilder();
        foreach (var c in words.Trim())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                var isHump = char.IsAsciiLetterUpper(c) && text.Length > 0 && char.IsAsciiLetterLower(text[^1]) && words.Contains(text[^1].ToString() + c, StringComparison.Ordinal);
                text.Append(isHump ? "-" : "").Append(char.ToLowerInvariant(c));
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        var name = text.ToString(0, Math.Min(text.Length, LengthMax)).Trim('-');
        name = name.Length > 0 && char.IsAsciiDigit(name[0]) ? $"{otherwise}-{name}" : name;
        return Names.IsName(name) ? name : otherwise;
    }

    /// <summary><c>Order placed</c>: OrderPlaced</summary>
    public static string Pascal(string words)
    {
        var text = new StringBuilder();
        var isStart = true;
        foreach (var c in words)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                text.Append(isStart ? char.ToUpperInvariant(c) : c);
                isStart = false;
            }
            else
            {
                isStart = true;
            }
        }

        var name = text.ToString(0, Math.Min(text.Length, 100));
        return Names.IsEventName(name) ? name : "Event" + name;
    }

    /// <summary>The name, with a number if somebody has it.</summary>
    public static string Unique(string name, HashSet<string> taken)
    {
        var free = name;
        for (var i = 2; !taken.Add(free); i++)
        {
            free = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}{(char.IsAsciiLetterUpper(name[0]) ? "" : "-")}{i}");
        }

        return free;
    }
}
