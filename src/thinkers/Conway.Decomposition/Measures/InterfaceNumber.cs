namespace Conway.Decomposition.Measures;

/// <summary>IFN: how much of itself a service shows to others, on average. Lower is better. Four forms are in use.</summary>
public static class InterfaceNumber
{
    /// <summary>As the code of Mono2Micro reckons: pairs of classes, caller and callee, that a boundary parts, over K.</summary>
    public static double CrossPairs(Partition cut, IReadOnlyList<CallVolume> calls) => PerCluster(cut, new CallCounts(cut, calls).CrossOrdered);

    /// <summary>As CHGNN reckons: Σ over classes of their neighbours in other clusters, over 2K.</summary>
    public static double Neighbours(Partition cut, IReadOnlyList<CallVolume> calls) => PerCluster(cut, new CallCounts(cut, calls).CrossUnordered);

    /// <summary>As RLDec reckons: classes called from another cluster, over K.</summary>
    public static double ClassesCalled(Partition cut, IReadOnlyList<CallVolume> calls)
    {
        var called = new HashSet<int>();
        foreach (var (from, to, _) in calls)
        {
            if (cut[from] != Partition.None && cut[to] != Partition.None && cut[from] != cut[to])
            {
                called.Add(to);
            }
        }

        return PerCluster(cut, called.Count);
    }

    /// <summary>As FoSCI has it: operations that a service publishes, on average.</summary>
    /// <param name="operations">The published operations, each with the node that has it.</param>
    public static double Operations(Partition cut, IReadOnlyList<ServiceOperation> operations) =>
        PerCluster(cut, operations.Count(o => cut[o.Node] != Partition.None));

    private static double PerCluster(Partition cut, int count) => cut.Count == 0 ? 0 : (double)count / cut.Count;
}
