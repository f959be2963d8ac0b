using System.Collections.Immutable;

namespace Conway.CodeFacts;

/// <summary>What one entry point sets going: everything that can be reached from it by calls, through the container and through requests and events in the process.</summary>
/// <remarks>A static estimate. Every branch counts as taken; a call of an interface goes to what is registered for it, or else to its implementations;
/// messages of a bus are not followed, since they are handled later.</remarks>
public sealed record UseCase
{
    /// <summary>Index into <see cref="Codebase.UseCases"/>; in the order of entry points.</summary>
    public required int Id { get; init; }

    /// <summary>Id of the entry point.</summary>
    public required int EntryPoint { get; init; }

    /// <summary>Ids of the members reached, the handler of the entry point first, ascending after it.</summary>
    public required ImmutableArray<int> Members { get; init; }

    /// <summary>Ids of the types whose members are reached, ascending.</summary>
    public required ImmutableArray<int> Types { get; init; }

    /// <summary>Reads and writes in the order in which a walk through the bodies meets them. The same access follows itself only once.</summary>
    public required ImmutableArray<UseCaseAccess> Accesses { get; init; }

    /// <summary>Ids of types of messages that are given to a bus or published, ascending.</summary>
    public ImmutableArray<int> Publishes { get; init; } = [];

    /// <summary>How many saves, scopes and units of work are met; 0 for a use case that only reads.</summary>
    public int Transactions { get; init; }

    /// <summary>The walk was stopped by a bound on depth or size: more may be reached.</summary>
    public bool IsCut { get; init; }
}

/// <summary>A read or write within a use case.</summary>
/// <param name="Table">Id of the table.</param>
/// <param name="Entity">Id of the entity, or <see cref="Codebase.None"/>.</param>
/// <param name="Mode">Read or write.</param>
/// <param name="Place">Where.</param>
/// <param name="Depth">Calls between the entry point and the member that does it.</param>
/// <param name="IsInferred">The access itself, or a step of the way to it, was inferred.</param>
public readonly record struct UseCaseAccess(int Table, int Entity, AccessMode Mode, CodePlace Place, int Depth, bool IsInferred);
