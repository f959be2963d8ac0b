using Conway.Telemetry.Otlp;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Querying;

/// <summary>Requests of a stretch of a run, counted by service and route. Not safe for concurrent use.</summary>
internal sealed class RateTally
{
    /// <summary>Points of one row's series.</summary>
    public const int SlotsMax = 60;

    private readonly Dictionary<(string Service, string Operation), RateRow> _rows = [];
    private readonly OperationNames _names = new(4 * RedTable.SeriesMax);
    private readonly ulong _from;
    private readonly ulong _until;
    private readonly ulong _endMax;
    private readonly ulong _width;
    private readonly bool _hasEnded;
    private ulong _firstStart = ulong.MaxValue;
    private ulong _lastEnd;

    public RateTally(ulong from, ulong until, ulong latest, bool hasEnded)
    {
        // The last requests of a run end after the last has begun, which is what is known of its end.
        (_from, _until, _endMax, _hasEnded, _lastEnd) = (from, until, hasEnded ? latest : until, hasEnded, from);
        _width = Math.Max(1_000_000_000, (until - from + SlotsMax - 1) / SlotsMax);
    }

    public bool IsWithin(in SpanFacts facts) => facts.End >= _from && facts.End <= _endMax && facts.Start <= _endMax;

    public void Add(string service, in SpanFacts facts, Span<byte> buffer)
    {
        var key = (service, _names.Of(facts.Operation(buffer)));
        if (!_rows.TryGetValue(key, out var row))
        {
            key = _rows.Count < RedTable.SeriesMax ? key : (service, OperationNames.Other);
            if (!_rows.TryGetValue(key, out row))
            {
                _rows.Add(key, row = new RateRow());
            }
        }

        row.Add(facts, SlotOf(facts.End));
        _firstStart = Math.Min(_firstStart, Math.Max(facts.Start, _from));
        _lastEnd = Math.Max(_lastEnd, facts.End);
    }

    /// <summary>Whether everything of the stretch was read.</summary>
    public bool IsComplete { get; set; } = true;

    /// <summary>Pieces of the telemetry that could not be read.</summary>
    public int Unreadable { get; set; }

    // A run that ended is as long as there were requests; nobody asks for the quiet before and after.
    public DateTimeOffset Begin => UnixNano.ToTime(_hasEnded ? Math.Min(_firstStart, _lastEnd) : _from);

    public DateTimeOffset End => UnixNano.ToTime(_hasEnded ? _lastEnd : _until);

    /// <summary>A second at least.</summary>
    public double Seconds => Math.Max(1, (End - Begin).TotalSeconds);

    public IEnumerable<(string Service, string Operation, RateRow Row)> Routes => _rows.Select(row => (row.Key.Service, row.Key.Operation, row.Value));

    /// <summary>Each service with all its routes; the operation is empty.</summary>
    public IEnumerable<(string Service, string Operation, RateRow Row)> Services =>
        _rows.GroupBy(row => row.Key.Service).Select(group => (group.Key, "", RateRow.Sum(group.Select(row => row.Value))));

    public RunRates Report() => new(Begin, End, Ordered(Services), Ordered(Routes), IsComplete, Unreadable);

    private IReadOnlyList<RequestRate> Ordered(IEnumerable<(string Service, string Operation, RateRow Row)> rows) =>
        [.. rows.Select(row => Rate(row.Service, row.Operation, row.Row, Seconds)).OrderByDescending(rate => rate.Count).ThenBy(rate => rate.Service, StringComparer.Ordinal).ThenBy(rate => rate.Operation, StringComparer.Ordinal)];

    private RequestRate Rate(string service, string operation, RateRow row, double seconds) => new(
        service, operation, row.Latency.Count, row.Errors, row.Latency.Count / seconds, (double)row.Errors / row.Latency.Count,
        row.Latency.Percentile(0.5), row.Latency.Percentile(0.9), row.Latency.Percentile(0.99), row.Latency.Count, row.Errors,
        [.. Enumerable.Range(0, SlotOf(_hasEnded ? _lastEnd : _until) + 1).Select(number => Point(number, row.Slots.GetValueOrDefault(number)))]);

    private RatePoint Point(int number, RateSlot? slot)
    {
        var at = UnixNano.ToTime(_from + ((ulong)number * _width));
        return slot is null ? new(at, 0, 0, default) : new(at, slot.Latency.Count / (_width / 1e9), (double)slot.Errors / slot.Latency.Count, slot.Latency.Percentile(0.99));
    }

    private int SlotOf(ulong time) => (int)Math.Min((time - _from) / _width, SlotsMax - 1);
}
