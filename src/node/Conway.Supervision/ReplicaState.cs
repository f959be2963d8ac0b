namespace Conway.Supervision;

/// <summary>Where a replica stands.</summary>
public enum ReplicaState
{
    /// <summary>Not running, and nobody wants it to.</summary>
    Stopped,

    /// <summary>Its service is being built for the first time.</summary>
    Building,

    /// <summary>The process runs; its first healthy answer is awaited. Also the pause before a new try.</summary>
    Starting,

    /// <summary>Healthy itself, but a required callee has not been yet.</summary>
    Waiting,

    /// <summary>Takes traffic.</summary>
    Healthy,

    /// <summary>Was healthy; the last checks failed.</summary>
    Unhealthy,

    /// <summary>Gave up for now: it does not build, or exits at once again and again. Tried again when its files change, on request, and now and then.</summary>
    Failed,

    /// <summary>Takes no new traffic; finishes what is in flight.</summary>
    Stopping,
}

/// <summary>What is known of a replica at one moment.</summary>
public sealed record ReplicaStatus
{
    /// <summary><c>catalog-1</c></summary>
    public required string Name { get; init; }

    public required string Service { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required ReplicaState State { get; init; }

    /// <summary>Process id; null when there is no process.</summary>
    public int? Pid { get; init; }

    /// <summary>The port it listens on now.</summary>
    public required int Port { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Starts after a crash; changes taken over do not count.</summary>
    public int Restarts { get; init; }

    /// <summary>Of the last process that ended by itself: its exit code, or 128 + signal.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it is in this state, in a sentence; null when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>When health was last asked, and the answer: <c>200 in 3 ms</c>.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    public string? LastAnswer { get; init; }

    /// <summary>The last line it wrote.</summary>
    public string? LastLog { get; init; }
}
