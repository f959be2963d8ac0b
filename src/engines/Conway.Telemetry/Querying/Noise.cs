using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Querying;

/// <summary>Tells a difference between two samples of requests from noise. Pure.</summary>
/// <remarks>
/// <para>Shares of errors: the interval for the difference of two shares by Newcombe's hybrid score method (R. G. Newcombe, Statistics in Medicine 17, 1998, method 11: corrected for continuity), at 99 %.</para>
/// <para>Percentiles: for each run the interval of order statistics that holds the true percentile with 95 % (H. A. David, Order Statistics, section 7.1), widened to the edges of the
/// histogram's buckets. Two such intervals that do not touch are apart by chance in fewer than one of a hundred comparisons.</para>
/// <para>Both take requests for independent, and they are not: slow and failed ones come together. How much they do is estimated from the slots of each run
/// (Pearson's dispersion, as of a quasi-binomial model), and the sample counts as that many times smaller. What two runs differ in beyond that, such as another load of the machine, is not noise to this, and is not told from a change of the service.</para>
/// </remarks>
internal static class Noise
{
    private const double Z95 = 1.959964;
    private const double Z99 = 2.575829;

    /// <summary>The difference of the shares of errors.</summary>
    public static Change Errors(RateRow run, RateRow other)
    {
        var (ours, theirs) = (Share(run.Errors, run.Count), Share(other.Errors, other.Count));
        var (mine, with) = (Wilson(ours, run.Count / Dispersion(run, static slot => slot.Errors)), Wilson(theirs, other.Count / Dispersion(other, static slot => slot.Errors)));
        var difference = ours - theirs;
        var low = difference - Math.Sqrt(Square(ours - mine.Low) + Square(with.High - theirs));
        var high = difference + Math.Sqrt(Square(mine.High - ours) + Square(theirs - with.Low));
        return new(difference, low, high, low > 0 ? Verdict.More : high < 0 ? Verdict.Less : Verdict.Noise);
    }

    /// <summary>The ratio of a percentile.</summary>
    /// <param name="run">The one.</param>
    /// <param name="other">What it is held against.</param>
    /// <param name="share">0.99 for the 99th.</param>
    public static Change Percentile(RateRow run, RateRow other, double share)
    {
        var (ours, theirs) = (run.Latency.Percentile(share).TotalMilliseconds, other.Latency.Percentile(share).TotalMilliseconds);
        var (mine, with) = (Interval(run, share), Interval(other, share));
        double? value = theirs > 0 ? ours / theirs : null;
        double? low = with.High is { } ceiling and > 0 ? mine.Low / ceiling : null;
        double? high = mine.High is { } top && with.Low > 0 ? top / with.Low : null;
        var verdict = low > 1 ? Verdict.More
            : high < 1 ? Verdict.Less
            : mine.High is null || with.High is null ? Verdict.TooFew
            : Verdict.Noise;
        return new(value, low, high, verdict);
    }

    /// <summary>Where a true percentile lies, in nanoseconds; unset above when the sample is too small.</summary>
    private static (double Low, double? High) Interval(RateRow row, double share)
    {
        var middle = row.Latency.BucketAt((long)Math.Ceiling(share * row.Count));
        var spread = Z95 * Math.Sqrt(Dispersion(row, slot => slot.Latency.CountAbove(middle)) * row.Count * share * (1 - share));
        var below = (long)Math.Floor((row.Count * share) - spread);
        var above = (long)Math.Ceiling((row.Count * share) + spread) + 1;
        return (below < 1 ? 0 : LatencyHistogram.LowerEdge(row.Latency.BucketAt(below)), above > row.Count ? null : row.Latency.UpperEdge(row.Latency.BucketAt(above)));
    }

    /// <summary>How many times more than by chance the requests of a kind come together, 1 at least: chi-square over its degrees of freedom.</summary>
    private static double Dispersion(RateRow row, Func<RateSlot, long> kind)
    {
        long all = 0, count = 0;
        foreach (var slot in row.Slots.Values)
        {
            all += slot.Latency.Count;
            count += kind(slot);
        }

        var share = Share(count, all);
        if (row.Slots.Count < 2 || share is 0 or 1)
        {
            return 1;
        }

        var square = 0.0;
        foreach (var slot in row.Slots.Values)
        {
            square += Square(kind(slot) - (slot.Latency.Count * share)) / (slot.Latency.Count * share * (1 - share));
        }

        return Math.Max(1, square / (row.Slots.Count - 1));
    }

    // With the correction for continuity, without which three failures of three would be told from none of three.
    private static (double Low, double High) Wilson(double share, double count)
    {
        var (n, square) = (Math.Max(1, count), Z99 * Z99);
        var whole = 2 * (n + square);
        var low = ((2 * n * share) + square - 1 - (Z99 * Math.Sqrt(Math.Max(0, square - 2 - (1 / n) + (4 * share * ((n * (1 - share)) + 1)))))) / whole;
        var high = ((2 * n * share) + square + 1 + (Z99 * Math.Sqrt(Math.Max(0, square + 2 - (1 / n) + (4 * share * ((n * (1 - share)) - 1)))))) / whole;
        return (share == 0 ? 0 : Math.Clamp(low, 0, share), share == 1 ? 1 : Math.Clamp(high, share, 1));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static double Square(double value) => value * value;
}
