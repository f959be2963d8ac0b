using System.Text.Json.Serialization;

namespace Conway.Console.Api;

/// <summary>What a finding weighs.</summary>
[JsonConverter(typeof(Wording<FindingSeverity>))]
public enum FindingSeverity
{
    Error,
    Warning,
    Info,
}

/// <summary>A place in a file; line and column from 1.</summary>
public sealed record Place(string File, int Line, int Column, int Length);

/// <summary>Something that was seen.</summary>
/// <param name="Place">Where it stands in a file; null when it stands in none.</param>
/// <param name="TraceId">The trace that shows it; null when it is not about one.</param>
public sealed record FindingEvidence(string Text, Place? Place, string? TraceId);

/// <summary>A value against the limit that it was held to.</summary>
public sealed record FindingMeasure(double Value, double Limit, string Unit);

/// <summary>One finding.</summary>
/// <param name="Since">When it was found first in this run; null when that was not noted.</param>
/// <param name="Unless">What would show that it does not hold, as a clause; null when nothing could.</param>
/// <param name="Measure">What was counted; null when nothing was.</param>
/// <param name="Patch">The edit of the model that would mend it: <c>set services.orders.calls.catalog: { timeout: 1s }</c>; null when a person has to decide.</param>
/// <param name="Evidence">What was seen, the surest first.</param>
/// <param name="Fingerprint">Its name in the history; null when it is in none.</param>
public sealed record Finding(
    string Code, FindingSeverity Severity, string Title, string Message, string Why, string Mend, string? ModelPath, Place? Place, string? SourceLine, DateTimeOffset? Since,
    string? Unless, FindingMeasure? Measure, string? Patch, IReadOnlyList<FindingEvidence> Evidence, string? Fingerprint);

/// <summary>How many findings there were when others came or went.</summary>
public sealed record FindingPoint(DateTimeOffset At, string Run, int Error, int Warning, int Info);

/// <summary>A finding that is or was there.</summary>
/// <param name="Gone">When it was first seen to be gone; null while it is there.</param>
/// <param name="Returns">How often it came back after it had gone.</param>
public sealed record PastFinding(string Fingerprint, string Code, FindingSeverity Severity, string About, string Message, DateTimeOffset First, DateTimeOffset Last, DateTimeOffset? Gone, int Returns);

/// <summary>What became of every finding, over all runs.</summary>
/// <param name="Points">In the order in which they were noted.</param>
/// <param name="Findings">Those that are there first, then those that went, the last one first.</param>
/// <param name="Trouble">Why it is not whole, or is not kept, in a sentence; null when all is well.</param>
public sealed record FindingHistory(IReadOnlyList<FindingPoint> Points, IReadOnlyList<PastFinding> Findings, string? Trouble);

/// <summary>All of them, errors first.</summary>
public sealed record FindingList(IReadOnlyList<Finding> Findings);

/// <summary>The page of a rule.</summary>
public sealed record Rule(string Code, string Title, string Markdown);
