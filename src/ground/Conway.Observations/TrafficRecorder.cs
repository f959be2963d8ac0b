using System.Collections.Concurrent;

namespace Conway.Observations;

/// <summary>Counts every request that passes the gateway and the upstream listeners.</summary>
/// <remarks>
/// <para>Three views of the same counts: windows (<see cref="CutWindow"/>), which are stored and compared, the last seconds (<see cref="Live"/>), which are shown, and everything
/// since the beginning (<see cref="Counters"/>), which is scraped.</para>
/// <para>Thread-safe. Recording takes no lock and allocates nothing once an operation is known, but one small object a second on each edge in use.
/// Memory is bounded: at most <see cref="EdgesMax"/> edges, on each at most <see cref="TrafficEdge.OperationsMax"/> operations; what exceeds these is counted
/// under the operation <c>other</c>, or on the edge <c>other → other</c>.</para>
/// </remarks>
public sealed class TrafficRecorder
{
    /// <summary>Most edges that are told apart.</summary>
    public const int EdgesMax = 10_000;

    /// <summary>How far back <see cref="Live"/> can look.</summary>
    public static readonly TimeSpan LiveMax = TimeSpan.FromSeconds(TrafficEdge.LiveSeconds);

    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Caller, string Callee), TrafficEdge> _edges = new();
    private readonly Lock _cutting = new();
    private DateTimeOffset _cutAt;

    /// <summary>A recorder whose first window begins now.</summary>
    public TrafficRecorder(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _cutAt = time.GetUtcNow();
    }

    /// <summary>The counters of one edge; look them up once and keep them.</summary>
    public TrafficEdge Edge(string caller, string callee)
    {
        var key = (caller, callee);
        if (!_edges.ContainsKey(key) && _edges.Count >= EdgesMax)
        {
            key = ("other", "other");
        }

        return _edges.GetOrAdd(key, static (k, time) => new TrafficEdge(k.Caller, k.Callee, time), _time);
    }

    /// <summary>Ends the present window and begins the next.</summary>
    /// <returns>One record for each edge, protocol and operation that had traffic.</returns>
    public IReadOnlyList<ObservedTraffic> CutWindow()
    {
        lock (_cutting)
        {
            var (from, until) = (_cutAt, _time.GetUtcNow());
            _cutAt = until;
            List<ObservedTraffic> cut = [];
            foreach (var edge in _edges.Values)
            {
                edge.Cut(from, until, cut);
            }

            return cut;
        }
    }

    /// <summary>Counters of everything since the recorder was made, windows that were cut included, by caller, callee, protocol and operation.</summary>
    /// <param name="max">How many at most; the first in that order.</param>
    public IReadOnlyList<TrafficCounter> Counters(int max)
    {
        var counters = new List<TrafficCounter>();
        foreach (var (_, edge) in _edges)
        {
            edge.AddCounters(counters);
        }

        counters.Sort(TrafficCounter.ByName);
        counters.RemoveRange(Math.Min(max, counters.Count), Math.Max(0, counters.Count - max));
        return counters;
    }

    /// <summary>The last seconds of every edge that had traffic in them.</summary>
    /// <param name="over">How far back, in whole seconds from 1 to 60. The second under way is not looked at: it is not full yet.</param>
    public IReadOnlyList<LiveTraffic> Live(TimeSpan over)
    {
        var seconds = (int)Math.Clamp(over.TotalSeconds, 1, TrafficEdge.LiveSeconds);
        List<LiveTraffic> live = [];
        foreach (var edge in _edges.Values)
        {
            if (edge.Live(seconds) is { } traffic)
            {
                live.Add(traffic);
            }
        }

        return live;
    }
}
