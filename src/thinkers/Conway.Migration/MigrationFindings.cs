using Conway.Findings;

namespace Conway.Migration;

/// <summary>Every kind of finding that a migration plan can have (CW18xx).</summary>
public static class MigrationFindings
{
    public static FindingRule OtherVersion { get; } = Error("CW1801", "Plan of another version", "What it says cannot be trusted to mean the same, so nothing of it is used.");

    public static FindingRule OneOwner { get; } = Error("CW1802", "Table without exactly one owner", "Where two write the same rows one of them loses its writes, and where nobody is named both will.");

    public static FindingRule NoWayBack { get; } = Error("CW1803", "Step without a way back", "Whoever finds at night that the step was wrong must not begin to think about how to undo it.");

    public static FindingRule NotReplaced { get; } = Error("CW1804", "Cut key or join without replacement", "The database keeps it no longer, so ids of nothing and empty answers come without anybody noticing.");

    public static FindingRule TornTransaction { get; } = Error("CW1805", "Transaction that is neither a saga nor kept together", "A fault between its writes leaves one of them done and the other not, for ever.");

    public static FindingRule NotListed { get; } = Error("CW1806", "Use from outside that is not listed", "It breaks on the day on which the monolith's rights are taken away, or goes on reading what nobody writes any more.");

    public static FindingRule OneBackend { get; } = Error("CW1807", "Route without exactly one backend", "Requests of one route would be answered by whoever is asked first, or by nobody.");

    public static FindingRule Circle { get; } = Error("CW1808", "Order that cannot be kept", "Phases wait for each other, or for one that comes later, so one of them begins before what it needs.");

    public static FindingRule NoEnd { get; } = Error("CW1809", "Anti-corruption layer without an end", "What has no end stays: most migrations die of layers that everybody forgot.");

    public static FindingRule SameId { get; } = Error("CW1810", "Id that is missing, used twice, or not its phase's", "States and notes are kept by ids, so one of the two would get the other's.");

    public static FindingRule NotUndone { get; } = Error("CW1811", "Saga step that nobody can undo", "The saga is on its way into production, and when a later step fails this one stays done.");

    private static FindingRule Error(string code, string title, string why) => new(code, Severity.Error, title, why);
}
