using Conway.Findings;

namespace Conway.Testing;

/// <summary>Every kind of finding about journeys (CW13xx).</summary>
public static class JourneyFindings
{
    public static FindingRule QueryUnreadable { get; } = new("CW1301", Severity.Error, "Query that cannot be read", "The step would look at nothing, so the journey is not started.");

    public static FindingRule NothingKept { get; } = new("CW1302", Severity.Error, "Value that no step keeps", "There is nothing to put in its place, so the step could only fail.");

    public static FindingRule ConditionUnclear { get; } = new("CW1303", Severity.Error, "Condition that cannot be understood", "Nobody could say whether it holds, so the journey is not started.");
}
