using Conway.Findings;

namespace Conway.Lowering;

/// <summary>Kinds of finding that lowering reports.</summary>
public static class LoweringRules
{
    public static FindingRule ProjectNotFound { get; } = new(
        "CW7001", Severity.Error, "Project not found", "A service without a project cannot be built or started.");

    public static FindingRule NoPostgres { get; } = new(
        "CW7002", Severity.Error, "PostgreSQL is not installed", "A store in PostgreSQL has a real server in a run, and a file would answer other SQL than it.");

    public static FindingRule StoreNotRun { get; } = new(
        "CW7003", Severity.Warning, "Store that a run does not have", "The service starts without the variables of the store, since anything else in its place would not understand what the service says.");

    public static IReadOnlyList<FindingRule> All { get; } = [ProjectNotFound, NoPostgres, StoreNotRun];
}
