namespace Conway.Checks.Graph;

/// <summary>The shortest way from one name to another.</summary>
internal static class ShortestPath
{
    /// <summary>Names from <paramref name="from"/> to <paramref name="to"/>, both included, over at least one edge;
    /// null when there is no way. With both the same it is the shortest cycle through the name, told twice.</summary>
    public static IReadOnlyList<string>? Find(string from, string to, Func<string, IEnumerable<string>> next)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var target in next(at))
            {
                if (!cameFrom.TryAdd(target, at))
                {
                    continue;
                }

                if (target == to)
                {
                    return Walk(from, to, cameFrom);
                }

                queue.Enqueue(target);
            }
        }

        return null;
    }

    private static List<string> Walk(string from, string to, Dictionary<string, string> cameFrom)
    {
        var path = new List<string> { to };
        do
        {
            path.Add(cameFrom[path[^1]]);
        }
        while (path[^1] != from);

        path.Reverse();
        return path;
    }
}
