namespace Conway.Telemetry.Watching;

/// <summary>Counts, errors and latencies of one thing over the last hour: by ten seconds for five minutes, by the minute beyond.</summary>
/// <remarks>And everything since the beginning. Memory: a slot is made when something falls into it; 90 slots of 0.9 KiB at most. Lock it around every use.</remarks>
internal sealed class RateRing
{
    public const ulong FineNano = 10_000_000_000;
    public const ulong CoarseNano = 60_000_000_000;
    private const int FineSlots = 31;
    private const int CoarseSlots = 61;

    private readonly Slot?[] _fine = new Slot?[FineSlots];
    private readonly Slot?[] _coarse = new Slot?[CoarseSlots];

    public long TotalCount { get; private set; }

    public long TotalErrors { get; private set; }

    /// <summary>Of everything counted since the beginning.</summary>
    public LatencyTotals TotalLatency { get; } = new();

    /// <summary>Counts one thing that ended at a time.</summary>
    public void Note(ulong end, ulong now, ulong duration, bool failed)
    {
        TotalCount++;
        TotalErrors += failed ? 1 : 0;
        TotalLatency.Add(duration);

        // A clock that runs ahead must not push the present out of the ring.
        end = Math.Min(end, now);
        var bucket = LatencyHistogram.BucketOf(duration);
        Note(_fine, FineNano, end, now, duration, bucket, failed);
        Note(_coarse, CoarseNano, end, now, duration, bucket, failed);
    }

    /// <summary>Width of the slots a window is made of.</summary>
    public static ulong WidthFor(TimeSpan window) => UnixNano.Of(window) <= (FineSlots - 1) * FineNano ? FineNano : CoarseNano;

    /// <summary>Sums what ended in a window up to now; the window is widened to whole slots.</summary>
    public void Sum(ulong now, TimeSpan window, RateSum into)
    {
        var span = UnixNano.Of(window);
        var width = WidthFor(window);
        var ring = width == FineNano ? _fine : _coarse;
        var first = UnixNano.Minus(now, span) / width;
        foreach (var slot in ring)
        {
            if (slot is not null && slot.Number >= first && slot.Number <= now / width)
            {
                into.Count += slot.Count;
                into.Errors += slot.Errors;
                into.Latency.Add(slot.Latency);
                into.AddSlot(slot.Number * width, slot.Count, slot.Errors, slot.Latency);
            }
        }
    }

    private static void Note(Slot?[] ring, ulong width, ulong end, ulong now, ulong duration, int bucket, bool failed)
    {
        var number = end / width;
        if (number + (ulong)ring.Length <= now / width)
        {
            return;
        }

        ref var slot = ref ring[number % (ulong)ring.Length];
        slot ??= new Slot { Number = number };
        if (slot.Number != number)
        {
            slot.Reuse(number);
        }

        slot.Count++;
        slot.Errors += failed ? 1 : 0;
        slot.Latency.Add(duration, bucket);
    }

    private sealed class Slot
    {
        public ulong Number;
        public long Count;
        public long Errors;

        public LatencyHistogram Latency { get; } = new();

        public void Reuse(ulong number)
        {
            (Number, Count, Errors) = (number, 0, 0);
            Latency.Clear();
        }
    }
}

/// <summary>What <see cref="RateRing.Sum"/> adds up.</summary>
internal sealed class RateSum
{
    public long Count;
    public long Errors;

    public LatencyHistogram Latency { get; } = new();

    /// <summary>The same slot by slot, by its begin.</summary>
    public SortedDictionary<ulong, (long Count, long Errors, LatencyHistogram Latency)> Slots { get; } = [];

    public void AddSlot(ulong start, long count, long errors, LatencyHistogram latency)
    {
        var slot = Slots.TryGetValue(start, out var known) ? known : (Count: 0L, Errors: 0L, Latency: new LatencyHistogram());
        slot.Latency.Add(latency);
        Slots[start] = (slot.Count + count, slot.Errors + errors, slot.Latency);
    }
}
