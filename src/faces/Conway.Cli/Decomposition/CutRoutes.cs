using Conway.CodeFacts;

namespace Conway.Cli;

/// <summary>The fewest paths by which a gateway tells services apart, from the routes of their entry points. Pure.</summary>
/// <remarks>Routes are a tree of segments. Where everything below a segment belongs to one service, one path with <c>/**</c> stands for all of it.</remarks>
internal static class CutRoutes
{
    private const string Any = "*";
    private const string Rest = "**";

    /// <summary>A path of the gateway.</summary>
    /// <param name="Path"><c>/api/orders/**</c>, <c>/api/orders/*/lines</c>.</param>
    /// <param name="Methods">Empty for every method.</param>
    /// <param name="Service">Who answers.</param>
    public sealed record GatewayRoute(string Path, IReadOnlyList<string> Methods, int Service);

    /// <param name="entries">Entry points with a route, each with its service.</param>
    public static IReadOnlyList<GatewayRoute> Of(IEnumerable<(EntryPoint Entry, int Service)> entries)
    {
        var root = new Node();
        foreach (var (entry, service) in entries)
        {
            if (entry is { Route: not null, Kind: EntryPointKind.Controller or EntryPointKind.MinimalApi or EntryPointKind.Page or EntryPointKind.Hub or EntryPointKind.Soap })
            {
                Add(root, entry.Route, entry.Method, service);
            }
        }

        var found = new List<GatewayRoute>();
        Collect(root, "", found);
        return found;
    }

    private static void Add(Node root, string route, string? method, int service)
    {
        var node = root;
        foreach (var segment in route.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var step = Step(segment);
            node.Services.Add(service);
            node = node.Below.TryGetValue(step, out var below) ? below : node.Below[step] = new Node();
            if (step == Rest)
            {
                break;
            }
        }

        node.Services.Add(service);

        // Two services may both answer here, as parts of one controller do; the gateway can only ask one.
        node.Here.TryAdd(method is null or "*" ? "" : method.ToUpperInvariant(), service);
    }

    private static string Step(string segment) =>
        segment.StartsWith("{*", StringComparison.Ordinal) ? Rest
        : segment.Length > 0 && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~') && segment is not ("." or "..") ? segment
        : Any;

    private static void Collect(Node node, string path, List<GatewayRoute> found)
    {
        if (node.Services.Count == 1)
        {
            var isLeaf = node.Below.Count == 0 && path.EndsWith("/" + Rest, StringComparison.Ordinal);
            found.Add(new GatewayRoute(isLeaf ? path : $"{path}/{Rest}", [], node.Services.Min));
            return;
        }

        foreach (var service in node.Here.GroupBy(h => h.Value).OrderBy(g => g.Key))
        {
            // Who is asked with any method is asked with those that nobody else has.
            string[] methods = service.Any(h => h.Key.Length == 0) ? [] : [.. service.Select(h => h.Key).Where(IsMethod).Order(StringComparer.Ordinal)];
            var isAlone = node.Here.Values.Distinct().Count() == 1;
            if (isAlone || methods.Length > 0 || service.Any(h => h.Key.Length == 0))
            {
                found.Add(new GatewayRoute(path.Length == 0 ? "/" : path, isAlone ? [] : methods, service.Key));
            }
        }

        foreach (var (step, below) in node.Below)
        {
            Collect(below, $"{path}/{step}", found);
        }
    }

    private static bool IsMethod(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS";

    private sealed class Node
    {
        public SortedDictionary<string, Node> Below { get; } = new(StringComparer.Ordinal);

        /// <summary>Who answers at this very path, by method; empty for any.</summary>
        public SortedDictionary<string, int> Here { get; } = new(StringComparer.Ordinal);

        /// <summary>Who answers here or below.</summary>
        public SortedSet<int> Services { get; } = [];
    }
}
