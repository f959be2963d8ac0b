namespace Conway.Checks.Graph;

/// <summary>Through whom the shortest ways between others lead.</summary>
internal static class Betweenness
{
    // In larger systems the ways from so many, evenly spread over all, stand for the ways from all (Brandes and Pich 2007).
    private const int SourcesMax = 256;

    /// <summary>For each name, the share of all pairs of others with a way between them whose shortest ways lead through it, 0 to 1 (Brandes 2001;
    /// several shortest ways share their pair).</summary>
    public static IReadOnlyDictionary<string, double> Of(IReadOnlyList<string> names, Func<string, IEnumerable<string>> next)
    {
        var through = names.ToDictionary(n => n, _ => 0.0, StringComparer.Ordinal);
        var pairs = 0;
        var step = Math.Max(1, (double)names.Count / SourcesMax);
        for (var at = 0.0; at < names.Count; at += step)
        {
            var from = names[(int)at];
            var (order, before, ways) = Ways(from, next);
            pairs += order.Count - 1;
            var share = order.ToDictionary(n => n, _ => 0.0, StringComparer.Ordinal);
            for (var i = order.Count - 1; i > 0; i--)
            {
                foreach (var previous in before[order[i]])
                {
                    share[previous] += ways[previous] / ways[order[i]] * (1 + share[order[i]]);
                }

                through[order[i]] += share[order[i]];
            }
        }

        return through.ToDictionary(t => t.Key, t => pairs == 0 ? 0 : t.Value / pairs, StringComparer.Ordinal);
    }

    private static (List<string> Order, Dictionary<string, List<string>> Before, Dictionary<string, double> Ways) Ways(string from, Func<string, IEnumerable<string>> next)
    {
        var depth = new Dictionary<string, int>(StringComparer.Ordinal) { [from] = 0 };
        var before = new Dictionary<string, List<string>>(StringComparer.Ordinal) { [from] = [] };
        var ways = new Dictionary<string, double>(StringComparer.Ordinal) { [from] = 1 };
        var order = new List<string> { from };
        for (var i = 0; i < order.Count; i++)
        {
            var at = order[i];
            foreach (var target in next(at).Distinct(StringComparer.Ordinal))
            {
                if (depth.TryAdd(target, depth[at] + 1))
                {
                    before[target] = [];
                    ways[target] = 0;
                    order.Add(target);
                }

                if (depth[target] == depth[at] + 1)
                {
                    before[target].Add(at);
                    ways[target] += ways[at];
                }
            }
        }

        return (order, before, ways);
    }
}
