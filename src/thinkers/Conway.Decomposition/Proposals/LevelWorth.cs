using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Proposals;

/// <summary>What a number of services is worth: how much of the code's ties it explains, how sharply, for how long, and what it is bought with.</summary>
/// <remarks><para>Three things speak for a cut. Its <em>modularity</em>: the share of ties within services, less what chance would put there (Newman and
/// Girvan 2004). Its <em>information</em>: how much better than chance one knows whether a tie stays within, the Kullback-Leibler divergence of the two
/// shares; modularity alone cannot see many small services, since chance puts almost nothing into each (Fortunato and Barthélemy 2007). And how long it
/// <em>stays</em>: a number of services that many steps of a ladder of cuts come to is the code's own, one that a single step comes to is the step's.</para>
/// <para>Against it speaks the number of services, the less the larger the system. The weights were found on systems whose modules are known, and
/// hold when a quarter of these is left out in turn: see <c>benchmarks/decomposition</c>.</para></remarks>
internal sealed class LevelWorth
{
    private const double Information = 0.2;
    private const double Staying = 0.05;

    /// <summary>What e times as many services cost in a system of <see cref="UsualSize"/> units.</summary>
    private const double Services = 0.16;

    /// <summary>How much less that is in a system e times as large. In a smaller one it is the same.</summary>
    private const double LessForSize = 0.03;
    private const double ServicesMin = 0.06;
    private const double UsualSize = 400;

    /// <summary>From here on each further service costs more: nobody takes a program apart into hundreds at once.</summary>
    private const double Many = 60;
    private const double MoreWhenMany = 0.1;

    /// <summary>More steps say nothing more: the first ones leave any system whole.</summary>
    private const int StepsMax = 3;

    /// <summary>Numbers of services that differ by less than a tenth are the same for staying.</summary>
    private const double Alike = 0.1;

    private readonly WeightedGraph _graph;
    private readonly int[] _counts;
    private readonly double _perLogOfCount;

    /// <param name="graph">The ties that cuts are measured on.</param>
    /// <param name="ladder">Cuts from coarse to fine, at even steps; the same cut as often as steps come to it.</param>
    public LevelWorth(WeightedGraph graph, IReadOnlyCollection<Partition> ladder)
    {
        _graph = graph;
        _counts = [.. ladder.Select(c => c.Count)];
        var tied = Enumerable.Range(0, graph.Count).Count(n => graph.Strength(n) > 0);
        _perLogOfCount = Math.Max(ServicesMin, Services - (LessForSize * ExactLog.Ln(Math.Max(1, tied / UsualSize))));
    }

    /// <summary>The worth of a cut of the ladder. Units in no service count as services of one.</summary>
    public double Of(Partition cut)
    {
        var (within, chance) = Shares(cut);
        var stays = Math.Clamp(_counts.Count(c => Math.Abs(c - cut.Count) <= Alike * cut.Count), 1, StepsMax);
        return within - chance + (Information * Divergence(within, chance)) + (Staying * ExactLog.Ln(stays)) - Cost(cut.Count);
    }

    private double Cost(int services) => (_perLogOfCount * ExactLog.Ln(Math.Max(1, services))) + (MoreWhenMany * ExactLog.Ln(Math.Max(1, services / Many)));

    /// <summary>The share of ties within services, and the share that chance would put there.</summary>
    private (double Within, double Chance) Shares(Partition cut)
    {
        if (_graph.TotalStrength == 0)
        {
            return (0, 0);
        }

        var (within, alone) = (0L, 0.0);
        var strengths = new long[cut.Count];
        var total = (double)_graph.TotalStrength;
        for (var node = 0; node < _graph.Count; node++)
        {
            if (cut[node] == Partition.None)
            {
                alone += _graph.Strength(node) / total * (_graph.Strength(node) / total);
                continue;
            }

            strengths[cut[node]] += _graph.Strength(node);
            var neighbours = _graph.Neighbours(node);
            var weights = _graph.Weights(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                within += cut[neighbours[i]] == cut[node] ? weights[i] : 0;
            }
        }

        return (within / total, alone + strengths.Sum(s => s / total * (s / total)));
    }

    /// <summary>Σ p ln(p / q) over staying within and going out.</summary>
    private static double Divergence(double within, double chance) => Part(within, chance) + Part(1 - within, 1 - chance);

    private static double Part(double found, double expected) => found <= 0 || expected <= 0 ? 0 : found * ExactLog.Ln(found / expected);
}
