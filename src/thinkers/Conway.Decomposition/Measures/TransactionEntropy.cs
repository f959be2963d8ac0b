namespace Conway.Decomposition.Measures;

/// <summary>CARGO's measure of distributed transactions (Nitin and others 2022): how many services reach a table within transactions.</summary>
public static class TransactionEntropy
{
    /// <summary>The mean over tables of the entropy of the clusters of the classes that reach the table within a transaction. 0 when each table belongs to one
    /// service; lower is better. Tables that no placed class reaches are left out.</summary>
    /// <param name="reaches">For each table the nodes that reach it within a transaction.</param>
    public static double Of(Partition cut, IReadOnlyList<IReadOnlyCollection<int>> reaches)
    {
        var (sum, tables) = (0.0, 0);
        foreach (var reach in reaches)
        {
            var counts = reach.Select(n => cut[n]).Where(c => c != Partition.None).GroupBy(c => c).Select(g => g.Count()).ToList();
            sum += Entropy.Of(counts);
            tables += counts.Count > 0 ? 1 : 0;
        }

        return tables == 0 ? 0 : sum / tables;
    }
}
