using System.Globalization;
using System.Text;

namespace Conway.Migration;

/// <summary>How a plan writes numbers and names.</summary>
internal static class Words
{
    /// <summary><c>1 table</c>, <c>2 tables</c></summary>
    public static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>; of many the first four and how many others.</summary>
    public static string List(IEnumerable<string> names)
    {
        const int Most = 4;
        var all = names.ToArray();
        var shown = all.Length <= Most + 1 ? all : [.. all.Take(Most), $"{all.Length - Most} others"];
        return shown.Length < 2 ? string.Concat(shown) : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
    }

    /// <summary><c>order-items</c> becomes <c>OrderItems</c>.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        foreach (var part in name.Split(['-', '_', ' ', '.'], StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(char.ToUpperInvariant(part[0])).Append(part, 1, part.Length - 1);
        }

        return text.ToString();
    }

    /// <summary><c>POST /orders/{id}</c> becomes <c>post-orders-id</c>.</summary>
    public static string Slug(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                text.Append(char.ToLowerInvariant(c));
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        return text.ToString().Trim('-') is { Length: > 0 } slug ? slug : "unnamed";
    }
}
