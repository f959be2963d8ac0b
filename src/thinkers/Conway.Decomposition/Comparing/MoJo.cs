namespace Conway.Decomposition.Comparing;

/// <summary>How near a computed partition is to a true one, by the moves and joins that lead there.</summary>
/// <remarks>MoJo: Tzerpos and Holt 1999; exact in polynomial time, and MoJoFM: Wen and Tzerpos 2004. Kind to partitions that are too fine:
/// joining two clusters is one step whatever their size. Read it beside <see cref="RandIndex"/>.</remarks>
public static class MoJo
{
    /// <summary>mno(A, B): the fewest steps from A to B, where a step moves one node to another or a new cluster, or joins two clusters.</summary>
    /// <remarks>Each cluster of A is meant for a cluster of B of which it holds most; Σ(|Aᵢ| - most) nodes move, and clusters meant for the same are joined:
    /// |A| less the most clusters of B that can be served at once, where a cluster of A has several of which it holds most.</remarks>
    public static int Steps(Partition a, Partition b)
    {
        var table = new Overlap(a, b);
        var most = new int[table.A.Length];
        foreach (var cell in table.Cells)
        {
            most[cell.A] = Math.Max(most[cell.A], cell.Shared);
        }

        var meant = new List<int>[table.A.Length];
        for (var cluster = 0; cluster < meant.Length; cluster++)
        {
            meant[cluster] = [];
        }

        foreach (var cell in table.Cells)
        {
            if (cell.Shared == most[cell.A])
            {
                meant[cell.A].Add(cell.B);
            }
        }

        return table.Nodes - most.Sum() + table.A.Length - Matching(meant, table.B.Length);
    }

    /// <summary>The most steps that any partition of these nodes is away from B.</summary>
    /// <remarks>n less the most groups that the worst A can have: with B's sizes ascending, group t + 1 needs a cluster larger than t.</remarks>
    public static int StepsMax(Partition b)
    {
        var groups = 0;
        foreach (var size in b.Sizes.ToArray().Order())
        {
            if (groups < size)
            {
                groups++;
            }
        }

        return b.Nodes - groups;
    }

    /// <summary>MoJoFM in per cent: 100 for the same partition, 0 for the worst possible.</summary>
    /// <param name="a">The computed one.</param>
    /// <param name="b">The true one.</param>
    public static double Fm(Partition a, Partition b)
    {
        var (steps, worst) = (Steps(a, b), StepsMax(b));
        return worst == 0 ? 100 : 100 * (1 - ((double)steps / worst));
    }

    /// <summary>The most pairs of a bipartite graph without a common end (Kuhn's augmenting ways).</summary>
    private static int Matching(List<int>[] meant, int targets)
    {
        var taken = new int[targets];
        Array.Fill(taken, -1);
        var matched = 0;
        for (var source = 0; source < meant.Length; source++)
        {
            matched += Augment(source, meant, taken) ? 1 : 0;
        }

        return matched;
    }

    /// <summary>Walked breadth first, without recursion: one way may be as long as there are clusters.</summary>
    private static bool Augment(int source, List<int>[] meant, int[] taken)
    {
        var cameFrom = new Dictionary<int, int>();
        var queue = new Queue<int>([source]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var target in meant[at])
            {
                if (!cameFrom.TryAdd(target, at))
                {
                    continue;
                }

                if (taken[target] >= 0)
                {
                    queue.Enqueue(taken[target]);
                    continue;
                }

                for (var free = target; ;)
                {
                    var giver = cameFrom[free];
                    var before = Array.IndexOf(taken, giver);
                    taken[free] = giver;
                    if (giver == source)
                    {
                        return true;
                    }

                    free = before;
                }
            }
        }

        return false;
    }
}
