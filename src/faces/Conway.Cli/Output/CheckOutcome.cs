using Conway.Checks;
using Conway.Checks.Boundaries;
using Conway.Findings;
using Conway.ManifestFacts;

namespace Conway.Cli;

/// <summary>What one <c>conway check</c> found, ready to be written in any form.</summary>
internal sealed class CheckOutcome
{
    /// <summary>What was run.</summary>
    public string Title { get; init; } = "conway check";

    /// <summary>What says not to tell what is suppressed.</summary>
    public string SuppressedBy { get; init; } = "by the model";

    /// <summary>The system's name; empty when it could not be read.</summary>
    public required string System { get; init; }

    /// <summary>Everything that was found, in order of reading.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The files that were read, by name, ordered.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What the model says not to tell.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>Rules that were judged, by code.</summary>
    public IReadOnlyList<FindingRule> Evaluated { get; init; } = [];

    /// <summary>Rules that could not be judged, by code.</summary>
    public IReadOnlyList<NotEvaluated> NotEvaluated { get; init; } = [];

    /// <summary>Rules that were judged, and would have seen more with another input, by code.</summary>
    public IReadOnlyList<NotEvaluated> InPart { get; init; } = [];

    /// <summary>Files that look like manifests and could not be read.</summary>
    public IReadOnlyList<UnreadManifest> Unread { get; init; } = [];

    /// <summary>How much was seen of the run. Unset: nobody looked.</summary>
    public TrafficSeen? Traffic { get; init; }

    /// <summary>How well each service's boundary is drawn, in order of declaration.</summary>
    public IReadOnlyList<BoundaryScore> Boundaries { get; init; } = [];

    /// <summary>What the findings were compared with. Unset: no baseline was given.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>From which weight on a finding makes the check fail; null for none.</summary>
    public Severity? FailOn { get; init; } = Severity.Error;

    /// <summary>Of each finding, in their order.</summary>
    public IReadOnlyList<string> Fingerprints => field ??= Fingerprint.Of(Findings);

    /// <summary>Findings that the baseline does not have, with their fingerprints; all when there is none.</summary>
    public IReadOnlyList<(Finding Finding, string Fingerprint)> New =>
        field ??= [.. Findings.Zip(Fingerprints).Where((_, i) => !IsKnown(i))];

    /// <summary>How many the baseline has.</summary>
    public int KnownCount => Findings.Count - New.Count;

    /// <summary>The text says no model, whatever is to be counted.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>Whether the exit code is not 0.</summary>
    public bool Fails => IsInvalid || New.Any(f => Counts(f.Finding));

    /// <summary>Whether a finding makes the check fail, if it is new.</summary>
    public bool Counts(Finding finding) =>
        finding.Severity >= FailOn || (IsInvalid && finding.Severity == Severity.Error && finding.Code.StartsWith("CW1", StringComparison.Ordinal));

    public bool IsKnown(int index) => Baseline?.IsKnown[index] == true;

    /// <summary>How many new findings weigh this.</summary>
    public int CountOf(Severity severity) => New.Count(f => f.Finding.Severity == severity);
}
