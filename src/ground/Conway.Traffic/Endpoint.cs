namespace Conway.Traffic;

/// <summary>One place where a callee can be reached.</summary>
/// <param name="Id">Name of the replica, <c>catalog-1</c>. What an endpoint has learnt about itself (latency, ejections) is kept under this id when a table is replaced.</param>
/// <param name="Address">Host and port, <c>127.0.0.1:41873</c>. A new address under a known id starts with an empty memory.</param>
/// <param name="Health">What the owner of the table knows about it.</param>
public sealed record Endpoint(string Id, string Address, EndpointHealth Health = EndpointHealth.Healthy);

/// <summary>What the owner of the table knows about an endpoint from its own checks.</summary>
public enum EndpointHealth
{
    /// <summary>Passes its checks; may be picked.</summary>
    Healthy,

    /// <summary>Fails its checks, or does not run. Not picked, but counts when the share of healthy endpoints is taken.</summary>
    Unhealthy,

    /// <summary>Leaves soon: finishes what it has, gets nothing new, and counts for nothing.</summary>
    Draining,
}
