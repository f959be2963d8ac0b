using System.Collections.Immutable;

namespace Conway.Registry.World;

/// <summary>Who is where and how they are: an immutable picture, with the index of the last change beside every part that can be asked for.</summary>
internal sealed record Catalog
{
    public ImmutableSortedDictionary<string, NodeEntry> Nodes { get; init; } =
        ImmutableSortedDictionary.Create<string, NodeEntry>(StringComparer.OrdinalIgnoreCase);

    /// <summary>By service name, compared as Consul does: without regard to case.</summary>
    public ImmutableSortedDictionary<string, NameEntry> Names { get; init; } =
        ImmutableSortedDictionary.Create<string, NameEntry>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Last time a node came, went or changed.</summary>
    public ulong NodesIndex { get; init; }

    /// <summary>Last time the map of service names to tags changed.</summary>
    public ulong NamesIndex { get; init; }

    /// <summary>Last time any check changed.</summary>
    public ulong ChecksIndex { get; init; }

    /// <summary>Last time a service name lost its last instance: the index of every name that does not exist.</summary>
    public ulong ExtinctionIndex { get; init; }

    public int ServiceCount { get; init; }
    public int CheckCount { get; init; }

    /// <summary>Checks that follow another; kept apart so that a commit need not look for them.</summary>
    public ImmutableHashSet<CheckKey> Aliases { get; init; } = [];

    public NodeEntry? Node(string name) => Nodes.GetValueOrDefault(name);

    public ServiceEntry? Service(string node, string id) => Node(node)?.Services.GetValueOrDefault(id);

    public CheckRecord? Check(string node, string id)
    {
        if (Node(node) is not { } entry || !entry.CheckOwners.TryGetValue(id, out var owner)) return null;
        return owner.Length == 0 ? entry.Checks[id] : entry.Services[owner].Checks[id];
    }

    /// <summary>All instances under a name, with their nodes; none when the name is unknown.</summary>
    public IEnumerable<(NodeEntry Node, ServiceEntry Service)> InstancesOf(string name)
    {
        if (!Names.TryGetValue(name, out var entry)) yield break;
        foreach (var key in entry.Instances)
        {
            var node = Nodes[key.Node];
            yield return (node, node.Services[key.Id]);
        }
    }

    /// <summary>The index of everything that <see cref="InstancesOf"/> tells, node and checks included.</summary>
    public ulong IndexOf(string name)
    {
        if (!Names.TryGetValue(name, out var entry)) return ExtinctionIndex;
        var index = entry.Index;
        foreach (var node in entry.Instances.Select(key => key.Node).Distinct(StringComparer.OrdinalIgnoreCase))
            index = Math.Max(index, Nodes[node].OwnIndex);
        return index;
    }

    public IEnumerable<CheckRecord> AllChecks() =>
        Nodes.Values.SelectMany(node => node.Checks.Values.Concat(node.Services.Values.SelectMany(service => service.Checks.Values)));
}

/// <summary>A node with everything on it.</summary>
/// <param name="OwnIndex">Last change of the node's record or of a check of the whole node.</param>
/// <param name="Index">Last change of anything on it.</param>
internal sealed record NodeEntry(NodeRecord Record, ulong OwnIndex, ulong Index)
{
    public ImmutableSortedDictionary<string, ServiceEntry> Services { get; init; } =
        ImmutableSortedDictionary.Create<string, ServiceEntry>(StringComparer.Ordinal);

    /// <summary>Checks of the whole node.</summary>
    public ImmutableSortedDictionary<string, CheckRecord> Checks { get; init; } =
        ImmutableSortedDictionary.Create<string, CheckRecord>(StringComparer.Ordinal);

    /// <summary>Check ID to the service ID it belongs to, empty for the whole node: check IDs are unique per node.</summary>
    public ImmutableDictionary<string, string> CheckOwners { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>A service instance with its checks.</summary>
internal sealed record ServiceEntry(ServiceRecord Record)
{
    public ImmutableSortedDictionary<string, CheckRecord> Checks { get; init; } =
        ImmutableSortedDictionary.Create<string, CheckRecord>(StringComparer.Ordinal);
}

/// <summary>A service name: where its instances are, and when any of them last changed.</summary>
internal sealed record NameEntry(ImmutableSortedSet<InstanceKey> Instances, ulong Index)
{
    /// <summary>How many instances carry a tag, so that one more replica is known not to change the tags of the name.</summary>
    public ImmutableSortedDictionary<string, int> TagCounts { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
}

internal readonly record struct InstanceKey(string Node, string Id) : IComparable<InstanceKey>
{
    public int CompareTo(InstanceKey other)
    {
        var byNode = string.Compare(Node, other.Node, StringComparison.OrdinalIgnoreCase);
        return byNode != 0 ? byNode : string.CompareOrdinal(Id, other.Id);
    }
}

internal readonly record struct CheckKey(string Node, string Id);
