namespace Conway.Decomposition.Pricing;

/// <summary>What a cut costs, in parts that add up.</summary>
/// <remarks>All parts are shares: 0 is the least. See <see cref="PriceWeights"/> for what each counts for.</remarks>
public readonly record struct Price
{
    /// <summary>DTX: the share of writing use cases that write the data of two services or more.</summary>
    public required double DistributedTransactions { get; init; }

    /// <summary>ST: the share of written tables that two services or more write.</summary>
    public required double SharedTables { get; init; }

    /// <summary>SYNC: the share of the use cases' calls that go from one service to another.</summary>
    public required double SynchronousCalls { get; init; }

    /// <summary>FKX: the share of foreign keys and navigations that are parted.</summary>
    public required double ForeignKeys { get; init; }

    /// <summary>JOINX: the share of joining queries whose tables are parted.</summary>
    public required double Joins { get; init; }

    /// <summary>How uneven services are: Σ (share of units)² less what K equal services would have.</summary>
    public required double Size { get; init; }

    /// <summary>The share of units with a team that are in a service where another team has more.</summary>
    public required double Team { get; init; }

    /// <summary>How much more weight lies within services than chance would put there. At most 1; not a share, may be below 0.</summary>
    public required double Modularity { get; init; }

    /// <summary>The sum, weighted: lower is better.</summary>
    public double Total(PriceWeights weights) =>
        (weights.DistributedTransactions * DistributedTransactions)
        + (weights.SharedTables * SharedTables)
        + (weights.SynchronousCalls * SynchronousCalls)
        + (weights.ForeignKeys * ForeignKeys)
        + (weights.Joins * Joins)
        + (weights.Size * Size)
        + (weights.Team * Team)
        - (weights.Modularity * Modularity);
}
