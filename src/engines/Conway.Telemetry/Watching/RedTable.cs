using System.Collections.Concurrent;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Watching;

/// <summary>Rate, errors and duration per service and route, kept as spans arrive, so that a question costs the same after a million spans.</summary>
/// <remarks>Bounded to <see cref="SeriesMax"/> routes over all services; the rest share <c>(other)</c> of their service. Safe for concurrent use.</remarks>
internal sealed class RedTable(TimeProvider clock)
{
    public const int SeriesMax = 1024;

    private readonly ConcurrentDictionary<(string Service, string Operation), RateRing> _rings = new();
    private readonly OperationNames _names = new(4 * SeriesMax);

    public void Note(string service, in SpanFacts facts)
    {
        Span<byte> buffer = stackalloc byte[OperationNames.NameBytesMax];
        var key = (service, _names.Of(facts.Operation(buffer)));
        if (!_rings.TryGetValue(key, out var ring))
        {
            key = _rings.Count < SeriesMax ? key : (service, OperationNames.Other);
            ring = _rings.GetOrAdd(key, static _ => new RateRing());
        }

        lock (ring)
        {
            ring.Note(facts.End, UnixNano.Of(clock.GetUtcNow()), facts.Duration, facts.Failed);
        }
    }

    /// <summary>Every route seen since the start, by service and name. Lock the ring around every use.</summary>
    public IReadOnlyList<RedRoute> Routes() =>
        [.. _rings.Select(entry => new RedRoute(entry.Key.Service, entry.Key.Operation, entry.Value))
            .OrderBy(route => route.Service, StringComparer.Ordinal).ThenBy(route => route.Operation, StringComparer.Ordinal)];

    /// <summary>One row for each route, or for each service, busiest first.</summary>
    public IReadOnlyList<RequestRate> Rates(TimeSpan window, string? service, bool perRoute)
    {
        var now = UnixNano.Of(clock.GetUtcNow());
        return [.. _rings
            .Where(entry => service is null || entry.Key.Service == service)
            .GroupBy(entry => perRoute ? entry.Key : (entry.Key.Service, ""))
            .Select(group => Row(group.Key.Service, group.Key.Item2, group.Select(entry => entry.Value), now, window))
            .OrderByDescending(row => row.Count).ThenBy(row => row.Service, StringComparer.Ordinal).ThenBy(row => row.Operation, StringComparer.Ordinal)];
    }

    private static RequestRate Row(string service, string operation, IEnumerable<RateRing> rings, ulong now, TimeSpan window)
    {
        var sum = new RateSum();
        long count = 0, errors = 0;
        foreach (var ring in rings)
        {
            lock (ring)
            {
                ring.Sum(now, window, sum);
                count += ring.TotalCount;
                errors += ring.TotalErrors;
            }
        }

        return new(service, operation, sum.Count, sum.Errors, sum.Count / window.TotalSeconds, sum.Count == 0 ? 0 : (double)sum.Errors / sum.Count,
            sum.Latency.Percentile(0.5), sum.Latency.Percentile(0.9), sum.Latency.Percentile(0.99), count, errors,
            [.. sum.Slots.Select(slot => new RatePoint(UnixNano.ToTime(slot.Key), slot.Value.Count / (RateRing.WidthFor(window) / 1e9), (double)slot.Value.Errors / slot.Value.Count,
                slot.Value.Latency.Percentile(0.99)))]);
    }
}

/// <summary>A route with what it has served.</summary>
internal readonly record struct RedRoute(string Service, string Operation, RateRing Ring);
