using Conway.Findings;
using Conway.Review;

namespace Conway.Cli;

/// <summary>A review as SARIF: each class is a rule, each change a result beside its line in the later state, and what checks newly find beside them.</summary>
internal static class ReviewSarif
{
    public static void Write(ReviewOutcome outcome, TextWriter output) => FindingsSarif.Write(
        new CheckOutcome
        {
            System = outcome.System,
            Findings = [.. outcome.Changes.Select(c => Finding(c, outcome)), .. outcome.NewFindings],
            Files = [.. outcome.Result.Map.Texts.Keys.Order(StringComparer.Ordinal)],
            FailOn = outcome.FailOn,
            IsInvalid = outcome.IsInvalid,
        },
        outcome.Head.Prefix, output);

    private static Finding Finding(ArchitectureChange change, ReviewOutcome outcome)
    {
        var kind = change.Class;

        // A code host looks for the line in the later state, so what is gone is shown at what held it.
        var path = change.PathAfter ?? change.PathBefore;
        var place = change is { IsPlacedBefore: false, Place: { } here } ? here : path is null ? null : outcome.Result.Map.Find(path);
        return new Finding
        {
            Rule = new FindingRule(kind.Id, kind.Severity, kind.Title, kind.Why),
            Weight = change.Severity,
            Message = change.Environment is { } environment ? $"In '{environment}': {change.Message}" : change.Message,
            Mend = $"{kind.Ask} To decide: {string.Join(", ", change.Deciders)}.",
            ModelPath = path,
            Place = place,
            Subject = $"{change.Environment} {change.Subject}",
            Evidence = [.. change.Figures.Select(f => new Evidence($"{f.Name}: {f.TextBefore} -> {f.TextAfter}")).Take(Conway.Findings.Finding.EvidenceMax)],
        };
    }
}
