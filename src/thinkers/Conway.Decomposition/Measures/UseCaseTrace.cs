using System.Collections.Immutable;

namespace Conway.Decomposition.Measures;

/// <summary>What one use case touches, as far as measures ask.</summary>
public sealed record UseCaseTrace
{
    /// <summary>How people call it: <c>POST /orders</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>How often it runs against the others, from traces; 1 when nothing is known.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The node at which it begins.</summary>
    public int Entry { get; init; } = Partition.None;

    /// <summary>The nodes it touches, each once.</summary>
    public ImmutableArray<int> Nodes { get; init; } = [];

    /// <summary>Synchronous calls on its way, as ordered pairs of nodes with the number of call sites.</summary>
    public ImmutableArray<CallVolume> Calls { get; init; } = [];

    /// <summary>Its reads and writes of stored nodes, in their order.</summary>
    public ImmutableArray<EntityAccess> Accesses { get; init; } = [];

    /// <summary>Whether it writes at all.</summary>
    public bool Writes => Accesses.Any(a => a.IsWrite);
}

/// <summary>A read or write of an entity or table.</summary>
/// <param name="Node">The node of what is stored.</param>
/// <param name="IsWrite">Written, else read.</param>
public readonly record struct EntityAccess(int Node, bool IsWrite);
