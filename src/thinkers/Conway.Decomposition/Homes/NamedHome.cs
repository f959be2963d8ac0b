using Conway.Decomposition.Graphs;
using Conway.Decomposition.Naming;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Homes;

/// <summary>Gives units that nothing ties to any cluster to the one that speaks of the same things.</summary>
/// <remarks>Names are weaker than ties: they are only asked where nothing else answers, and only believed when one cluster is plainly nearer than the next.</remarks>
public static class NamedHome
{
    /// <summary>Smaller clusters have too few words of their own.</summary>
    private const int SizeMin = 5;

    /// <summary>How much nearer the nearest must be than the next.</summary>
    private const double Plainly = 1.2;

    public static Partition Fill(UnitTable units, Partition clusters)
    {
        var words = units.All.Select(u => NameWords.Of(u.Name).Where(w => !TechnicalWords.Contains(w)).Distinct().Order(StringComparer.Ordinal).ToArray()).ToArray();
        var everywhere = new Dictionary<string, int>(StringComparer.Ordinal);
        var within = new Dictionary<(string, int), int>();
        for (var unit = 0; unit < units.Count; unit++)
        {
            if (clusters[unit] == Partition.None || clusters.Sizes[clusters[unit]] < SizeMin)
            {
                continue;
            }

            foreach (var word in words[unit])
            {
                everywhere[word] = everywhere.GetValueOrDefault(word) + 1;
                within[(word, clusters[unit])] = within.GetValueOrDefault((word, clusters[unit])) + 1;
            }
        }

        var labels = clusters.Labels.ToArray();
        for (var unit = 0; unit < units.Count; unit++)
        {
            if (labels[unit] == Partition.None)
            {
                labels[unit] = Nearest(words[unit]);
            }
        }

        return Partition.Of(labels);

        int Nearest(string[] own)
        {
            var (best, bestScore, next) = (Partition.None, 0.0, 0.0);
            for (var cluster = 0; cluster < clusters.Count; cluster++)
            {
                var score = 0.0;
                foreach (var word in own)
                {
                    if (within.TryGetValue((word, cluster), out var here))
                    {
                        // The share of the word that is here, more for rare words; a single use may be chance.
                        var all = everywhere[word];
                        score += (double)here / all * ExactLog.Ln(1 + ((double)units.Count / all)) * Math.Min(1, here / 2.0);
                    }
                }

                (best, bestScore, next) = score > bestScore ? (cluster, score, bestScore) : (best, bestScore, Math.Max(next, score));
            }

            return bestScore > Plainly * next ? best : Partition.None;
        }
    }
}
