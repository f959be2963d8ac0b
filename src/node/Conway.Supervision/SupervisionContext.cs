namespace Conway.Supervision;

/// <summary>What supervision needs from the node and tells it.</summary>
public sealed class SupervisionContext
{
    public required TimeProvider Clock { get; init; }

    public required HealthProbe Probe { get; init; }

    /// <summary>A replica's status changed. Called from any thread, must be quick.</summary>
    public required Action<ReplicaStatus> Changed { get; init; }

    /// <summary>Service, replica, a line it wrote (UTF-8; the bytes are used again after the call), and whether to standard error.
    /// Called from any thread, must be quick.</summary>
    public required Action<string, string, ReadOnlyMemory<byte>, bool> Output { get; init; }

    /// <summary>Something the supervisor itself has to say about a replica.</summary>
    public required Action<ReplicaStatus, string> Log { get; init; }

    /// <summary>Ends when every change told so far has been taken over by those who pick instances, so that a process which must not get
    /// another request can be asked to end.</summary>
    public required Func<Task> Settled { get; init; }

    /// <summary>How many requests are on their way to the process on this port or not answered yet, as far as they went through the engines.</summary>
    public required Func<int, int> UnderWay { get; init; }
}
