using Conway.Telemetry.Otlp;
using Conway.Telemetry.Watching;

namespace Conway.Telemetry.Querying;

/// <summary>What one route has served in a stretch of a run, as a whole and slot by slot.</summary>
internal sealed class RateRow
{
    public LatencyHistogram Latency { get; } = new();

    public long Count => Latency.Count;

    public long Errors { get; private set; }

    /// <summary>By number; slots without a request are missing.</summary>
    public SortedDictionary<int, RateSlot> Slots { get; } = [];

    public void Add(in SpanFacts facts, int number)
    {
        var error = facts.Failed ? 1 : 0;
        Errors += error;
        Latency.Add(facts.Duration);
        var slot = SlotOf(number);
        slot.Errors += error;
        slot.Latency.Add(facts.Duration);
    }

    public static RateRow Sum(IEnumerable<RateRow> rows)
    {
        var sum = new RateRow();
        foreach (var row in rows)
        {
            sum.Errors += row.Errors;
            sum.Latency.Add(row.Latency);
            foreach (var (number, slot) in row.Slots)
            {
                var into = sum.SlotOf(number);
                into.Errors += slot.Errors;
                into.Latency.Add(slot.Latency);
            }
        }

        return sum;
    }

    private RateSlot SlotOf(int number)
    {
        if (!Slots.TryGetValue(number, out var slot))
        {
            Slots.Add(number, slot = new RateSlot());
        }

        return slot;
    }
}

/// <summary>A sixtieth of the stretch, a second at least.</summary>
internal sealed class RateSlot
{
    public long Errors { get; set; }

    public LatencyHistogram Latency { get; } = new();
}
