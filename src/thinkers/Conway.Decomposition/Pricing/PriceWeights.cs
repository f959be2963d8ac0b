namespace Conway.Decomposition.Pricing;

/// <summary>What each part of a <see cref="Price"/> counts for. A person may change them; nothing else decides between cuts.</summary>
/// <remarks>Every part is a share from 0 to 1, so that a weight of 2 means: twice as bad as a share of the same height with a weight of 1.</remarks>
public sealed record PriceWeights
{
    /// <summary>The weights used unless somebody says otherwise.</summary>
    public static PriceWeights Default { get; } = new();

    /// <summary>For writing use cases that write the data of two services. Default 1.</summary>
    public double DistributedTransactions { get; init; } = 1;

    /// <summary>For tables that two services write. Default 1.</summary>
    public double SharedTables { get; init; } = 1;

    /// <summary>For calls of use cases that go from one service to another. Default 1.</summary>
    public double SynchronousCalls { get; init; } = 1;

    /// <summary>For foreign keys and navigations that are parted. Default 0.5.</summary>
    public double ForeignKeys { get; init; } = 0.5;

    /// <summary>For queries whose tables are parted. Default 0.5.</summary>
    public double Joins { get; init; } = 0.5;

    /// <summary>For services that are much larger or smaller than others. Default 0.25.</summary>
    public double Size { get; init; } = 0.25;

    /// <summary>For services in which two teams have types. Default 0.5; counts only where teams are known.</summary>
    public double Team { get; init; } = 0.5;

    /// <summary>For what holds services together within, taken off the price. Default 1.</summary>
    public double Modularity { get; init; } = 1;
}
