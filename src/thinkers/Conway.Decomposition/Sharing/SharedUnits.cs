using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Sharing;

/// <summary>Units that belong to no module because all modules use them: found first, since they would tie everything to everything.</summary>
public static class SharedUnits
{
    /// <summary>A verdict for each unit.</summary>
    /// <param name="useNames">Whether names of types may be looked at.</param>
    public static ImmutableArray<SharedVerdict> Of(Codebase code, UnitTable units, LinkTable links, bool useNames) =>
        Of(code, units, links, useNames, SharedModel.Weights);

    internal static ImmutableArray<SharedVerdict> Of(Codebase code, UnitTable units, LinkTable links, bool useNames, IReadOnlyList<double> model) =>
        [.. SharedFeatures.Of(code, units, links, useNames).Select(f => Judge(f, model))];

    private static SharedVerdict Judge(double[]? figures, IReadOnlyList<double> model)
    {
        if (figures is null)
        {
            return SharedVerdict.No;
        }

        var score = SharedModel.Score(figures, model);
        var reasons = Enumerable.Range(1, figures.Length - 1)
            .Select(i => (Name: SharedFeatures.Names[i], Part: model[i] * figures[i]))
            .Where(r => r.Part > 0.2)
            .OrderByDescending(r => r.Part)
            .Take(3)
            .Select(r => r.Name);
        return new SharedVerdict(score >= SharedModel.ScoreMin, score, [.. reasons]);
    }
}

/// <summary>Whether a unit is shared.</summary>
/// <param name="IsShared">Taken for shared.</param>
/// <param name="Score">The log odds; <see cref="double.NegativeInfinity"/> when there was too little to see.</param>
/// <param name="Reasons">What speaks most for it.</param>
public sealed record SharedVerdict(bool IsShared, double Score, ImmutableArray<string> Reasons)
{
    /// <summary>What a tie of the unit counts for, from 0 to 1.</summary>
    public double Share { get; } = double.IsNegativeInfinity(Score) ? 1 : SharedModel.Share(Score);

    internal static SharedVerdict No { get; } = new(false, double.NegativeInfinity, []);
}
