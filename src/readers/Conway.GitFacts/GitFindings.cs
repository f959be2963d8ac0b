using Conway.Findings;

namespace Conway.GitFacts;

/// <summary>Every kind of finding that reading a history can have.</summary>
internal static class GitFindings
{
    public static FindingRule Unreadable { get; } = new("CW1651", Severity.Warning, "History that cannot be read", "What changes together, and who changes it, is not known.");

    public static FindingRule InPart { get; } = new("CW1652", Severity.Info, "History in part", "What changed together long ago is not known; shares are of what was read.");
}
