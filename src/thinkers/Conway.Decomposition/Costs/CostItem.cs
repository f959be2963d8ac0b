using System.Collections.Immutable;
using Conway.CodeFacts;

namespace Conway.Decomposition.Costs;

/// <summary>One thing that a boundary parts.</summary>
/// <param name="Kind">What is parted.</param>
/// <param name="From">The service that depends: the caller, the holder of the key, the first writer.</param>
/// <param name="To">The service depended upon.</param>
/// <param name="Count">How many places do so.</param>
/// <param name="What">Who and whom, as people write it: <c>OrderService.Place -> StockService.Reserve</c>.</param>
/// <param name="Instead">What it becomes.</param>
/// <param name="Places">Where it stands; at most <see cref="PlacesMax"/>, in order of reading.</param>
public sealed record CostItem(CostKind Kind, int From, int To, int Count, string What, string Instead, ImmutableArray<CodePlace> Places)
{
    /// <summary>Most places that are kept; <see cref="Count"/> tells how many there are.</summary>
    public const int PlacesMax = 10;
}

/// <summary>What a boundary can part, dearest first.</summary>
public enum CostKind
{
    /// <summary>One use case writes in both services.</summary>
    Transaction,

    /// <summary>Both services write the same table.</summary>
    SharedTable,

    /// <summary>One service calls the other in a loop.</summary>
    CallInLoop,

    /// <summary>One service calls the other and waits.</summary>
    Call,

    /// <summary>A query joins tables of both.</summary>
    Join,

    /// <summary>A foreign key or navigation leads from one to the other.</summary>
    ForeignKey,

    /// <summary>One service reads a table of the other.</summary>
    ForeignRead,

    /// <summary>A type of one derives from a type of the other.</summary>
    Inheritance,

    /// <summary>A type that only carries data is used on both sides.</summary>
    SharedContract,

    /// <summary>One service publishes what the other handles: the cheap way across.</summary>
    Event,
}
