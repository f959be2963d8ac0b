using Conway.Findings;

namespace Conway.Checks;

/// <summary>What was found, and what could not be looked at.</summary>
public sealed record CheckReport
{
    /// <summary>Everything that is to be told, by code and then in order of declaration. Not yet placed in text.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What the model says not to tell.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>Rules that were judged, by code.</summary>
    public IReadOnlyList<FindingRule> Evaluated { get; init; } = [];

    /// <summary>Rules that could not be judged, by code.</summary>
    public IReadOnlyList<NotEvaluated> NotEvaluated { get; init; } = [];
}
