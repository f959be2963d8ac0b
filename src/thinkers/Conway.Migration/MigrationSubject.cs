using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.CodeFacts.Traces;
using Conway.GitFacts;

namespace Conway.Migration;

/// <summary>A codebase with one cut of it: all that a plan is made from.</summary>
public sealed record MigrationSubject
{
    /// <summary>The service of what no service has alone.</summary>
    public const int None = -1;

    /// <summary>The facts.</summary>
    public required Codebase Code { get; init; }

    /// <summary>The name of the cut: <c>medium</c>.</summary>
    public required string Cut { get; init; }

    /// <summary>Services; ids are indexes into it.</summary>
    public required ImmutableArray<CutService> Services { get; init; }

    /// <summary>The service of each type, by the type's id; <see cref="None"/> for what is shared or tied to nothing.</summary>
    public required ImmutableArray<int> ServiceOfType { get; init; }

    /// <summary>The service of each table, by the table's id; <see cref="None"/> likewise.</summary>
    public required ImmutableArray<int> ServiceOfTable { get; init; }

    /// <summary>Tables whose rows each service should have a copy of, by id.</summary>
    public ImmutableHashSet<int> Replicated { get; init; } = [];

    /// <summary>Use cases that write in several services.</summary>
    public ImmutableArray<PartedTransaction> Transactions { get; init; } = [];

    /// <summary>What git tells; null when it was not asked.</summary>
    public GitHistory? History { get; init; }

    /// <summary>What traces tell; null without them.</summary>
    public SeenTraffic? Traffic { get; init; }

    /// <summary>How people call a service; <c>monolith</c> for <see cref="None"/>.</summary>
    public string NameOf(int service) => service == None ? "monolith" : Services[service].Name;
}

/// <summary>A service of the cut.</summary>
public sealed record CutService
{
    /// <summary>As the model wants it: <c>order-items</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Lines of its units, without blanks and comments.</summary>
    public int CodeLines { get; init; }

    /// <summary>Units that another service claims almost as strongly.</summary>
    public int Contested { get; init; }

    /// <summary>How many teams of the constraints have types in it; null when none says anything of teams.</summary>
    public int? Teams { get; init; }
}

/// <summary>A use case that writes in several services in one transaction.</summary>
/// <param name="EntryPoint">Its id.</param>
/// <param name="Steps">In the order of its writes; at least two, in at least two services.</param>
public sealed record PartedTransaction(int EntryPoint, ImmutableArray<PartedStep> Steps);

/// <summary>A run of writes in one service.</summary>
/// <param name="Service">Whose.</param>
/// <param name="Member">The member that writes first; null when that is not known.</param>
/// <param name="Tables">What it writes.</param>
public sealed record PartedStep(int Service, string? Member, ImmutableArray<string> Tables);
