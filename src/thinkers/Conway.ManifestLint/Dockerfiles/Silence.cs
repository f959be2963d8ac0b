using System.Text.RegularExpressions;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>Comments that say not to tell a finding: ours, and those that other tools already had written.</summary>
internal sealed partial class Silence
{
    private readonly Dictionary<string, string> _everywhere = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, string> _next = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids that are not told in the whole file, each with a reason.</summary>
    public IReadOnlyDictionary<string, string> Everywhere => _everywhere;

    /// <summary>Ids that are not told of the instruction that comes now.</summary>
    public IReadOnlyDictionary<string, string> Next()
    {
        var next = _next;
        _next = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return next;
    }

    /// <summary>Why a rule is silent; null when it is not.</summary>
    public static string? Reason(LintRule rule, IReadOnlyDictionary<string, string> ignored) =>
        ignored.Count == 0 ? null : ignored.FirstOrDefault(i => rule.IsNamed(i.Key)).Value;

    public void Read(string comment)
    {
        var words = comment.TrimStart('#', ' ', '\t');
        if (Own().Match(comment) is { Success: true } own)
        {
            // Ours counts only with a reason: who reads it later has to know whether it still holds.
            (own.Groups[1].Success ? _everywhere : _next)[own.Groups[2].Value] = own.Groups[3].Value.Trim();
        }
        else if (Hadolint().Match(comment) is { Success: true } hadolint)
        {
            foreach (var id in Ids(hadolint.Groups[2].Value))
            {
                (hadolint.Groups[1].Success ? _everywhere : _next)[id] = $"comment {words}";
            }
        }
        else if (Checkov().Match(comment) is { Success: true } checkov)
        {
            _everywhere[checkov.Groups[1].Value] = checkov.Groups[2].Value.Trim() is { Length: > 0 } reason ? reason : $"comment {words}";
        }
        else if (BuildKit().Match(comment) is { Success: true } check)
        {
            foreach (var id in Ids(check.Groups[1].Value))
            {
                _everywhere["BK:" + id] = $"comment {words}";
            }
        }
    }

    private static string[] Ids(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^#+\s*(global\s+)?ignore\.conway\.dev/([A-Za-z0-9_:-]+)\s*:(?=.*\S)(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Own();

    [GeneratedRegex(@"^#\s*hadolint\s+(global\s+)?ignore\s*=\s*([A-Za-z0-9]+(?:\s*,\s*[A-Za-z0-9]+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex Hadolint();

    [GeneratedRegex(@"^#\s*checkov:skip\s*=\s*(CKV[A-Z0-9_]+)\s*:?(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Checkov();

    [GeneratedRegex(@"^#\s*check\s*=(?:.*;)?\s*skip\s*=\s*([A-Za-z]+(?:\s*,\s*[A-Za-z]+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex BuildKit();
}
