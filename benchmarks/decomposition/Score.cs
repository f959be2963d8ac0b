using System.Globalization;
using Conway.Decomposition.Comparing;

namespace Conway.Decomposition.Bench;

/// <summary>How near a partition is to the truth, on the units whose module is known.</summary>
/// <param name="MoJoFm">0 to 100.</param>
/// <param name="Ari">Adjusted Rand index.</param>
/// <param name="Ami">Adjusted mutual information.</param>
/// <param name="Clusters">Clusters that have units with a module.</param>
/// <param name="Largest">The share of the largest of these.</param>
/// <param name="Coverage">The share of units with a module that are in a cluster; those in none count as clusters of their own.</param>
internal readonly record struct Score(double MoJoFm, double Ari, double Ami, int Clusters, double Largest, double Coverage)
{
    public static Score Of(Partition found, int[] truth)
    {
        var known = Enumerable.Range(0, truth.Length).Where(u => truth[u] >= 0).ToArray();
        var placed = known.Count(u => found[u] != Partition.None);
        var clusters = known.Where(u => found[u] != Partition.None).GroupBy(u => found[u]).ToArray();
        var alone = found.Count;
        var ours = Partition.Of([.. known.Select(u => found[u] == Partition.None ? alone++ : found[u])]);
        var true_ = Partition.Of([.. known.Select(u => truth[u])]);
        return new Score(
            MoJo.Fm(ours, true_),
            RandIndex.Adjusted(ours, true_),
            MutualInformation.Adjusted(ours, true_),
            clusters.Length,
            clusters.Select(c => (double)c.Count() / known.Length).DefaultIfEmpty(0).Max(),
            (double)placed / known.Length);
    }

    public static Score Mean(IReadOnlyCollection<Score> scores) => new(
        scores.Average(s => s.MoJoFm), scores.Average(s => s.Ari), scores.Average(s => s.Ami), (int)Math.Round(scores.Average(s => s.Clusters)), scores.Average(s => s.Largest), scores.Average(s => s.Coverage));

    /// <summary><c>87.0 .68 .71  K 9  largest .31  coverage .99</c></summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{MoJoFm,5:F1} {Ari,5:F2} {Ami,5:F2}  K {Clusters,3}  largest {Largest:F2}  coverage {Coverage:F2}");
}
