using Conway.Findings;

namespace Conway.Decomposition;

/// <summary>Every kind of finding that a decomposition can have (CW17xx).</summary>
public static class DecompositionFindings
{
    public static FindingRule UnknownLine { get; } = Warning("CW1701", "Line of constraints that is not understood", "What it was meant to ask for is not honoured.");

    public static FindingRule BrokenLine { get; } = Error("CW1702", "Constraint that lacks something", "It cannot be honoured as it is written.");

    public static FindingRule NothingNamed { get; } = Warning("CW1703", "Constraint on a type that is not there", "It asks for nothing, and the type that was meant goes where the facts put it.");

    public static FindingRule Contradiction { get; } = Error("CW1704", "Constraints that cannot all hold", "There is no cut that honours them, so none is proposed.");

    public static FindingRule NotMet { get; } = Warning("CW1705", "Constraint that no cut was found for", "Each line can hold, but all together leave no cut that was found; what is proposed comes nearest.");

    private static FindingRule Warning(string code, string title, string why) => new(code, Severity.Warning, title, why);

    private static FindingRule Error(string code, string title, string why) => new(code, Severity.Error, title, why);
}
