namespace Conway.Checks.Sources;

/// <summary>Types that carry messages or keep a record of them, and are nobody's business: told by their names.</summary>
internal static class Plumbing
{
    private static readonly string[] Outboxes = ["Outbox", "EventLog"];
    private static readonly string[] Others = ["Inbox", "Saga", "Audit", "StoredEvent", "Idempoten", "Snapshot", "Migration", "EventBus", "MessageBus"];

    /// <summary>Whether a type is one of these.</summary>
    /// <param name="name">Simple name.</param>
    public static bool Is(string name) => IsOutbox(name) || Others.Any(o => name.Contains(o, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a type keeps messages until they are published: <c>OutboxMessage</c>, <c>IntegrationEventLogEntry</c>.</summary>
    /// <param name="name">Simple name.</param>
    public static bool IsOutbox(string name) => Outboxes.Any(o => name.Contains(o, StringComparison.OrdinalIgnoreCase));
}
