namespace Conway.Decomposition.Clustering;

/// <summary>What a person or a caller may choose about <see cref="Leiden"/>.</summary>
public sealed record LeidenOptions
{
    /// <summary>How much a cluster must hold together against chance: low gives few large clusters, high gives many small ones.</summary>
    /// <value>Default 1, plain modularity (Newman and Girvan 2004; with a factor Reichardt and Bornholdt 2006). Above 0.</value>
    public double Resolution { get; init; } = 1;

    /// <summary>Decides the order in which nodes are looked at.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where to begin; every node alone when unset.</summary>
    public Partition? Start { get; init; }

    /// <summary>How often the whole is run again from its own result, at most; it ends before when nothing changes.</summary>
    /// <value>Default 4.</value>
    public int RoundsMax { get; init; } = 4;
}
