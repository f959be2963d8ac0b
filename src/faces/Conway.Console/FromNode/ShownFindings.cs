using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Console.FromNode;

/// <summary>Findings in the words of the API.</summary>
internal static partial class ShownFindings
{
    /// <param name="since">When it was found first; null when that was not noted.</param>
    public static Api.Finding Of(Finding finding, DateTimeOffset? since) => new(
        finding.Code,
        finding.Severity switch
        {
            Severity.Error => Api.FindingSeverity.Error,
            Severity.Warning => Api.FindingSeverity.Warning,
            _ => Api.FindingSeverity.Info,
        },
        finding.Rule.Title, finding.Message, finding.Rule.Why, finding.Mend, finding.ModelPath,
        PlaceOf(finding.Place), finding.SourceLine, since,
        finding.Rule.Unless, finding.Measure is { } measure ? new(measure.Value, measure.Limit, measure.Unit) : null, finding.Patch?.ToString(),
        [.. finding.Evidence.Take(Finding.EvidenceMax).Select(one => new Api.FindingEvidence(one.Text, PlaceOf(one.Place), TraceIn(one.Text)))]);

    /// <summary>The id behind <c>in trace</c>; null when there is none.</summary>
    private static string? TraceIn(string text) => Trace().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"\bin trace ([0-9a-f]{32})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Trace();

    public static Api.Place? PlaceOf(SourceSpan? span) => span is { } place ? new(place.File, place.Line, place.Column, place.Length) : null;
}
