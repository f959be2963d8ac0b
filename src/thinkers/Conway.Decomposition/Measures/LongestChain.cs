namespace Conway.Decomposition.Measures;

/// <summary>The longest chain in a graph of services, where those that reach each other count all together.</summary>
internal static class LongestChain
{
    /// <param name="next">Whom each service calls; those that call nobody need no entry.</param>
    public static int Of(IReadOnlyDictionary<int, HashSet<int>> next)
    {
        var services = next.Keys.Union(next.Values.SelectMany(v => v)).Order().ToArray();

        // There are as many services as a person can read of: the square of their number is small.
        var reach = services.ToDictionary(s => s, s => Reach(s, next));
        var longest = new Dictionary<int, int>();
        foreach (var service in services.OrderBy(s => reach[s].Count + (reach[s].Contains(s) ? 0 : 1)))
        {
            // Ordered by how much they reach, themselves included: whatever a service calls outside its own circle comes before it.
            var circle = services.Where(s => s == service || (reach[service].Contains(s) && reach[s].Contains(service))).ToArray();
            var below = circle.SelectMany(s => next.TryGetValue(s, out var to) ? to : []).Except(circle).Select(s => longest[s]).DefaultIfEmpty(0).Max();
            longest[service] = circle.Length + below;
        }

        return longest.Values.Max();
    }

    private static HashSet<int> Reach(int from, IReadOnlyDictionary<int, HashSet<int>> next)
    {
        var reached = new HashSet<int>();
        var walk = new Stack<int>([from]);
        while (walk.TryPop(out var at))
        {
            foreach (var to in next.TryGetValue(at, out var targets) ? targets : [])
            {
                if (reached.Add(to))
                {
                    walk.Push(to);
                }
            }
        }

        return reached;
    }
}
