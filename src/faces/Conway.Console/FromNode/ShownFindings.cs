using Conway.Findings;

namespace Conway.Console.FromNode;

/// <summary>Findings in the words of the API.</summary>
internal static class ShownFindings
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
        PlaceOf(finding.Place), finding.SourceLine, since);

    public static Api.Place? PlaceOf(SourceSpan? span) => span is { } place ? new(place.File, place.Line, place.Column, place.Length) : null;
}
