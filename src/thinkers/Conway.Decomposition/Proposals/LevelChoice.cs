using System.Collections.Immutable;
using Conway.Decomposition.Constraining;

namespace Conway.Decomposition.Proposals;

/// <summary>Chooses three cuts out of all numbers of services: nobody is shown one number only.</summary>
internal static class LevelChoice
{
    private const double Fewer = 0.65;
    private const double More = 1.5;

    /// <summary>The one that is worth most, and one with clearly fewer and clearly more services, where there are such.</summary>
    public static (Level? Coarse, Level? Medium, Level? Fine) Of(ImmutableArray<Level> levels, Bounds services)
    {
        var medium = Level.Best(levels, services);
        return medium is null ? default : (
            Level.Best(levels.Where(l => l.Cut.Count <= Fewer * medium.Cut.Count && l.Cut.Count >= services.Least), services),
            medium,
            Level.Best(levels.Where(l => l.Cut.Count >= More * medium.Cut.Count && l.Cut.Count <= services.Most), services));
    }
}
