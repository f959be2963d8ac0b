using System.Collections.Immutable;
using Conway.Registry.Checks;

namespace Conway.Registry.World;

/// <summary>A machine in the catalog.</summary>
internal sealed record NodeRecord
{
    public required string Name { get; init; }
    public string Id { get; init; } = "";
    public required string Address { get; init; }
    public ImmutableSortedDictionary<string, string> TaggedAddresses { get; init; } = Maps.Empty;
    public ImmutableSortedDictionary<string, string> Meta { get; init; } = Maps.Empty;
    public ulong CreateIndex { get; init; }
    public ulong ModifyIndex { get; init; }

    public bool SameAs(NodeRecord other) =>
        Name == other.Name && Id == other.Id && Address == other.Address
        && TaggedAddresses.SequenceEqual(other.TaggedAddresses) && Meta.SequenceEqual(other.Meta);
}

/// <summary>Who said that a service instance exists, and so who may take it away.</summary>
internal enum Origin
{
    /// <summary>The node, by <see cref="RegistryEngine.Apply"/>. Cannot be changed over HTTP.</summary>
    Table,

    /// <summary>An application, by <c>/v1/agent/service/register</c>.</summary>
    Agent,

    /// <summary>Somebody else, by <c>/v1/catalog/register</c> or a transaction.</summary>
    Catalog,
}

/// <summary>A service instance on a node.</summary>
internal sealed record ServiceRecord
{
    public required string Node { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public ImmutableArray<string> Tags { get; init; } = [];
    public string Address { get; init; } = "";
    public int Port { get; init; }
    public ImmutableSortedDictionary<string, string> Meta { get; init; } = Maps.Empty;
    public ImmutableSortedDictionary<string, TaggedAddress> TaggedAddresses { get; init; } = Maps.NoAddresses;
    public int WeightPassing { get; init; } = 1;
    public int WeightWarning { get; init; } = 1;
    public bool EnableTagOverride { get; init; }
    public Origin Origin { get; init; } = Origin.Agent;
    public ulong CreateIndex { get; init; }
    public ulong ModifyIndex { get; init; }

    public bool SameAs(ServiceRecord other) =>
        Node == other.Node && Id == other.Id && Name == other.Name && Address == other.Address && Port == other.Port
        && WeightPassing == other.WeightPassing && WeightWarning == other.WeightWarning && EnableTagOverride == other.EnableTagOverride
        && Origin == other.Origin && Tags.SequenceEqual(other.Tags) && Meta.SequenceEqual(other.Meta)
        && TaggedAddresses.SequenceEqual(other.TaggedAddresses);
}

/// <summary>A further address of a service, such as <c>lan</c> or <c>wan</c>.</summary>
internal sealed record TaggedAddress(string Address, int Port);

/// <summary>One health check of a node or of a service instance, and what it says now.</summary>
internal sealed record CheckRecord
{
    public required string Node { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public InstanceHealth Status { get; init; } = InstanceHealth.Critical;
    public string Notes { get; init; } = "";
    public string Output { get; init; } = "";

    /// <summary>The instance it speaks of; empty when it speaks of the whole node.</summary>
    public string ServiceId { get; init; } = "";
    public string Type { get; init; } = "";

    /// <summary>How it is probed; null when somebody else sets its status.</summary>
    public CheckDefinition? Definition { get; init; }
    public ulong CreateIndex { get; init; }
    public ulong ModifyIndex { get; init; }

    public bool SameAs(CheckRecord other) =>
        Node == other.Node && Id == other.Id && Name == other.Name && Status == other.Status && Notes == other.Notes
        && Output == other.Output && ServiceId == other.ServiceId && Type == other.Type && Equals(Definition, other.Definition);
}

internal static class Maps
{
    public static ImmutableSortedDictionary<string, string> Empty { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, TaggedAddress> NoAddresses { get; } =
        ImmutableSortedDictionary.Create<string, TaggedAddress>(StringComparer.Ordinal);
}
