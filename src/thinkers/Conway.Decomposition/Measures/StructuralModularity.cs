namespace Conway.Decomposition.Measures;

/// <summary>SM: how densely clusters call within, less how densely they call each other. Higher is better. Four forms are in use.</summary>
/// <remarks>All are (1/K) Σ cohesion(cᵢ) - mean over pairs of clusters of coupling(cᵢ, cⱼ). With one cluster there is no coupling.</remarks>
public static class StructuralModularity
{
    /// <summary>As the paper on Mono2Micro has it (after Jin and others 2018): μᵢ/|cᵢ|², σᵢⱼ/(2|cᵢ||cⱼ|), pairs without direction, no class with itself.</summary>
    public static double Clean(Partition cut, IReadOnlyList<CallVolume> calls) => Of(cut, calls, c => c.InsidePairs, 1, 0.5);

    /// <summary>As the code released with Mono2Micro reckons: a class that calls itself counts as cohesion, and the coupling is doubled.</summary>
    public static double Released(Partition cut, IReadOnlyList<CallVolume> calls) =>
        Of(cut, calls, c => [.. c.InsidePairs.Zip(c.SelfCalls, (pairs, selves) => pairs + selves)], 1, 1);

    /// <summary>As CHGNN reckons: 2μᵢ/|cᵢ|², about twice the cohesion.</summary>
    public static double DoubleCohesion(Partition cut, IReadOnlyList<CallVolume> calls) => Of(cut, calls, c => c.InsidePairs, 2, 0.5);

    /// <summary>As RLDec reckons: pairs with direction, and no ½ in the coupling.</summary>
    public static double Directed(Partition cut, IReadOnlyList<CallVolume> calls)
    {
        var counts = new CallCounts(cut, calls);
        var coupling = 0.0;
        foreach (var (from, to, _) in calls)
        {
            var (a, b) = (cut[from], cut[to]);
            coupling += a != Partition.None && b != Partition.None && a != b ? 1 / ((double)cut.Sizes[a] * cut.Sizes[b]) : 0;
        }

        return Cohesion(cut, counts.InsideOrdered, 1) - PerPair(cut, coupling);
    }

    private static double Of(Partition cut, IReadOnlyList<CallVolume> calls, Func<CallCounts, int[]> inside, double cohesion, double coupling)
    {
        var counts = new CallCounts(cut, calls);
        var between = counts.Between.Sum(p => coupling * p.Pairs / ((double)cut.Sizes[p.A] * cut.Sizes[p.B]));
        return Cohesion(cut, inside(counts), cohesion) - PerPair(cut, between);
    }

    private static double Cohesion(Partition cut, int[] inside, double factor)
    {
        var sum = 0.0;
        for (var cluster = 0; cluster < cut.Count; cluster++)
        {
            sum += factor * inside[cluster] / ((double)cut.Sizes[cluster] * cut.Sizes[cluster]);
        }

        return cut.Count == 0 ? 0 : sum / cut.Count;
    }

    private static double PerPair(Partition cut, double sum) => cut.Count < 2 ? 0 : sum / (cut.Count * (cut.Count - 1) / 2.0);
}
