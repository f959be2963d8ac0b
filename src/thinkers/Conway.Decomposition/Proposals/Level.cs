using System.Collections.Immutable;
using Conway.Decomposition.Clustering;
using Conway.Decomposition.Constraining;

namespace Conway.Decomposition.Proposals;

/// <summary>A cut into some number of services, and what it is worth beside cuts into other numbers.</summary>
/// <param name="Cut">The cut.</param>
/// <param name="Worth">What speaks for this number of services. See <see cref="LevelWorth"/>.</param>
internal sealed record Level(Partition Cut, double Worth)
{
    /// <summary>How much finer each level is cut than the one before.</summary>
    private const double Step = 1.17;

    private const double First = 0.01;
    private const int Count = 26;

    /// <summary>Clusters with fewer units are taken up by others.</summary>
    private const int ServiceMin = 3;

    private static readonly double[] Resolutions = [0.15, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2];

    /// <summary>What the code comes apart into, taken apart from the top. From few services to many, each number once, at its best.</summary>
    public static ImmutableArray<Level> FromTop(Cutter cutter, CancellationToken cancellation) =>
        All(cutter, Conductances().Select(cutter.Cut), cancellation);

    /// <summary>What holds together, put together from below.</summary>
    public static ImmutableArray<Level> FromBelow(Cutter cutter, CancellationToken cancellation) => All(
        cutter,
        Resolutions.Select(r => Consensus.Of(cutter.Own, r)).Select(c => cutter.Home(Partition.Of([.. c.Labels.ToArray().Select(l => c.Sizes[l] < ServiceMin ? Partition.None : l)]))),
        cancellation);

    private static IEnumerable<double> Conductances()
    {
        var conductance = First;
        for (var i = 0; i < Count; i++, conductance *= Step)
        {
            yield return conductance;
        }
    }

    private static ImmutableArray<Level> All(Cutter cutter, IEnumerable<Partition> cuts, CancellationToken cancellation)
    {
        var ladder = new List<Partition>();
        foreach (var cut in cuts)
        {
            cancellation.ThrowIfCancellationRequested();
            if (cut.Count > 0)
            {
                ladder.Add(cut);
            }
        }

        var worth = new LevelWorth(cutter.Own, ladder);
        return [.. ladder.Distinct().Select(c => new Level(c, worth.Of(c))).GroupBy(l => l.Cut.Count).OrderBy(g => g.Key).Select(g => g.MaxBy(l => l.Worth)!)];
    }

    /// <summary>The one that is worth most, those within bounds before others, else the one that misses them least.</summary>
    public static Level? Best(IEnumerable<Level> levels, Bounds services) =>
        levels.OrderBy(l => Missing(l.Cut.Count, services)).ThenByDescending(l => l.Worth).ThenBy(l => l.Cut.Count).FirstOrDefault();

    private static int Missing(int count, Bounds bounds) => count < bounds.Least ? bounds.Least - count : count > bounds.Most ? count - bounds.Most : 0;
}
