using Conway.Findings;

namespace Conway.Lowering;

/// <summary>Kinds of finding that lowering reports.</summary>
public static class LoweringRules
{
    public static FindingRule ProjectNotFound { get; } = new(
        "CW7001", Severity.Error, "Project not found", "A service without a project cannot be built or started.");

    public static IReadOnlyList<FindingRule> All { get; } = [ProjectNotFound];
}
