using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Linking;

namespace Conway.Decomposition.Proposals;

/// <summary>Where a unit goes in an alternative, and why.</summary>
public sealed record Placement
{
    /// <summary>The service; <see cref="Partition.None"/> when nothing ties the unit to any.</summary>
    public required int Service { get; init; }

    /// <summary>What becomes of a unit that no service alone should have.</summary>
    public SharedAs? Shared { get; init; }

    /// <summary>How much further its own service pulls it than the next does, over all pulls: 1 when no other does, below 0 when another pulls more.</summary>
    public double Margin { get; init; }

    /// <summary>Which services pull it, strongest first.</summary>
    public ImmutableArray<Pull> Pulls { get; init; } = [];

    /// <summary>The strongest facts for where it is, at most three.</summary>
    public ImmutableArray<Reason> Reasons { get; init; } = [];

    /// <summary>What the price of the whole would rise by if it moved to the next service; null when there is no next.</summary>
    public double? PriceIfMoved { get; init; }

    /// <summary>The line of the constraints file that decided it; 0 when none did.</summary>
    public int ConstraintLine { get; init; }
}

/// <summary>How strongly a service pulls a unit.</summary>
/// <param name="Service">The service.</param>
/// <param name="Share">Of all pulls: 0 to 1.</param>
/// <param name="Parts">The share by kind of evidence; they add up to <paramref name="Share"/>. Ordered by kind.</param>
public sealed record Pull(int Service, double Share, ImmutableArray<(EvidenceKind Kind, double Share)> Parts);

/// <summary>A fact in words.</summary>
/// <param name="Text"><c>calls StockService 4 times</c></param>
/// <param name="Other">The unit at the other end.</param>
/// <param name="Place">Where it stands; null for history.</param>
public sealed record Reason(string Text, int Other, CodePlace? Place);

/// <summary>What a unit is, whatever its service.</summary>
public enum UnitRole
{
    /// <summary>Business: entities, values, rules.</summary>
    Domain,

    /// <summary>What use cases are made of: services, handlers, jobs.</summary>
    Application,

    /// <summary>Takes requests from outside.</summary>
    Endpoint,

    /// <summary>Reads and writes stores.</summary>
    Persistence,

    /// <summary>Only carries data over a boundary.</summary>
    Contract,

    /// <summary>Without business: all use it, and it needs nothing of theirs.</summary>
    Technical,
}

/// <summary>What becomes of a unit that several services need.</summary>
public enum SharedAs
{
    /// <summary>Into a library of technical code that each service references.</summary>
    Library,

    /// <summary>Into a small library of business values that teams change together; kept small.</summary>
    Kernel,

    /// <summary>Stays with a service of the platform that others call: it has state, or talks to the outside.</summary>
    Platform,

    /// <summary>Each service gets a copy: it carries data or names values, and does nothing.</summary>
    Replicate,
}
