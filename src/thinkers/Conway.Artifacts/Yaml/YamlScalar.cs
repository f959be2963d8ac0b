using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Artifacts.Yaml;

/// <summary>Text as a YAML scalar that every reader, also of YAML 1.1, takes for the same text.</summary>
internal static partial class YamlScalar
{
    /// <summary>Plain when nothing could be mistaken, else between double quotes.</summary>
    public static string Write(string text) => (Safe().IsMatch(text) || Quantity().IsMatch(text)) && !Mistaken().IsMatch(text) ? text : Quoted(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            quoted = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),

                // Control characters, separators that some readers break lines at, and what shows text in another order than it has.
                < 0x20 or (>= 0x7f and <= 0xa0) or 0x2028 or 0x2029 or 0xfeff or (>= 0x200b and <= 0x200f) or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or (>= 0xd800 and <= 0xdfff) or 0xfffe or 0xffff
                    => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => quoted.Append(rune.ToString()),
            };
        }

        return quoted.Append('"').ToString();
    }

    // A letter first, nothing after it that YAML knows, no space at an end; a colon only between two words.
    [GeneratedRegex(@"^[A-Za-z/][A-Za-z0-9_./@=-]*(:[A-Za-z0-9_./@=-]+)*( [A-Za-z0-9_./,()=-]+)*\z")]
    private static partial Regex Safe();

    // 250m, 64Mi, 30s: no number to any reader.
    [GeneratedRegex(@"^[1-9][0-9]*(?:m|Mi|Gi|s|ms)\z")]
    private static partial Regex Quantity();

    [GeneratedRegex("^(?:y|n|yes|no|on|off|true|false|null)$", RegexOptions.IgnoreCase)]
    private static partial Regex Mistaken();
}
