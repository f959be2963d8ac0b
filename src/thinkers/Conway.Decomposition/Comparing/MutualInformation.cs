namespace Conway.Decomposition.Comparing;

/// <summary>How much one partition tells of another.</summary>
public static class MutualInformation
{
    /// <summary>Adjusted mutual information (Vinh, Epps, Bailey 2010), by the mean of both entropies: 1 for the same partition, 0 on average for chance.</summary>
    /// <returns>1 when both are the same trivial partition, for which the formula is 0/0.</returns>
    public static double Adjusted(Partition a, Partition b)
    {
        var table = new Overlap(a, b);
        var n = (double)table.Nodes;
        var shared = table.Cells.Sum(c => c.Shared / n * Math.Log(n * c.Shared / ((double)table.A[c.A] * table.B[c.B])));
        var chance = Expected(table);
        var mean = (Entropy(table.A, n) + Entropy(table.B, n)) / 2;
        if (a.Equals(b))
        {
            return 1;
        }

        // Where one is trivial, everything is 0 but for rounding.
        return Math.Abs(mean - chance) < 1e-12 ? 0 : (shared - chance) / (mean - chance);
    }

    private static double Entropy(int[] sizes, double n) => -sizes.Sum(s => s / n * Math.Log(s / n));

    /// <summary>The mean over all pairs of partitions with these sizes (the hypergeometric model).</summary>
    private static double Expected(Overlap table)
    {
        var n = table.Nodes;
        var logFactorial = new double[n + 1];
        for (var i = 2; i <= n; i++)
        {
            logFactorial[i] = logFactorial[i - 1] + Math.Log(i);
        }

        var sum = 0.0;
        foreach (var (a, countA) in table.A.GroupBy(s => s).Select(g => (g.Key, g.Count())))
        {
            foreach (var (b, countB) in table.B.GroupBy(s => s).Select(g => (g.Key, g.Count())))
            {
                for (var both = Math.Max(1, a + b - n); both <= Math.Min(a, b); both++)
                {
                    var chance = logFactorial[a] + logFactorial[b] + logFactorial[n - a] + logFactorial[n - b]
                        - logFactorial[n] - logFactorial[both] - logFactorial[a - both] - logFactorial[b - both] - logFactorial[n - a - b + both];
                    sum += countA * countB * ((double)both / n) * Math.Log((double)n * both / ((double)a * b)) * Math.Exp(chance);
                }
            }
        }

        return sum;
    }
}
