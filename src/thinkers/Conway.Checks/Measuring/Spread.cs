namespace Conway.Checks.Measuring;

/// <summary>How values are spread, and which of them stand out.</summary>
/// <remarks>Quartiles by linear interpolation between the closest ranks (Hyndman and Fan 1996, type 7); what lies more than one and a half times the
/// distance between them above the upper one stands out (Tukey 1977).</remarks>
internal sealed class Spread
{
    private readonly double[] _sorted;

    private Spread(double[] sorted) => _sorted = sorted;

    public static Spread Of(IEnumerable<double> values) => new([.. values.Order()]);

    public int Count => _sorted.Length;

    public double Median => Quantile(0.5);

    public double Mean => _sorted.Length == 0 ? 0 : _sorted.Average();

    /// <summary>Of a sample: divided by n - 1; 0 for fewer than two values.</summary>
    public double StandardDeviation =>
        _sorted.Length < 2 ? 0 : Math.Sqrt(_sorted.Sum(v => (v - Mean) * (v - Mean)) / (_sorted.Length - 1));

    /// <summary>What is larger stands out.</summary>
    public double UpperFence => Quantile(0.75) + (1.5 * (Quantile(0.75) - Quantile(0.25)));

    /// <summary>The value below which a share of all lies; 0 when there are none.</summary>
    public double Quantile(double share)
    {
        if (_sorted.Length == 0)
        {
            return 0;
        }

        var at = share * (_sorted.Length - 1);
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((at - below) * (_sorted[above] - _sorted[below]));
    }
}
