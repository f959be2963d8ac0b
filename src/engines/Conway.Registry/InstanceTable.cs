using System.Collections.Immutable;

namespace Conway.Registry;

/// <summary>The instances that the node supervises: an immutable table, given whole with <see cref="RegistryEngine.Apply"/>.</summary>
/// <remarks>What applications register over HTTP lives beside it and is not touched by it.</remarks>
public sealed record InstanceTable(ImmutableArray<Instance> Instances)
{
    /// <summary>Nothing runs.</summary>
    public static InstanceTable Empty { get; } = new([]);
}

/// <summary>One running copy of a service, as the node sees it.</summary>
public sealed record Instance
{
    /// <summary>The name that callers ask for, such as <c>orders</c>.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Unique in the table, such as <c>orders-1</c>. It becomes Consul's service ID.</summary>
    public required string InstanceId { get; init; }

    /// <summary>IP address or host name to call.</summary>
    public required string Address { get; init; }

    /// <summary>TCP port to call; 0 when it has none.</summary>
    public required int Port { get; init; }

    /// <summary>Consul's tags, in the order given. Default none.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Consul's service metadata. Default none.</summary>
    public ImmutableSortedDictionary<string, string> Meta { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What the node's own health check says. Default <see cref="InstanceHealth.Critical"/>: not yet known to be well.</summary>
    public InstanceHealth Health { get; init; } = InstanceHealth.Critical;

    /// <summary>A sentence that explains the health, shown as the check's output. Default empty.</summary>
    public string Output { get; init; } = "";
}

/// <summary>Consul's three words for health.</summary>
public enum InstanceHealth
{
    /// <summary>Well: gets traffic.</summary>
    Passing,

    /// <summary>Still serving, but something is wrong: gets traffic unless the caller asks for <c>passing</c> only.</summary>
    Warning,

    /// <summary>Not serving: left out of DNS and of <c>?passing</c>.</summary>
    Critical,
}
