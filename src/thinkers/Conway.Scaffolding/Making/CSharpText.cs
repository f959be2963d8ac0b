using System.Globalization;
using System.Text;

namespace Conway.Scaffolding.Making;

/// <summary>Any text as a literal of C#.</summary>
internal static class CSharpText
{
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            // Besides what ends a literal or a line: what shows nothing, or turns the direction of what follows.
            _ = c is '"' or '\\' ? literal.Append('\\').Append(c)
                : char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : literal.Append(c);
        }

        return literal.Append('"').ToString();
    }
}
