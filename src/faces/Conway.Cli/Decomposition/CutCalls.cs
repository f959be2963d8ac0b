using Conway.Decomposition.Costs;

namespace Conway.Cli;

/// <summary>Who calls whom in a proposed model, without circles. Pure.</summary>
/// <remarks>A cut often leaves services that call each other, which no system should keep: whoever is down takes all of the circle with it. Of each
/// circle the calls from fewest places are left out, to be replaced by events or by moving types.</remarks>
internal sealed class CutCalls
{
    private readonly Dictionary<int, int> _heights = [];

    private CutCalls(IReadOnlyList<Call> kept, IReadOnlyList<Call> left) => (Kept, Left) = (kept, left);

    /// <summary>A service calls another.</summary>
    /// <param name="From">The caller.</param>
    /// <param name="To">The callee.</param>
    /// <param name="Places">From how many places.</param>
    /// <param name="What">One of them.</param>
    public sealed record Call(int From, int To, int Places, string What);

    /// <summary>By caller, then callee; there is no circle among them.</summary>
    public IReadOnlyList<Call> Kept { get; }

    /// <summary>Those that would close a circle.</summary>
    public IReadOnlyList<Call> Left { get; }

    public static CutCalls Of(IEnumerable<CostItem> costs)
    {
        var all = costs.Where(c => c.Kind is CostKind.Call or CostKind.CallInLoop).GroupBy(c => (c.From, c.To))
            .Select(g => new Call(g.Key.From, g.Key.To, g.Sum(c => c.Count), g.OrderByDescending(c => c.Count).ThenBy(c => c.What, StringComparer.Ordinal).First().What));
        var (kept, left) = (new List<Call>(), new List<Call>());
        var callees = new Dictionary<int, List<int>>();
        foreach (var call in all.OrderByDescending(c => c.Places).ThenBy(c => c.From).ThenBy(c => c.To))
        {
            if (Reaches(callees, call.To, call.From))
            {
                left.Add(call);
                continue;
            }

            kept.Add(call);
            (callees.TryGetValue(call.From, out var list) ? list : callees[call.From] = []).Add(call.To);
        }

        return new CutCalls([.. kept.OrderBy(c => c.From).ThenBy(c => c.To)], [.. left.OrderBy(c => c.From).ThenBy(c => c.To)]);
    }

    /// <summary>How many calls follow each other behind a request to the service: 0 for one that calls nobody.</summary>
    public int HeightOf(int service)
    {
        if (!_heights.TryGetValue(service, out var height))
        {
            _heights[service] = height = Kept.Where(c => c.From == service).Select(c => HeightOf(c.To) + 1).DefaultIfEmpty(0).Max();
        }

        return height;
    }

    private static bool Reaches(Dictionary<int, List<int>> callees, int from, int to)
    {
        var (seen, next) = (new HashSet<int>(), new Stack<int>([from]));
        while (next.TryPop(out var at))
        {
            if (at == to)
            {
                return true;
            }

            if (seen.Add(at) && callees.TryGetValue(at, out var list))
            {
                list.ForEach(next.Push);
            }
        }

        return false;
    }
}
