using System.Collections.Immutable;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Owning;
using Conway.Decomposition.Pricing;

namespace Conway.Decomposition.Proposals;

/// <summary>One way of cutting a codebase.</summary>
public sealed record Alternative
{
    /// <summary><c>coarse</c>, <c>medium</c>, <c>fine</c>, <c>data-first</c>, <c>team-first</c> or <c>monolith</c>.</summary>
    public required string Id { get; init; }

    /// <summary>In a few words, for people.</summary>
    public required string Title { get; init; }

    /// <summary>How it was found, in a sentence.</summary>
    public required string How { get; init; }

    /// <summary>The service of each unit, by id; ids of services are indexes into <see cref="Services"/>.</summary>
    public required Partition Cut { get; init; }

    /// <summary>In the order of the cut.</summary>
    public required ImmutableArray<ProposedService> Services { get; init; }

    /// <summary>One for each unit, by id.</summary>
    public required ImmutableArray<Placement> Placements { get; init; }

    /// <summary>What it costs, as shares.</summary>
    public required Price Price { get; init; }

    /// <summary>The price in one number: lower is better.</summary>
    public required double Total { get; init; }

    /// <summary>Measures of the literature, each named with its form. Reckoned when first asked for: on large systems that takes seconds.</summary>
    public ImmutableArray<SheetLine> Sheet => Measures.Value;

    internal Lazy<ImmutableArray<SheetLine>> Measures { get; init; } = new([]);

    /// <summary>What its boundaries part, by pair of services, dearest kind first.</summary>
    public required ImmutableArray<CostItem> Costs { get; init; }

    /// <summary>No other alternative is better in one part of the price and worse in none.</summary>
    public bool IsPareto { get; init; }

    /// <summary>Ids of units that another service claims almost as strongly, least sure first. Shared ones are not among them.</summary>
    public ImmutableArray<int> Contested { get; init; } = [];

    /// <summary>For each table of a service that use cases write, the service from whose use cases it is written most; by table.</summary>
    public ImmutableArray<TableOwner> Owners { get; init; } = [];
}

/// <summary>A service of an alternative.</summary>
public sealed record ProposedService
{
    /// <summary>The number of its cluster.</summary>
    public required int Id { get; init; }

    /// <summary>As the model wants it: <c>order-items</c>. Different for each service of an alternative.</summary>
    public required string Name { get; init; }

    /// <summary>The words it was named from, strongest first.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Ids of its units: domain, application, endpoints, persistence and contracts; shared ones are not among them.</summary>
    public ImmutableArray<int> Units { get; init; } = [];

    /// <summary>Ids of the tables it owns.</summary>
    public ImmutableArray<int> Tables { get; init; } = [];

    /// <summary>Ids of the entry points it answers.</summary>
    public ImmutableArray<int> EntryPoints { get; init; } = [];

    /// <summary>Lines of code of its units, without blanks and comments.</summary>
    public int CodeLines { get; init; }

    /// <summary>How much of what ties its units to anything ties them to each other: 0 to 1.</summary>
    public double Cohesion { get; init; }

    /// <summary>Weighted calls between its units and those of others, by the other's id.</summary>
    public ImmutableSortedDictionary<int, long> Ties { get; init; } = ImmutableSortedDictionary<int, long>.Empty;
}

/// <summary>A measure with its value.</summary>
/// <param name="Id">Stable: <c>sm-fse21</c>.</param>
/// <param name="Name">For people, with the form: <c>Structural modularity (FSE'21, clean)</c>.</param>
/// <param name="Value">Unit and range as the measure defines them.</param>
/// <param name="LowerIsBetter">Null when neither is.</param>
public sealed record SheetLine(string Id, string Name, double Value, bool? LowerIsBetter);
