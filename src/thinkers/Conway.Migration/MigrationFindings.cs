using Conway.Findings;

namespace Conway.Migration;

/// <summary>Every kind of finding that a migration plan can have (CW18xx).</summary>
public static class MigrationFindings
{
    public static FindingRule OtherVersion { get; } = Error("CW1801", "Plan of another version", "What it says cannot be trusted to mean the same, so nothing of it is used.");

    private static FindingRule Error(string code, string title, string why) => new(code, Severity.Error, title, why);
}
