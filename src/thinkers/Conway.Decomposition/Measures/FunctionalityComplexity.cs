using System.Numerics;

namespace Conway.Decomposition.Measures;

/// <summary>What use cases cost once their data is spread over services (Santos and Rito Silva 2020): every local transaction may see, or be seen in,
/// states that others leave in between.</summary>
public static class FunctionalityComplexity
{
    /// <summary>The mean over use cases that access anything placed. Lower is better; 0 when none is spread.</summary>
    public static double Mean(Partition cut, IReadOnlyList<UseCaseTrace> useCases)
    {
        var all = Each(cut, useCases);
        var counted = Enumerable.Range(0, all.Length).Where(f => Runs(cut, useCases[f]).Count > 0).ToArray();
        return counted.Length == 0 ? 0 : counted.Average(f => all[f]);
    }

    /// <summary>For each use case: 0 if it stays in one cluster, else Σ over its local transactions of the number of other spread use cases that access one of
    /// the local transaction's entities in the opposite mode: read what it writes, write what it reads.</summary>
    /// <remarks>A local transaction is a longest run of accesses in one cluster.</remarks>
    public static int[] Each(Partition cut, IReadOnlyList<UseCaseTrace> useCases)
    {
        var runs = useCases.Select(u => Runs(cut, u)).ToArray();
        var words = (useCases.Count + 63) / 64;

        // A bit for each use case: there are thousands, and each is held against each.
        var opposite = new Dictionary<EntityAccess, ulong[]>();
        for (var f = 0; f < useCases.Count; f++)
        {
            foreach (var access in runs[f].Count < 2 ? [] : runs[f].SelectMany(r => r))
            {
                var seen = access with { IsWrite = !access.IsWrite };
                (opposite.TryGetValue(seen, out var who) ? who : opposite[seen] = new ulong[words])[f / 64] |= 1UL << (f % 64);
            }
        }

        var (costs, any) = (new int[useCases.Count], new ulong[words]);
        for (var f = 0; f < costs.Length; f++)
        {
            foreach (var run in runs[f].Count < 2 ? [] : runs[f])
            {
                Array.Clear(any);
                foreach (var access in run.Distinct())
                {
                    Join(any, opposite.GetValueOrDefault(access));
                }

                any[f / 64] &= ~(1UL << (f % 64));
                costs[f] += any.Sum(BitOperations.PopCount);
            }
        }

        return costs;
    }

    private static void Join(ulong[] any, ulong[]? more)
    {
        for (var i = 0; i < (more?.Length ?? 0); i++)
        {
            any[i] |= more![i];
        }
    }

    /// <summary>The mean over clusters of how much of a cluster's entities a use case touches that touches any. 0 to 1, higher is better.</summary>
    /// <param name="entities">The nodes of entities.</param>
    public static double Cohesion(Partition cut, IReadOnlyList<UseCaseTrace> useCases, IReadOnlyList<int> entities)
    {
        var owned = entities.Where(e => cut[e] != Partition.None).GroupBy(e => cut[e]).OrderBy(g => g.Key).ToArray();
        var figures = new List<double>();
        foreach (var cluster in owned)
        {
            var own = cluster.ToHashSet();
            var shares = useCases.Select(u => u.Accesses.Select(a => a.Node).Where(own.Contains).Distinct().Count()).Where(n => n > 0).ToArray();
            if (shares.Length > 0)
            {
                figures.Add(shares.Average(n => (double)n / own.Count));
            }
        }

        return figures.Count == 0 ? 0 : figures.Average();
    }

    /// <summary>The mean over ordered pairs of clusters with entities of the share of the second's entities that use cases go to next from the first. Lower is better.</summary>
    /// <param name="entities">The nodes of entities.</param>
    public static double Coupling(Partition cut, IReadOnlyList<UseCaseTrace> useCases, IReadOnlyList<int> entities)
    {
        var owned = entities.Where(e => cut[e] != Partition.None).GroupBy(e => cut[e]).ToDictionary(g => g.Key, g => g.Count());
        var reached = new Dictionary<(int From, int To), HashSet<int>>();
        foreach (var useCase in useCases)
        {
            var runs = Runs(cut, useCase);
            for (var next = 1; next < runs.Count; next++)
            {
                var key = (cut[runs[next - 1][0].Node], cut[runs[next][0].Node]);
                (reached.TryGetValue(key, out var who) ? who : reached[key] = []).Add(runs[next][0].Node);
            }
        }

        var pairs = owned.Count * (owned.Count - 1);
        return pairs == 0 ? 0 : reached.OrderBy(r => r.Key).Sum(r => owned.TryGetValue(r.Key.To, out var size) ? (double)r.Value.Count / size : 0) / pairs;
    }

    private static List<List<EntityAccess>> Runs(Partition cut, UseCaseTrace useCase)
    {
        var runs = new List<List<EntityAccess>>();
        var at = Partition.None;
        foreach (var access in useCase.Accesses)
        {
            var cluster = cut[access.Node];
            if (cluster == Partition.None)
            {
                continue;
            }

            if (cluster != at || runs.Count == 0)
            {
                runs.Add([]);
                at = cluster;
            }

            runs[^1].Add(access);
        }

        return runs;
    }
}
