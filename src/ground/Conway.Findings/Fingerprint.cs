using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Findings;

/// <summary>A name for a finding that stays the same while lines move, numbers change and other findings come and go.</summary>
/// <remarks>
/// <para>Made of the code and of what the finding is about: its <see cref="Finding.Subject"/>; else its model path; else, for text that never became model,
/// the file and the line without its blanks. An index in a model path says only where something stands in a list, so the text of the line takes its place.
/// Findings that are about the same thing are told apart by a number, in order of reading.</para>
/// <para>32 hexadecimal digits: the first half of SHA-256 over these parts in UTF-8, each ended by a line feed. Whoever changes this breaks every baseline:
/// then <see cref="Scheme"/> changes too.</para></remarks>
public static partial class Fingerprint
{
    /// <summary>Names the way fingerprints are made, in SARIF's <c>partialFingerprints</c>.</summary>
    public const string Scheme = "conway/v1";

    /// <summary>The fingerprints of findings, in their order; all different.</summary>
    /// <param name="findings">Of one check, in order of reading.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Finding> findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. findings.Select(finding =>
        {
            var about = About(finding);
            var count = seen[about] = seen.GetValueOrDefault(about) + 1;
            return Hash(count == 1 ? about : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{about}#{count}\n"));
        })];
    }

    private static string About(Finding finding)
    {
        if (finding.Subject is { } subject)
        {
            return $"{finding.Code}\n{subject}\n";
        }

        var line = finding.SourceLine is { } text ? Blanks().Replace(text, "") : finding.Message;
        return finding.ModelPath is not { } path ? $"{finding.Code}\n{finding.Place?.File}\n{line}\n"
            : Index().IsMatch(path) ? $"{finding.Code}\n{Index().Replace(path, "[]")}\n{line}\n"
            : $"{finding.Code}\n{path}\n";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
