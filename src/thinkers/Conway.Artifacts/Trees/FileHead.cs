using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Artifacts;

/// <summary>The first line of a generated file: what made it, and a seal over all that was not written by hand.</summary>
/// <param name="Path">The file's path in the tree.</param>
/// <param name="Environment">The environment that it was made for; null for none.</param>
/// <param name="Seal">Of the text as it was generated.</param>
/// <remarks>
/// It is a comment of the file's own language: <c># …</c>, in SQL <c>-- …</c>, in Groovy <c>// …</c>, in JSON the key <c>$comment</c> of the object that the file is, in the notes of a chart
/// a comment of its templates. The seal is no secret and protects from nobody: it tells an edit from an older version.
/// </remarks>
public sealed partial record FileHead(string Path, string? Environment, string Seal)
{
    /// <summary>In the first line of every generated file.</summary>
    public const string Mark = "conway:generated";

    /// <summary>The head of a text; null when no generated file begins like this.</summary>
    public static FileHead? Of(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var match = Form().Match(end < 0 ? text : text[..end].TrimEnd('\r'));
        return match.Success ? new FileHead(match.Groups["path"].Value, match.Groups["env"] is { Success: true } env ? env.Value : null, match.Groups["seal"].Value) : null;
    }

    /// <summary>Whether nothing but what stands in regions was changed since the text was generated.</summary>
    public static bool IsUnedited(string text) => Of(text) is { } head && SealOf(head.Path, head.Environment, text.Split('\n').Skip(1)) == head.Seal;

    internal static string Line(string path, string? environment, IEnumerable<string> lines)
    {
        var (before, after) = path.EndsWith(".json", StringComparison.Ordinal) ? ("{ \"$comment\": \"", "\",") : path.EndsWith("/NOTES.txt", StringComparison.Ordinal) ? ("{{- /* ", " */ -}}") : path.EndsWith(".sql", StringComparison.Ordinal) ? ("-- ", "") : path.EndsWith("/Jenkinsfile", StringComparison.Ordinal) ? ("// ", "") : ("# ", "");
        return string.Create(CultureInfo.InvariantCulture, $"{before}{Mark} {path}{(environment is null ? "" : $" env={environment}")} seal={SealOf(path, environment, lines)}{after}");
    }

    private static string SealOf(string path, string? environment, IEnumerable<string> lines)
    {
        var text = $"{path}\n{environment}\n{string.Join('\n', Keep.Without([.. lines]))}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    [GeneratedRegex(@"^(?:# |-- |// |(?<json>\{ ""\$comment"": "")|(?<notes>\{\{- /\* ))conway:generated (?<path>\S+)( env=(?<env>[a-z][a-z0-9-]{0,62}))? seal=(?<seal>[0-9a-f]{16})(?(json)"",)(?(notes) \*/ -\}\})$")]
    private static partial Regex Form();
}
