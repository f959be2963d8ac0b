using Conway.CodeFacts;
using Conway.Decomposition.Costs;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Proposals;

namespace Conway.Console.Api;

/// <summary>A place in the source.</summary>
/// <param name="File">Relative to the folder that was read.</param>
/// <param name="Line">From 1.</param>
public sealed record CodeLine(string File, int Line);

/// <summary>Where work comes in.</summary>
public sealed record BoardEntryPoint(EntryPointKind Kind, string Name, CodeLine Place);

/// <summary>A service of a cut.</summary>
/// <param name="Cohesion">How much of what ties its types to anything ties them to each other: 0 to 1.</param>
public sealed record BoardService(string Name, int CodeLines, double Cohesion, IReadOnlyList<string> Tables, IReadOnlyList<BoardEntryPoint> EntryPoints);

/// <summary>What moves as one: a type with everything nested in it, or a table that no type stands for.</summary>
/// <param name="Kind"><c>class</c>, <c>record</c>, <c>interface</c>, …, <c>table</c>.</param>
/// <param name="Service">Where it is, for a shared one the service that is nearest to it; null when nothing ties it to any.</param>
/// <param name="Shared">What becomes of it when no service alone should have it.</param>
/// <param name="Margin">How much further its own service pulls it than the next does.</param>
/// <param name="Pull">How strongly its own service pulls it, of all pulls.</param>
/// <param name="Rival">The service that pulls it most, but for its own.</param>
/// <param name="RivalPull">How strongly that one does; 0 when there is none.</param>
/// <param name="ConstraintLine">The line of the constraints that decided it.</param>
public sealed record BoardUnit(
    int Id, string Name, string FullName, string Kind, UnitRole Role, string? Service, SharedAs? Shared, double Margin, double Pull, string? Rival, double RivalPull, int CodeLines, int? ConstraintLine);

/// <summary>How many of one kind a boundary parts.</summary>
public sealed record BoundaryCount(CostKind Kind, int Count);

/// <summary>What is between two services, dearest kind first.</summary>
public sealed record BoardBoundary(string A, string B, IReadOnlyList<BoundaryCount> Counts);

/// <summary>One cut, whole.</summary>
/// <param name="Units">All of them, in the order of their ids.</param>
/// <param name="Contested">Ids of units that another service claims almost as strongly, least sure first.</param>
/// <param name="Boundaries">Dearest first.</param>
public sealed record DecompositionBoard(
    int Revision, string Id, IReadOnlyList<BoardService> Services, IReadOnlyList<BoardUnit> Units, IReadOnlyList<int> Contested, IReadOnlyList<BoardBoundary> Boundaries);

/// <summary>A part of a pull by its kind of evidence.</summary>
public sealed record PullPart(EvidenceKind Kind, double Share);

/// <summary>How strongly a service pulls a unit, of all pulls.</summary>
public sealed record UnitPull(string Service, double Share, IReadOnlyList<PullPart> Parts);

/// <summary>A fact in words.</summary>
/// <param name="Other">Id of the unit at the other end.</param>
/// <param name="Place">Null for history.</param>
public sealed record UnitReason(string Text, int Other, CodeLine? Place);

/// <summary>What a move would make of the price.</summary>
/// <param name="Total">The price of the whole afterwards.</param>
/// <param name="Change">Above 0 it becomes dearer.</param>
/// <param name="Price">Its parts afterwards.</param>
public sealed record UnitMove(string Service, double Total, double Change, IReadOnlyList<DecompositionPricePart> Price);

/// <summary>Why a unit is where it is, and what each move of it would cost.</summary>
/// <param name="Nested">Full names of the types in it.</param>
/// <param name="Pulls">Strongest first.</param>
/// <param name="Reasons">The strongest facts, at most three.</param>
/// <param name="Total">The price of the whole as it is.</param>
/// <param name="Price">Its parts.</param>
/// <param name="Moves">One for each service that it is not in, cheapest first. None where there is one service only.</param>
public sealed record DecompositionUnit(
    int Revision, BoardUnit Unit, CodeLine Place, IReadOnlyList<string> Nested, IReadOnlyList<string> Tables, IReadOnlyList<UnitPull> Pulls, IReadOnlyList<UnitReason> Reasons,
    double Total, IReadOnlyList<DecompositionPricePart> Price, IReadOnlyList<UnitMove> Moves);

/// <summary>One thing that a boundary parts.</summary>
/// <param name="From">The service that depends.</param>
/// <param name="To">The service depended upon.</param>
/// <param name="Count">In how many places.</param>
/// <param name="What">Who and whom.</param>
/// <param name="Instead">What it becomes.</param>
/// <param name="Places">Where it stands, at most ten.</param>
public sealed record BoundaryCost(CostKind Kind, string From, string To, int Count, string What, string Instead, IReadOnlyList<CodeLine> Places);

/// <summary>Everything between two services, dearest kind first.</summary>
public sealed record DecompositionBoundary(string A, string B, IReadOnlyList<BoundaryCost> Costs);
