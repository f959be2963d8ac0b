using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Scaffolding.Making;

/// <summary>Text of a person as one value of YAML, on one line, between braces or not.</summary>
internal static partial class YamlWord
{
    private static readonly HashSet<string> Meant = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "null", "y", "n" };

    /// <summary>The text as it is where it can be nothing else; otherwise in quotes.</summary>
    public static string Of(string text)
    {
        if (Plain().IsMatch(text) && !Meant.Contains(text))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c) : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^\p{L}([\p{L}\p{N} '()/.;-]*[\p{L}\p{N}).])?$")]
    private static partial Regex Plain();
}
