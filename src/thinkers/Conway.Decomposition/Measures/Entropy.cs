namespace Conway.Decomposition.Measures;

/// <summary>The entropy of counts, in nats.</summary>
internal static class Entropy
{
    /// <summary>-Σ p ln p; 0 when there is nothing, or only one kind of thing.</summary>
    public static double Of(IReadOnlyCollection<int> counts)
    {
        var all = (double)counts.Sum();
        return all == 0 ? 0 : 0.0 - counts.Where(c => c > 0).Sum(c => c / all * Math.Log(c / all));
    }
}
