using Conway.Findings;

namespace Conway.Telemetry;

/// <summary>What the telemetry engine can find wrong.</summary>
public static class TelemetryRules
{
    /// <summary>No space left; kept in memory.</summary>
    public static FindingRule DiskFull { get; } = new("CW7201", Severity.Warning, "No disk space for telemetry",
        "Telemetry is kept in memory only: less of it fits, and it is gone when the node ends.");

    /// <summary>The folder refuses writing; kept in memory.</summary>
    public static FindingRule NotWritable { get; } = new("CW7202", Severity.Warning, "Telemetry cannot be written",
        "Telemetry is kept in memory only: less of it fits, and it is gone when the node ends.");

    /// <summary>Output lines came faster than they could be taken.</summary>
    public static FindingRule LinesDropped { get; } = new("CW7203", Severity.Warning, "Output lines dropped",
        "The log of this service has gaps; what you search for may be in one of them.");

    /// <summary>The quota removed old telemetry.</summary>
    public static FindingRule QuotaReached { get; } = new("CW7204", Severity.Info, "Old telemetry removed",
        "Searches reach back less far for this service than the run lasts.");

    /// <summary>More services than are told apart.</summary>
    public static FindingRule TooManyServices { get; } = new("CW7205", Severity.Warning, "Too many service names in telemetry",
        "Records of further services are filed under '(other)' and cannot be told apart by name.");

    /// <summary>Another node writes this run.</summary>
    public static FindingRule FolderInUse { get; } = new("CW7206", Severity.Warning, "Telemetry folder in use",
        "Two writers would spoil each other's files, so this one keeps its telemetry in memory.");

    /// <summary>All rules of this engine.</summary>
    public static IReadOnlyList<FindingRule> All { get; } = [DiskFull, NotWritable, LinesDropped, QuotaReached, TooManyServices, FolderInUse];
}
