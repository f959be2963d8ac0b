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
public sealed record Finding(
    string Code, FindingSeverity Severity, string Title, string Message, string Why, string Mend, string? ModelPath, Place? Place, string? SourceLine, DateTimeOffset? Since,
    string? Unless, FindingMeasure? Measure, string? Patch, IReadOnlyList<FindingEvidence> Evidence);

/// <summary>All of them, errors first.</summary>
public sealed record FindingList(IReadOnlyList<Finding> Findings);

/// <summary>The page of a rule.</summary>
public sealed record Rule(string Code, string Title, string Markdown);
