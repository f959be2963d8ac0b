using System.Collections.Concurrent;

namespace Conway.Observations;

/// <summary>The counters of one edge. Made by <see cref="TrafficRecorder.Edge"/>; thread-safe.</summary>
public sealed class TrafficEdge
{
    /// <summary>Most operations that are told apart on one edge.</summary>
    public const int OperationsMax = 256;

    internal const int LiveSeconds = 60;
    private const int Ring = 64;

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ConcurrentDictionary<(string Protocol, string Operation), TrafficCell> _cells = new();
    private readonly TrafficSecond?[] _seconds = new TrafficSecond?[Ring];

    internal TrafficEdge(string caller, string callee, TimeProvider time)
    {
        Caller = caller;
        Callee = callee;
        _time = time;
        _origin = time.GetTimestamp();
    }

    /// <summary>Name of the calling service.</summary>
    public string Caller { get; }

    /// <summary>Name of the called service.</summary>
    public string Callee { get; }

    /// <summary>Counts one request that has ended.</summary>
    /// <param name="protocol"><c>http</c>, <c>grpc</c> or <c>websocket</c>.</param>
    /// <param name="operation">Method and route, or the method alone.</param>
    /// <param name="failed">Status 5xx, no answer, or a gRPC status other than OK.</param>
    /// <param name="retries">Extra attempts made for it.</param>
    /// <param name="took">Time to the end of the answer.</param>
    public void Record(string protocol, string operation, bool failed, int retries, TimeSpan took)
    {
        var bucket = LatencyScale.BucketOf(took);
        Cell(protocol, operation).Count(bucket, failed, retries, took);
        Second().Count(bucket, failed, retries);
    }

    internal void Cut(DateTimeOffset from, DateTimeOffset until, List<ObservedTraffic> cut)
    {
        foreach (var (key, cell) in _cells)
        {
            if (cell.Cut() is { } counts)
            {
                cut.Add(new ObservedTraffic
                {
                    From = from,
                    Until = until,
                    Caller = Caller,
                    Callee = Callee,
                    Protocol = key.Protocol,
                    Operation = key.Operation,
                    Count = counts.Count,
                    Errors = counts.Errors,
                    Retries = counts.Retries,
                    Latency = counts.Latency,
                    Source = TrafficSource.Listener,
                });
            }
        }
    }

    internal void AddCounters(List<TrafficCounter> counters)
    {
        foreach (var (key, cell) in _cells)
        {
            counters.Add(new TrafficCounter(this, key.Protocol, key.Operation, cell));
        }
    }

    internal LiveTraffic? Live(int seconds)
    {
        var now = Now();
        var sum = new int[LatencyScale.Buckets];
        var (count, errors, retries) = (0L, 0L, 0L);
        for (var second = Math.Max(0, now - seconds); second < now; second++)
        {
            if (Volatile.Read(ref _seconds[second % Ring]) is { } slot && slot.Number == second)
            {
                count += slot.AddTo(sum);
                errors += slot.Errors;
                retries += slot.Retries;
            }
        }

        return count == 0 ? null : new LiveTraffic(
            Caller, Callee, TimeSpan.FromSeconds(seconds), count, errors, retries, LatencyScale.Quantile(sum, 0.5), LatencyScale.Quantile(sum, 0.99));
    }

    private TrafficCell Cell(string protocol, string operation)
    {
        if (_cells.TryGetValue((protocol, operation), out var cell))
        {
            return cell;
        }

        // Two threads may pass the bound together; it is there against thousands, not against one.
        return _cells.GetOrAdd(_cells.Count < OperationsMax ? (protocol, operation) : (protocol, "other"), static _ => new TrafficCell());
    }

    private TrafficSecond Second()
    {
        var number = Now();
        ref var place = ref _seconds[number % Ring];
        var slot = Volatile.Read(ref place);
        while (slot is null || slot.Number < number)
        {
            var fresh = new TrafficSecond(number);
            var seen = Interlocked.CompareExchange(ref place, fresh, slot);
            slot = ReferenceEquals(seen, slot) ? fresh : seen;
        }

        return slot;
    }

    private long Now() => (long)_time.GetElapsedTime(_origin).TotalSeconds;
}
