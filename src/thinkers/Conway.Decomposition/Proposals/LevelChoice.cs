using System.Collections.Immutable;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Proposals;

/// <summary>Chooses three cuts out of all numbers of services: nobody is shown one number only.</summary>
internal static class LevelChoice
{
    private const double Fewer = 0.65;
    private const double More = 1.5;

    /// <summary>How much more clusters from below must be worth before they go before parts from the top.</summary>
    /// <remarks>Parts from the top are nearer to modules that people made, except where code hardly comes apart: then only tiny parts leave one after the other.</remarks>
    private const double BelowBetterBy = 0.15;

    /// <summary>The same where both cuts are as fine as each other: worth then weighs how well units are placed, and not how many services there are.</summary>
    private const double BelowAsFineBetterBy = 0.1;

    /// <summary>How far entropies of sizes may be apart in cuts that are as fine as each other: about a fifth of the services.</summary>
    private const double AsFine = 0.2;

    /// <summary>The one that is worth most, and one with clearly fewer and clearly more services, where there are such.</summary>
    /// <param name="top">Levels taken apart from the top.</param>
    /// <param name="below">Levels put together from below.</param>
    /// <param name="services">How many services there may be.</param>
    public static (Level? Coarse, Level? Medium, Level? Fine) Of(ImmutableArray<Level> top, ImmutableArray<Level> below, Bounds services)
    {
        var preferred = IsBelowBetter(Level.Best(top, Bounds.Any), Level.Best(below, Bounds.Any)) ? below : top;
        var levels = preferred.Any(l => services.Holds(l.Cut.Count)) ? preferred : [.. top, .. below];
        var medium = Level.Best(levels, services);
        return medium is null ? default : (
            Level.Best(levels.Where(l => l.Cut.Count <= Fewer * medium.Cut.Count && l.Cut.Count >= services.Least), services),
            medium,
            Level.Best(levels.Where(l => l.Cut.Count >= More * medium.Cut.Count && l.Cut.Count <= services.Most), services));
    }

    private static bool IsBelowBetter(Level? top, Level? below) =>
        below is not null && (top is null || below.Worth > top.Worth + (Math.Abs(Fineness(top.Cut) - Fineness(below.Cut)) <= AsFine ? BelowAsFineBetterBy : BelowBetterBy));

    /// <summary>The entropy of sizes: the logarithm of how many services there are, were they of one size.</summary>
    private static double Fineness(Partition cut)
    {
        var entropy = 0.0;
        foreach (var size in cut.Sizes)
        {
            var share = (double)size / cut.Placed;
            entropy -= share * ExactLog.Ln(share);
        }

        return entropy;
    }
}
