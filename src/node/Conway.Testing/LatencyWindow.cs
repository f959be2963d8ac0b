namespace Conway.Testing;

/// <summary>How long the last walks took. Bounded: the last 1,024 are kept. One owner.</summary>
internal sealed class LatencyWindow
{
    private const int Size = 1024;

    private readonly TimeSpan[] _taken = new TimeSpan[Size];
    private long _count;

    public void Add(TimeSpan taken) => _taken[_count++ % Size] = taken;

    /// <summary>The time within which these shares of the walks ended (nearest rank); null when there were none.</summary>
    /// <param name="shares">0 to 1.</param>
    public TimeSpan?[] Quantiles(params ReadOnlySpan<double> shares)
    {
        var kept = (int)Math.Min(_count, Size);
        var sorted = _taken.AsSpan(0, kept).ToArray();
        Array.Sort(sorted);
        var quantiles = new TimeSpan?[shares.Length];
        for (var i = 0; i < shares.Length && kept > 0; i++)
        {
            quantiles[i] = sorted[Math.Clamp((int)Math.Ceiling(shares[i] * kept) - 1, 0, kept - 1)];
        }

        return quantiles;
    }
}
