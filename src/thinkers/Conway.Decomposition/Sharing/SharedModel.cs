using System.Collections.Immutable;

namespace Conway.Decomposition.Sharing;

/// <summary>What the figures of <see cref="SharedFeatures"/> count for: a logistic model, fitted to systems whose modules are known.</summary>
/// <remarks><c>benchmarks/decomposition fit</c> fits it again, and tells how well it does on each system when that was left out.</remarks>
internal static class SharedModel
{
    /// <summary>Above this a unit is taken for shared, and out of the graph: odds of 9 to 2.</summary>
    public const double ScoreMin = 1.5;

    /// <summary>At this score a unit's ties count half.</summary>
    private const double Half = 1;

    /// <summary>One for each of <see cref="SharedFeatures.Names"/>.</summary>
    public static ImmutableArray<double> Weights { get; } =
        [-4.66, 1.14, -2.72, 3.30, 7.56, -0.07, 1.45, 0.50, 1.46, -0.42, -0.18, -0.30, 0.92, 1.84, -0.67, 0.02, 0.09, 0.90, -1.28, 1.53];

    /// <summary>The log odds of being shared.</summary>
    public static double Score(double[] figures, IReadOnlyList<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < figures.Length; i++)
        {
            sum += weights[i] * figures[i];
        }

        return sum;
    }

    /// <summary>What a tie of a unit counts for: 1 when it is surely one module's, 0 when it is taken for shared, and less the likelier it is.</summary>
    /// <remarks>A bound alone would let a little more or less of evidence turn whole graphs over; steps of a quarter let the many units that nobody doubts
    /// stay as they are. The curve is algebraic, since exponentials differ in the last bit between machines.</remarks>
    public static double Share(double score)
    {
        if (score >= ScoreMin)
        {
            return 0;
        }

        var beyond = (score - Half) / 2;
        return Math.Round(2 * (1 - (beyond / Math.Sqrt(1 + (beyond * beyond))))) / 4;
    }
}
