namespace Conway.Decomposition.Measures;

/// <summary>What a cut costs in running: transactions, tables, calls and data that it parts. Lower is better throughout.</summary>
public static class CutMeasures
{
    /// <summary>DTX: the share of writing use cases that write what belongs to two services or more, weighted. 0 to 1.</summary>
    public static double DistributedTransactions(Partition cut, IReadOnlyList<UseCaseTrace> useCases)
    {
        var (spread, writing) = (0.0, 0.0);
        foreach (var useCase in useCases.Where(u => u.Writes))
        {
            writing += useCase.Weight;
            spread += WrittenServices(cut, useCase) > 1 ? useCase.Weight : 0;
        }

        return writing == 0 ? 0 : spread / writing;
    }

    /// <summary>How many services' data a use case writes.</summary>
    public static int WrittenServices(Partition cut, UseCaseTrace useCase) =>
        useCase.Accesses.Where(a => a.IsWrite).Select(a => cut[a.Node]).Where(c => c != Partition.None).Distinct().Count();

    /// <summary>ST: tables with writers in two services or more.</summary>
    /// <param name="writers">For each table the nodes that write it.</param>
    public static int SharedTables(Partition cut, IReadOnlyList<IReadOnlyCollection<int>> writers) =>
        writers.Count(w => w.Select(n => cut[n]).Where(c => c != Partition.None).Distinct().Count() > 1);

    /// <summary>SYNC: synchronous calls between services in each use case.</summary>
    public static long[] SynchronousCalls(Partition cut, IReadOnlyList<UseCaseTrace> useCases) =>
        [.. useCases.Select(u => u.Calls.Where(c => Crosses(cut, c.From, c.To)).Sum(c => c.Volume))];

    /// <summary>SYNC in one figure: the number that 95 of 100 use cases do not exceed (the smallest such), each weighted.</summary>
    public static long SynchronousCallsP95(Partition cut, IReadOnlyList<UseCaseTrace> useCases)
    {
        var calls = SynchronousCalls(cut, useCases).Zip(useCases, (n, u) => (Calls: n, u.Weight)).OrderBy(c => c.Calls).ToArray();
        var (all, below) = (calls.Sum(c => c.Weight), 0.0);
        foreach (var (count, weight) in calls)
        {
            below += weight;
            if (below >= 0.95 * all)
            {
                return count;
            }
        }

        return 0;
    }

    /// <summary>SYNC in total: the mean of a use case's calls between services, weighted, times the number of use cases.</summary>
    public static double SynchronousCallsTotal(Partition cut, IReadOnlyList<UseCaseTrace> useCases)
    {
        var all = useCases.Sum(u => u.Weight);
        return all == 0 ? 0 : SynchronousCalls(cut, useCases).Zip(useCases, (n, u) => n * u.Weight).Sum() / all * useCases.Count;
    }

    /// <summary>DEPTH: how many services wait for one another in the longest synchronous chain of any use case: 1 when none crosses a boundary, 0 without use cases.</summary>
    /// <remarks>Services that call each other in a circle may all wait for one another, and count all.</remarks>
    public static int Depth(Partition cut, IReadOnlyList<UseCaseTrace> useCases) => useCases.Select(u => Depth(cut, u)).DefaultIfEmpty(0).Max();

    /// <summary>The same of one use case.</summary>
    public static int Depth(Partition cut, UseCaseTrace useCase)
    {
        var next = new Dictionary<int, HashSet<int>>();
        foreach (var call in useCase.Calls)
        {
            if (Crosses(cut, call.From, call.To))
            {
                (next.TryGetValue(cut[call.From], out var to) ? to : next[cut[call.From]] = []).Add(cut[call.To]);
            }
        }

        return next.Count == 0 ? 1 : LongestChain.Of(next);
    }

    /// <summary>FKX and JOINX: how many of these pairs of stored nodes a boundary parts: foreign keys and navigations, or tables that one query joins.</summary>
    public static int Parted(Partition cut, IReadOnlyList<(int A, int B)> pairs) => pairs.Count(p => Crosses(cut, p.A, p.B));

    internal static bool Crosses(Partition cut, int a, int b) => cut[a] != Partition.None && cut[b] != Partition.None && cut[a] != cut[b];
}
