using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Conway.Migration.Plans;

namespace Conway.Migration.Pieces;

/// <summary>The routes of the façade at each share, as configuration of YARP: what left before goes to its service, this slice by bucket, all else to the monolith.</summary>
/// <remarks>The façade puts each caller into one of a hundred buckets, by a hash that does not change, and tells it in a header that it takes from nobody else.
/// A share of 5 percent is buckets 0 to 4: a caller stays on one side, and comes back to it when the share is taken back.</remarks>
public static partial class RoutePieces
{
    /// <summary>The header with the caller's bucket, 0 to 99.</summary>
    public const string BucketHeader = "X-Migration-Bucket";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For each slice with routes one file before, and one for each of its shares.</summary>
    /// <param name="comment">What stands in the file's first key.</param>
    public static IReadOnlyList<Piece> Of(MigrationPlan plan, string comment)
    {
        var pieces = new List<Piece>();
        var left = new List<(Phase Phase, int Reads, int Writes)>();
        foreach (var phase in plan.Phases.Where(p => p.Slice is { Routes.Count: > 0 }))
        {
            pieces.Add(new Piece($"{phase.Id}/routes/yarp-0-before.json", Text(left, comment)));
            foreach (var (stage, i) in phase.Slice!.CutOver.Select((s, i) => (s, i)))
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{phase.Id}/routes/yarp-{i + 1}-reads-{stage.Reads}-writes-{stage.Writes}.json");
                pieces.Add(new Piece(name, Text([.. left, (phase, stage.Reads, stage.Writes)], comment)));
            }

            left.Add((phase, 100, 100));
        }

        return pieces;
    }

    private static string Text(List<(Phase Phase, int Reads, int Writes)> at, string comment)
    {
        var routes = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var clusters = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["monolith"] = Cluster("monolith") };
        foreach (var (phase, reads, writes) in at)
        {
            var number = 0;
            foreach (var route in phase.Slice!.Routes)
            {
                number++;
                var share = route.Writes ? writes : reads;
                if (share > 0)
                {
                    routes[string.Create(CultureInfo.InvariantCulture, $"{phase.Id}-{number:000}")] = Route(phase.Id, route, share);
                    clusters.TryAdd(phase.Id, Cluster(phase.Id));
                }
            }
        }

        routes["monolith"] = new Dictionary<string, object> { ["ClusterId"] = "monolith", ["Order"] = 1000, ["Match"] = new Dictionary<string, object> { ["Path"] = "{**all}" } };
        return JsonSerializer.Serialize(new Dictionary<string, object> { ["$comment"] = comment, ["ReverseProxy"] = new Dictionary<string, object> { ["Routes"] = routes, ["Clusters"] = clusters } }, Options) + "\n";
    }

    private static Dictionary<string, object> Route(string cluster, SliceRoute route, int share)
    {
        var match = new Dictionary<string, object> { ["Path"] = Template(route.Path) };
        if (route.Method != "*")
        {
            match["Methods"] = new[] { route.Method };
        }

        if (share < 100)
        {
            match["Headers"] = new[] { new Dictionary<string, object> { ["Name"] = BucketHeader, ["Values"] = Enumerable.Range(0, share).Select(b => b.ToString(CultureInfo.InvariantCulture)).ToArray(), ["Mode"] = "ExactHeader" } };
        }

        return new Dictionary<string, object> { ["ClusterId"] = cluster, ["Match"] = match };
    }

    private static Dictionary<string, object> Cluster(string name) =>
        new() { ["Destinations"] = new Dictionary<string, object> { [name] = new Dictionary<string, object> { ["Address"] = $"http://{name}/" } } };

    /// <summary>A pattern that any ASP.NET router takes: parameters by number, without constraints that only the monolith knows.</summary>
    internal static string Template(string route)
    {
        var number = 0;
        var segments = new List<string>();
        foreach (var segment in route.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment.StartsWith("{*", StringComparison.Ordinal))
            {
                segments.Add("{**rest}");
                break;
            }

            segments.Add(Plain().IsMatch(segment) ? segment : string.Create(CultureInfo.InvariantCulture, $"{{p{++number}{(segment.EndsWith("?}", StringComparison.Ordinal) ? "?" : "")}}}"));
        }

        // Only the last may be left out.
        return "/" + string.Join('/', segments.Select((s, i) => i < segments.Count - 1 ? s.Replace("?", "", StringComparison.Ordinal) : s));
    }

    [GeneratedRegex(@"^[A-Za-z0-9._~!$&'()+,;=@:%-]+$")]
    private static partial Regex Plain();
}
