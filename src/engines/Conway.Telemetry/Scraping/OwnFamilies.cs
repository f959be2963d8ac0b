using System.Diagnostics;
using Conway.Observations;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Storing;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Scraping;

/// <summary>A family of ours, with what writes its rows one after another.</summary>
internal readonly record struct OwnFamily(Family Family, int Rows, Action<MetricsText, int> Write);

/// <summary>What Conway itself counts, family by family. Every name begins with <c>conway_</c>.</summary>
internal sealed class OwnFamilies(TelemetryStore store, OtlpIntake intake, Watchers watchers, TelemetryOptions options, DateTimeOffset startedAt)
{
    private const int EdgesMax = 2_000;
    private const int MeasuredMax = 2_000;

    // Bounds at powers of two: from 128 µs to 67 s of the listeners' scale, and about the same of the spans'.
    private const int PowerMin = 7;
    private const int PowerMax = 26;

    private static readonly Signal[] Signals = Enum.GetValues<Signal>();
    private static readonly ulong ProcessStart = UnixNano.Of(new DateTimeOffset(Process.GetCurrentProcess().StartTime.ToUniversalTime()));

    private readonly ulong _start = UnixNano.Of(startedAt);

    public IEnumerable<OwnFamily> All() => [.. OfEdges(), .. OfRoutes(), .. OfNode(), .. OfTelemetry(), .. OfProcess()];

    private IEnumerable<OwnFamily> OfEdges()
    {
        var edges = options.Traffic?.Counters(EdgesMax) ?? [];
        if (edges.Count == 0)
        {
            yield break;
        }

        yield return Of(Counter("conway_edge_requests", "Requests that passed the gateway or a listener and have ended."), edges, LabelsOf, edge => edge.Read([]).Count);
        yield return Of(Counter("conway_edge_errors", "Requests that failed: status 5xx, no answer, or a gRPC status other than OK."), edges, LabelsOf, edge => edge.Read([]).Errors);
        yield return Of(Counter("conway_edge_retries", "Extra attempts made for requests."), edges, LabelsOf, edge => edge.Read([]).Retries);
        var family = new Family("conway_edge_duration_seconds", FamilyType.Histogram, "seconds", "Time to the end of the answer.");
        yield return new(family, edges.Count, (text, row) => WriteHistogram(text, family, edges[row]));
    }

    private IEnumerable<OwnFamily> OfRoutes()
    {
        var routes = watchers.Red.Routes();
        if (routes.Count == 0)
        {
            yield break;
        }

        yield return Of(Counter("conway_server_requests", "Requests that services answered, from their server and consumer spans."), routes, LabelsOf, route => route.Ring.TotalCount);
        yield return Of(Counter("conway_server_errors", "Requests that services failed to answer well."), routes, LabelsOf, route => route.Ring.TotalErrors);
        var family = new Family("conway_server_duration_seconds", FamilyType.Histogram, "seconds", "Time that services took to answer.");
        yield return new(family, routes.Count, (text, row) => WriteHistogram(text, family, routes[row]));
    }

    private IEnumerable<OwnFamily> OfNode() => (options.Measures?.Invoke() ?? []).Select(measure =>
    {
        var family = new Family(measure.Name, measure.Grows ? FamilyType.Counter : FamilyType.Gauge, measure.Unit, measure.Help);
        return new OwnFamily(family, Math.Min(measure.Rows.Count, MeasuredMax), (text, row) => text.Number(family, text.Labels([.. measure.Rows[row].Labels]), measure.Rows[row].Value));
    });

    private IEnumerable<OwnFamily> OfTelemetry()
    {
        var shelves = store.Shelves.All.OrderBy(shelf => shelf.Service, StringComparer.Ordinal).ToArray();
        if (shelves.Length > 0)
        {
            var family = Counter("conway_telemetry_received_records", "Spans, metric points and logs taken.");
            yield return new(family, shelves.Length * Signals.Length, (text, row) =>
            {
                var (shelf, signal) = (shelves[row / Signals.Length], Signals[row % Signals.Length]);
                text.Number(family, text.Labels(("service", shelf.Service), ("signal", NameOf(signal))), shelf.Received(signal), _start);
            });
            yield return Of(Counter("conway_telemetry_evicted_records", "Records removed by quota or age."), shelves, LabelsOf, Evicted);
            yield return Of(Counter("conway_telemetry_dropped_lines", "Output lines not taken, because they came faster than they could be written."), shelves, LabelsOf, shelf => shelf.Dropped);
            yield return Of(new("conway_telemetry_stored_bytes", FamilyType.Gauge, "bytes", "What is kept, on disk or in memory."), shelves, LabelsOf, shelf => shelf.Bytes);
        }

        yield return One(Counter("conway_telemetry_deferred_requests", "OTLP requests that were told to come again."), intake.Deferred, _start);
        yield return One(Counter("conway_telemetry_malformed_requests", "OTLP requests that were no OTLP."), intake.Malformed, _start);
        yield return One(new("conway_telemetry_pending_bytes", FamilyType.Gauge, "bytes", "Raw telemetry that waits to be written."), store.PendingBytes);
        yield return One(new("conway_telemetry_memory_only", FamilyType.Gauge, "", "Whether nothing is written to disk at present."), options.Root is null || store.Refusal is not null ? 1 : 0);
        yield return One(new("conway_scrape_series", FamilyType.Gauge, "", "Series of services held for scraping."), watchers.Scrape.Count);
        yield return One(Counter("conway_scrape_refused_points", "Points of services that found no room, or whose name is another family's."), watchers.Scrape.Refused, _start);
    }

    private static IEnumerable<OwnFamily> OfProcess()
    {
        yield return One(new("conway_process_cpu_seconds", FamilyType.Counter, "seconds", "Processor time of the node."), Environment.CpuUsage.TotalTime.TotalSeconds, ProcessStart);
        yield return One(new("conway_process_resident_memory_bytes", FamilyType.Gauge, "bytes", "Memory of the node."), Environment.WorkingSet);
        yield return One(new("conway_process_start_time_seconds", FamilyType.Gauge, "seconds", "When the node was started, in seconds since 1970."), ProcessStart / 1_000_000 / 1e3);
    }

    private void WriteHistogram(MetricsText text, Family family, TrafficCounter edge)
    {
        Span<long> buckets = stackalloc long[LatencyScale.Buckets];
        var labels = LabelsOf(text, edge);
        var reading = edge.Read(buckets);
        var (reached, below, next) = (double.NegativeInfinity, 0L, 0);
        for (var power = PowerMin; power <= PowerMax; power++)
        {
            var bound = TimeSpan.FromMicroseconds(1L << power);
            for (; next < buckets.Length && LatencyScale.UpperOf(next) <= bound; next++)
            {
                below += buckets[next];
            }

            text.Bucket(family, labels, ref reached, bound.TotalSeconds, below);
        }

        text.Bucket(family, labels, ref reached, double.PositiveInfinity, reading.Count);
        text.SumAndCount(family, labels, reading.Took.TotalSeconds, reading.Count, _start);
    }

    private void WriteHistogram(MetricsText text, Family family, RedRoute route)
    {
        Span<(double Seconds, long Below)> bounds = stackalloc (double, long)[LatencyTotals.Bounds];
        long count;
        double seconds;
        lock (route.Ring)
        {
            route.Ring.TotalLatency.ReadCumulative(bounds);
            (count, seconds) = (route.Ring.TotalCount, route.Ring.TotalLatency.Sum / 1e9);
        }

        var labels = LabelsOf(text, route);
        var reached = double.NegativeInfinity;
        foreach (var (bound, below) in bounds)
        {
            text.Bucket(family, labels, ref reached, bound, below);
        }

        text.Bucket(family, labels, ref reached, double.PositiveInfinity, count);
        text.SumAndCount(family, labels, seconds, count, _start);
    }

    private static double Evicted(ServiceShelf shelf)
    {
        var evicted = 0.0;
        foreach (var signal in Signals)
        {
            evicted += shelf.Evicted(signal);
        }

        return evicted;
    }

    private static Family Counter(string name, string help) => new(name, FamilyType.Counter, "", help);

    private static OwnFamily One(Family family, double value, ulong start = 0) => new(family, 1, (text, _) => text.Number(family, [], value, start));

    private OwnFamily Of<T>(Family family, IReadOnlyList<T> rows, LabelsWriter<T> labels, Func<T, double> value) =>
        new(family, rows.Count, (text, row) => text.Number(family, labels(text, rows[row]), value(rows[row]), _start));

    private delegate ReadOnlySpan<byte> LabelsWriter<in T>(MetricsText text, T row);

    private static ReadOnlySpan<byte> LabelsOf(MetricsText text, TrafficCounter edge) =>
        text.Labels(("callee", edge.Callee), ("caller", edge.Caller), ("operation", edge.Operation), ("protocol", edge.Protocol));

    private static ReadOnlySpan<byte> LabelsOf(MetricsText text, RedRoute route) => text.Labels(("operation", route.Operation), ("service", route.Service));

    private static ReadOnlySpan<byte> LabelsOf(MetricsText text, ServiceShelf shelf) => text.Labels(("service", shelf.Service));

    private static string NameOf(Signal signal) => signal switch { Signal.Traces => "traces", Signal.Metrics => "metrics", _ => "logs" };
}
