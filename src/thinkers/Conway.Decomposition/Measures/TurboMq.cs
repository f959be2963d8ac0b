namespace Conway.Decomposition.Measures;

/// <summary>TurboMQ (Mitchell and Mancoridis 2002): Σ over clusters of 2μ/(2μ + ε). Higher is better, but it grows with K: compare only cuts of the same K.</summary>
public static class TurboMq
{
    /// <summary>ε counts the ordered pairs that leave a cluster.</summary>
    public static double Leaving(Partition cut, IReadOnlyList<CallVolume> calls)
    {
        var counts = new CallCounts(cut, calls);
        return Sum(counts.InsideOrdered, counts.Leaving);
    }

    /// <summary>As Bunch reckons: ε counts the ordered pairs that leave a cluster and those that enter it.</summary>
    public static double LeavingAndEntering(Partition cut, IReadOnlyList<CallVolume> calls)
    {
        var counts = new CallCounts(cut, calls);
        return Sum(counts.InsideOrdered, [.. counts.Leaving.Zip(counts.Entering, (leaves, enters) => leaves + enters)]);
    }

    private static double Sum(int[] inside, int[] outside)
    {
        var sum = 0.0;
        for (var cluster = 0; cluster < inside.Length; cluster++)
        {
            sum += inside[cluster] == 0 ? 0 : 2.0 * inside[cluster] / ((2.0 * inside[cluster]) + outside[cluster]);
        }

        return sum;
    }
}
