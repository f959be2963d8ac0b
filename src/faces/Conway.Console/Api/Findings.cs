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

/// <summary>One finding.</summary>
/// <param name="Since">When it was found first in this run; null when that was not noted.</param>
public sealed record Finding(
    string Code, FindingSeverity Severity, string Title, string Message, string Why, string Mend, string? ModelPath, Place? Place, string? SourceLine, DateTimeOffset? Since);

/// <summary>All of them, errors first.</summary>
public sealed record FindingList(IReadOnlyList<Finding> Findings);

/// <summary>The page of a rule.</summary>
public sealed record Rule(string Code, string Title, string Markdown);
