namespace Conway.Decomposition.Measures;

/// <summary>Calls counted by the clusters at their ends: what most measures are made from.</summary>
/// <remarks>Calls with an end in no cluster are not counted.</remarks>
internal sealed class CallCounts
{
    private readonly Dictionary<(int, int), int> _crossPairs = [];

    public CallCounts(Partition cut, IReadOnlyList<CallVolume> calls)
    {
        var k = cut.Count;
        (InsideOrdered, InsidePairs, SelfCalls, Leaving, Entering) = (new int[k], new int[k], new int[k], new int[k], new int[k]);
        var seen = new HashSet<(int, int)>();
        foreach (var (from, to, _) in calls)
        {
            var (a, b) = (cut[from], cut[to]);
            if (a == Partition.None || b == Partition.None)
            {
                continue;
            }

            if (from == to)
            {
                SelfCalls[a]++;
                continue;
            }

            var isNewPair = seen.Add((Math.Min(from, to), Math.Max(from, to)));
            if (a == b)
            {
                InsideOrdered[a]++;
                InsidePairs[a] += isNewPair ? 1 : 0;
                continue;
            }

            Leaving[a]++;
            Entering[b]++;
            CrossOrdered++;
            if (isNewPair)
            {
                CrossUnordered++;
                var key = (Math.Min(a, b), Math.Max(a, b));
                _crossPairs[key] = _crossPairs.GetValueOrDefault(key) + 1;
            }
        }
    }

    /// <summary>Ordered pairs of different classes within each cluster.</summary>
    public int[] InsideOrdered { get; }

    /// <summary>The same without direction: μ.</summary>
    public int[] InsidePairs { get; }

    /// <summary>Classes of each cluster that call themselves.</summary>
    public int[] SelfCalls { get; }

    /// <summary>Ordered pairs that leave each cluster.</summary>
    public int[] Leaving { get; }

    /// <summary>Ordered pairs that enter each cluster.</summary>
    public int[] Entering { get; }

    /// <summary>Ordered pairs between clusters.</summary>
    public int CrossOrdered { get; private set; }

    /// <summary>Pairs between clusters, without direction.</summary>
    public int CrossUnordered { get; private set; }

    /// <summary>σ: class pairs without direction between each two clusters that have any, by cluster number.</summary>
    public IEnumerable<(int A, int B, int Pairs)> Between => _crossPairs.OrderBy(p => p.Key).Select(p => (p.Key.Item1, p.Key.Item2, p.Value));
}
