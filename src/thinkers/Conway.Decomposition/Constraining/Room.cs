namespace Conway.Decomposition.Constraining;

/// <summary>Whether groups that must be apart fit into the services there may be.</summary>
internal static class Room
{
    /// <summary>Steps of the search for a colouring before it is taken for granted that there is one.</summary>
    private const int StepsMax = 200_000;

    public static bool Suffices(int[] group, bool[] technical, HashSet<(int, int)> apart, Bounds services, Bounds size)
    {
        var sizes = new Dictionary<int, int>();
        for (var unit = 0; unit < group.Length; unit++)
        {
            if (!technical[unit])
            {
                sizes[group[unit]] = sizes.GetValueOrDefault(group[unit]) + 1;
            }
        }

        var placed = (long)sizes.Values.Sum();
        return sizes.Values.All(s => s <= size.Most)
            && sizes.Count >= services.Least
            && placed <= Times(services.Most, size.Most)
            && placed >= Times(Math.Max(1, services.Least), size.Least)
            && (apart.Count == 0 || Search(apart, services.Most, out _));
    }

    private static long Times(int a, int b) => a == int.MaxValue || b == int.MaxValue ? long.MaxValue : (long)a * b;

    /// <summary>A number below a bound for each that must be apart from another, such that no two that are apart have the same; null when there is no such.</summary>
    public static IReadOnlyDictionary<int, int>? Colour(IReadOnlyCollection<(int A, int B)> apart, int colours) =>
        Search(apart, colours, out var found) && found.Count == Nodes(apart).Length ? found : null;

    private static int[] Nodes(IReadOnlyCollection<(int A, int B)> apart) => [.. apart.SelectMany(p => new[] { p.A, p.B }).Distinct().Order()];

    /// <summary>Whether so many colours suffice (Brélaz 1979, with going back). Found is short of some when the search was given up.</summary>
    private static bool Search(IReadOnlyCollection<(int A, int B)> apart, int colours, out Dictionary<int, int> found)
    {
        var nodes = Nodes(apart);
        found = [];
        if (nodes.Length <= colours)
        {
            found = nodes.Select((n, i) => (n, i)).ToDictionary(x => x.n, x => x.i);
            return true;
        }

        var index = nodes.Select((n, i) => (n, i)).ToDictionary(x => x.n, x => x.i);
        var next = new List<int>[nodes.Length];
        for (var i = 0; i < next.Length; i++)
        {
            next[i] = [];
        }

        foreach (var (a, b) in apart)
        {
            next[index[a]].Add(index[b]);
            next[index[b]].Add(index[a]);
        }

        var colour = new int[nodes.Length];
        Array.Fill(colour, -1);
        var chosen = new Stack<int>();
        var steps = 0;
        var from = 0;
        while (steps++ < StepsMax)
        {
            if (chosen.Count == nodes.Length)
            {
                found = nodes.Select((n, i) => (n, colour[i])).ToDictionary(x => x.n, x => x.Item2);
                return true;
            }

            var node = Hardest(next, colour);
            var used = next[node].Select(n => colour[n]).ToHashSet();

            // A colour that nobody has yet is as good as any other such: only the first of them is tried.
            var most = Math.Min(colours, colour.Max() + 2);
            var pick = Enumerable.Range(from, Math.Max(0, most - from)).FirstOrDefault(c => !used.Contains(c), -1);
            if (pick >= 0)
            {
                colour[node] = pick;
                chosen.Push(node);
                from = 0;
                continue;
            }

            if (chosen.Count == 0)
            {
                return false;
            }

            var back = chosen.Pop();
            from = colour[back] + 1;
            colour[back] = -1;
        }

        return true;
    }

    /// <summary>The node without a colour that has the fewest left; of those the one with most neighbours, then the first.</summary>
    private static int Hardest(List<int>[] next, int[] colour)
    {
        var (best, bestUsed) = (-1, -1);
        for (var node = 0; node < next.Length; node++)
        {
            if (colour[node] >= 0)
            {
                continue;
            }

            var used = next[node].Select(n => colour[n]).Where(c => c >= 0).Distinct().Count();
            if (used > bestUsed || (used == bestUsed && next[node].Count > next[best].Count))
            {
                (best, bestUsed) = (node, used);
            }
        }

        return best;
    }
}
