using Conway.Findings;

namespace Conway.Decisions;

/// <summary>Every kind of finding that decision records can have (CW185x).</summary>
public static class DecisionFindings
{
    public static FindingRule Unclear { get; } = Warning("CW1851", "Decision that does not say where it stands", "Nobody knows whether it holds, so it is neither kept nor dropped.");

    public static FindingRule OfNothing { get; } = Warning("CW1852", "Decision about something that is not in the model", "What it was about was renamed or is gone, so whoever looks there never finds the reasons.");

    public static FindingRule Torn { get; } = Warning("CW1853", "Decisions that disagree on which replaced which", "A reader of the old one takes it for valid, or looks for one that is not there.");

    public static FindingRule SameNumber { get; } = Warning("CW1854", "Two decisions of one number", "Whoever names the number means one of them, and nobody knows which.");

    public static FindingRule Outdated { get; } = Info("CW1855", "Only decided by what no longer holds", "The reasons for what stands in the model were given up, and no new ones are written down.");

    private static FindingRule Warning(string code, string title, string why) => new(code, Severity.Warning, title, why);

    private static FindingRule Info(string code, string title, string why) => new(code, Severity.Info, title, why);
}
