using System.Collections.Concurrent;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Scraping;

/// <summary>The present value of every series that services send, kept while points arrive, so that a scrape reads no file. Safe for concurrent use.</summary>
/// <remarks>Bounded: <see cref="SeriesMax"/> in all, <see cref="SeriesOfServiceMax"/> of one service, so that one with endless labels does not keep the others out.</remarks>
internal sealed class ScrapeTable(TimeProvider clock)
{
    public const int SeriesMax = 20_000;
    public const int SeriesOfServiceMax = 5_000;

    /// <summary>A series that got no point for so long is over: Prometheus' own look-back.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, ScrapeShelf> _shelves = new(StringComparer.Ordinal);
    private int _series;
    private long _refused;

    /// <summary>Series held.</summary>
    public int Count => Volatile.Read(ref _series);

    /// <summary>Points that found no room.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public bool IsFull => Count >= SeriesMax;

    /// <summary>Takes over the points of a metric.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="metric">What was sent.</param>
    /// <param name="resource">The Resource message.</param>
    /// <param name="scope">The InstrumentationScope message.</param>
    /// <param name="arrivedAt">For points without a time of their own.</param>
    public void Note(string service, in MetricHead metric, ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope, ulong arrivedAt) =>
        _shelves.GetOrAdd(service, static (_, made) => new ScrapeShelf(made.Table, made.Clock), (Table: this, Clock: clock)).Note(metric, resource, scope, arrivedAt);

    /// <summary>Adds everything that is still sent, services in the order of their names.</summary>
    public void AddPresent(PresentSeries series, List<string> targets)
    {
        foreach (var (_, shelf) in _shelves.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            shelf.AddPresent(series, targets);
        }
    }

    public bool TryAdd()
    {
        if (Interlocked.Increment(ref _series) <= SeriesMax)
        {
            return true;
        }

        Interlocked.Decrement(ref _series);
        return false;
    }

    public void CountGone(int series) => Interlocked.Add(ref _series, -series);

    public void CountRefused() => Interlocked.Increment(ref _refused);
}
