using System.Collections.Immutable;

namespace Conway.Decomposition.Sharing;

/// <summary>What the figures of <see cref="SharedFeatures"/> count for: a logistic model, fitted to systems whose modules are known.</summary>
/// <remarks><c>benchmarks/decomposition fit</c> fits it again, and tells how well it does on each system when that was left out.</remarks>
internal static class SharedModel
{
    /// <summary>Above this a unit is taken for shared: odds of 3 to 7. Whoever is taken wrongly is given back to those whom it is used by.</summary>
    public const double ScoreMin = -0.8473;

    /// <summary>One for each of <see cref="SharedFeatures.Names"/>.</summary>
    public static ImmutableArray<double> Weights { get; } =
        [-4.34, 0.52, -3.29, 3.91, 7.89, -0.18, 1.77, 0.40, 1.44, 0.46, -0.62, -0.26, 0, 0, 0, 0, 0, -4.03, 0.68, -1.51, 1.04];

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
}
