namespace Conway.CodeFacts.Traces;

/// <summary>How values are spread, in buckets of 2 %: as many as there are sizes, however many values.</summary>
internal sealed class Spread
{
    private static readonly double Step = Math.Log(1.02);

    private readonly SortedDictionary<int, long> _buckets = [];
    private long _count;

    /// <param name="value">From 0.</param>
    public void Add(double value)
    {
        var bucket = value <= 0.001 ? int.MinValue : (int)Math.Round(Math.Log(value) / Step);
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + 1;
        _count++;
    }

    /// <summary>What this share of the values does not exceed; 0 without values.</summary>
    public double At(double share)
    {
        var below = 0L;
        foreach (var (bucket, count) in _buckets)
        {
            below += count;
            if (below >= share * _count)
            {
                return bucket == int.MinValue ? 0 : Math.Exp(bucket * Step);
            }
        }

        return 0;
    }
}
