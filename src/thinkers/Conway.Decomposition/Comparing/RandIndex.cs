namespace Conway.Decomposition.Comparing;

/// <summary>How far two partitions agree on which pairs of nodes are together.</summary>
public static class RandIndex
{
    /// <summary>The adjusted Rand index (Hubert and Arabie 1985): 1 for the same partition, 0 on average for chance; may fall below 0.</summary>
    /// <returns>1 when both are the same trivial partition, for which the formula is 0/0.</returns>
    public static double Adjusted(Partition a, Partition b)
    {
        var (together, inA, inB, all) = Pairs(a, b);
        var chance = all == 0 ? 0 : inA * inB / all;
        var best = (inA + inB) / 2;
        return best == chance ? 1 : (together - chance) / (best - chance);
    }

    /// <summary>Of the pairs that A puts together, how many B does too; and the other way; and the harmonic mean of both.</summary>
    /// <param name="a">The computed one.</param>
    /// <param name="b">The true one.</param>
    /// <returns>Shares from 0 to 1; precision is 1 when A puts nothing together, recall when B does not.</returns>
    public static (double Precision, double Recall, double F1) PairsFound(Partition a, Partition b)
    {
        var (together, inA, inB, _) = Pairs(a, b);
        var (precision, recall) = (inA == 0 ? 1 : together / inA, inB == 0 ? 1 : together / inB);
        return (precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }

    private static (double Together, double InA, double InB, double All) Pairs(Partition a, Partition b)
    {
        var table = new Overlap(a, b);
        return (table.Cells.Sum(c => Two(c.Shared)), table.A.Sum(Two), table.B.Sum(Two), Two(table.Nodes));

        static double Two(int n) => (double)n * (n - 1) / 2;
    }
}
