using System.Collections.Concurrent;
using Conway.Observations;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Watching;

/// <summary>Pairs the span of a caller with the span of the callee it called, and so learns who calls whom.</summary>
/// <remarks>A server span's parent is the client span that called it. Whichever comes first waits; what waits longest is given up when the room is full.
/// A listener between the two makes spans of its own, one an attempt, which name the service it called for: those count as that service's, and its own client span finds no
/// other half. Stores and brokers send no spans: a client span that names a database counts as traffic to it at once. Bounded; safe for concurrent use.</remarks>
internal sealed class TrafficPairs(TimeProvider clock)
{
    /// <summary>Spans that wait for their other half.</summary>
    public const int WaitingMax = 50_000;

    private const int EdgesMax = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(TraceId, SpanId), Half> _clients = [];
    private readonly Dictionary<(TraceId, SpanId), Half> _servers = [];
    private readonly Queue<(TraceId, SpanId)> _clientsByAge = new();
    private readonly Queue<(TraceId, SpanId)> _serversByAge = new();
    private readonly ConcurrentDictionary<(string Caller, string Callee, string Protocol, string Operation), RateRing> _edges = new();
    private readonly ConcurrentDictionary<string, RateRing> _called = new(StringComparer.Ordinal);
    private readonly OperationNames _names = new(4 * EdgesMax);

    public void Note(string service, in SpanFacts facts)
    {
        Span<byte> buffer = stackalloc byte[OperationNames.NameBytesMax];
        var caller = facts.Kind == SpanKind.Client && !facts.Caller.IsEmpty ? _names.Of(facts.Caller) : service;
        var half = new Half(caller, ProtocolOf(facts), _names.Of(facts.Operation(buffer)), facts.End, facts.Duration, facts.Failed);
        var now = UnixNano.Of(clock.GetUtcNow());
        if (facts.Kind is SpanKind.Client or SpanKind.Producer)
        {
            if (!facts.DbSystem.IsEmpty)
            {
                var store = _names.Of(!facts.PeerService.IsEmpty ? facts.PeerService : !facts.DbName.IsEmpty ? facts.DbName : !facts.ServerAddress.IsEmpty ? facts.ServerAddress : facts.DbSystem);
                Count(service, store, half with { Protocol = "sql" }, half, now);
                return;
            }

            Meet(_clients, _clientsByAge, _servers, (facts.Trace, facts.Span), half, isClient: true, now);
        }
        else if (!facts.Parent.IsNone)
        {
            Note(_called, service, half, now);
            Meet(_servers, _serversByAge, _clients, (facts.Trace, facts.Parent), half, isClient: false, now);
        }
    }

    /// <summary>What was seen on each edge in the window up to now, busiest first.</summary>
    public IReadOnlyList<ObservedTraffic> Observe(TimeSpan window)
    {
        var time = clock.GetUtcNow();
        var now = UnixNano.Of(time);
        var edges = _edges.Select(edge => (edge.Key, Sum: SumOf(edge.Value, now, window))).Where(edge => edge.Sum.Count > 0).ToList();
        var paired = edges.GroupBy(edge => edge.Key.Callee).ToDictionary(group => group.Key, group => group.Sum(edge => edge.Sum.Count));
        return [.. edges
            .Select(edge => new ObservedTraffic
            {
                From = time - window,
                Until = time,
                Caller = edge.Key.Caller,
                Callee = edge.Key.Callee,
                Protocol = edge.Key.Protocol,
                Operation = edge.Key.Operation,
                Count = edge.Sum.Count,
                Errors = edge.Sum.Errors,
                Latency = new(edge.Sum.Latency.Percentile(0.5), edge.Sum.Latency.Percentile(0.9), edge.Sum.Latency.Percentile(0.99), edge.Sum.Latency.Max),
                Source = TrafficSource.Spans,
                Coverage = Coverage(edge.Key.Callee, paired[edge.Key.Callee], now, window),
            })
            .OrderByDescending(traffic => traffic.Count)];
    }

    // Of the requests a callee answered for somebody, the share whose caller was seen.
    private double Coverage(string callee, long paired, ulong now, TimeSpan window)
    {
        if (!_called.TryGetValue(callee, out var called))
        {
            return 1;
        }

        var answered = SumOf(called, now, window).Count;
        return answered == 0 ? 1 : Math.Min(1, (double)paired / answered);
    }

    private static RateSum SumOf(RateRing ring, ulong now, TimeSpan window)
    {
        var sum = new RateSum();
        lock (ring)
        {
            ring.Sum(now, window, sum);
        }

        return sum;
    }

    private string ProtocolOf(in SpanFacts facts) => !facts.MessagingSystem.IsEmpty ? _names.Of(facts.MessagingSystem) : !facts.RpcSystem.IsEmpty ? "grpc" : "http";

    private void Meet(
        Dictionary<(TraceId, SpanId), Half> mine, Queue<(TraceId, SpanId)> byAge, Dictionary<(TraceId, SpanId), Half> others, (TraceId, SpanId) key, Half half, bool isClient, ulong now)
    {
        Half other;
        lock (_gate)
        {
            if (!others.Remove(key, out other))
            {
                if (mine.TryAdd(key, half))
                {
                    byAge.Enqueue(key);
                }

                if (byAge.Count > WaitingMax)
                {
                    mine.Remove(byAge.Dequeue());
                }

                return;
            }
        }

        var (client, server) = isClient ? (half, other) : (other, half);
        if (client.Service != server.Service)
        {
            Count(client.Service, server.Service, server, client, now);
        }
    }

    // The operation is the callee's, which knows its routes; the time is the caller's, who waited.
    private void Count(string caller, string callee, Half server, Half client, ulong now)
    {
        var key = (caller, callee, server.Protocol, server.Operation);
        if (!_edges.ContainsKey(key) && _edges.Count >= EdgesMax)
        {
            key.Operation = OperationNames.Other;
        }

        Note(_edges, key, client with { Failed = client.Failed || server.Failed }, now);
    }

    private static void Note<TKey>(ConcurrentDictionary<TKey, RateRing> rings, TKey key, Half half, ulong now)
        where TKey : notnull
    {
        var ring = rings.GetOrAdd(key, static _ => new RateRing());
        lock (ring)
        {
            ring.Note(half.End, now, half.Duration, half.Failed);
        }
    }

    private readonly record struct Half(string Service, string Protocol, string Operation, ulong End, ulong Duration, bool Failed);
}
