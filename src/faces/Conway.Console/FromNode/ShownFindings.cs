using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Console.FromNode;

/// <summary>Findings in the words of the API.</summary>
internal static partial class ShownFindings
{
    /// <param name="finding">One of them.</param>
    /// <param name="since">When it was found first; null when that was not noted.</param>
    /// <param name="fingerprint">Its name in the history; null when it is in none.</param>
    public static Api.Finding Of(Finding finding, DateTimeOffset? since, string? fingerprint = null) => new(
        finding.Code,
        SeverityOf(finding.Severity),
        finding.Rule.Title, finding.Message, finding.Rule.Why, finding.Mend, finding.ModelPath,
        PlaceOf(finding.Place), finding.SourceLine, since,
        finding.Rule.Unless, finding.Measure is { } measure ? new(measure.Value, measure.Limit, measure.Unit) : null, finding.Patch?.ToString(),
        [.. finding.Evidence.Take(Finding.EvidenceMax).Select(one => new Api.FindingEvidence(one.Text, PlaceOf(one.Place), TraceIn(one.Text)))], fingerprint);

    /// <summary>The id behind <c>in trace</c>; null when there is none.</summary>
    private static string? TraceIn(string text) => Trace().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"\bin trace ([0-9a-f]{32})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Trace();

    public static Api.FindingHistory Of(Node.FindingPast past) => new(
        [.. past.Points.Select(one => new Api.FindingPoint(one.At, one.Run, one.Error, one.Warning, one.Info))],
        [.. past.Findings.OrderBy(one => one.Gone is null ? 0 : 1).ThenByDescending(one => one.Gone).ThenBy(one => one.Code, StringComparer.Ordinal).ThenBy(one => one.About, StringComparer.Ordinal)
            .Select(one => new Api.PastFinding(one.Fingerprint, one.Code, SeverityOf(one.Severity), one.About, one.Message, one.First, one.Last, one.Gone, one.Returns))],
        past.Trouble);

    private static Api.FindingSeverity SeverityOf(Severity severity) => severity switch
    {
        Severity.Error => Api.FindingSeverity.Error,
        Severity.Warning => Api.FindingSeverity.Warning,
        _ => Api.FindingSeverity.Info,
    };

    public static Api.Place? PlaceOf(SourceSpan? span) => span is { } place ? new(place.File, place.Line, place.Column, place.Length) : null;
}
