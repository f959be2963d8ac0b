using System.Runtime.InteropServices;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Scraping;

/// <summary>The present value of one series of a service. Lock its shelf around every use.</summary>
internal sealed class ScrapedSeries(Family family, string labels)
{
    private const int QuantilesMax = 32;

    private ulong _time;

    // What the sender says; it may count from nothing again without saying so.
    private ulong _claimedStart;

    public Family Family => family;

    /// <summary>Between the braces.</summary>
    public string Labels => labels;

    /// <summary>Ticks of the clock when the last point came.</summary>
    public long TouchedAt { get; set; }

    /// <summary>Of gauges and counters.</summary>
    public double Value { get; private set; }

    /// <summary>Of histograms and summaries.</summary>
    public double Count { get; private set; }

    /// <summary>Of histograms and summaries; unset when the sender gives none.</summary>
    public double? Sum { get; private set; }

    /// <summary>Of explicit histograms: upper bounds, one fewer than there are counts.</summary>
    public double[] Bounds { get; private set; } = [];

    /// <summary>Of explicit histograms: how many fell into each bucket, not cumulative.</summary>
    public double[] Counts { get; private set; } = [];

    /// <summary>Of exponential histograms.</summary>
    public PowerBuckets? Powers { get; private set; }

    /// <summary>Of summaries.</summary>
    public (double Quantile, double Value)[] Quantiles { get; private set; } = [];

    /// <summary>Those of the last point that had any.</summary>
    public MetricExemplar[] Exemplars { get; private set; } = [];

    /// <summary>When what is counted began to be counted, in nanoseconds since 1970; 0 when nobody said. A restarted sender begins anew.</summary>
    public ulong Start { get; private set; }

    /// <summary>Takes over a point; false when nothing changes: it is older than the last, the same again, or of a process that an other has followed.</summary>
    /// <remarks>Two processes that give themselves the same labels would make a counter jump up and down. The one that began last is shown.</remarks>
    public bool Take(in MetricPointFields point, MetricKind kind, MetricFlags flags, ulong arrivedAt, ByteBuffer scratch)
    {
        var time = point.Time == 0 ? arrivedAt : point.Time;
        var isDelta = (flags & MetricFlags.Delta) != 0;
        var isCounted = kind != MetricKind.Gauge;
        if (time < _time || (time == _time && isDelta) || (isCounted && !isDelta && point.StartTime != 0 && point.StartTime < _claimedStart))
        {
            return false;
        }

        var (lastTime, lastCount) = (_time, family.Type == FamilyType.Counter ? Value : Count);
        _time = time;
        switch (kind)
        {
            case MetricKind.Gauge or MetricKind.Sum:
                Value = isDelta ? Value + Increase(point.Number) : point.Number;
                break;
            case MetricKind.Summary:
                Span<(double, double)> quantiles = stackalloc (double, double)[QuantilesMax];
                (Count, Sum, Quantiles) = (point.Count, BitConverter.UInt64BitsToDouble(point.Sum), point.ReadQuantiles(quantiles).ToArray());
                break;
            case MetricKind.Histogram:
                TakeBuckets(point, isDelta, scratch);
                break;
            default:
                Powers ??= new PowerBuckets();
                if (!isDelta)
                {
                    Powers.Clear();
                }

                Powers.Add(point);
                TakeCount(point, isDelta);
                break;
        }

        if (isCounted)
        {
            TakeStart(point.StartTime, isDelta, lastTime, lastCount);
        }

        TakeExemplars(point, time);
        return true;
    }

    // What is added to a counter is never less than nothing; what is no number would stay for ever.
    private double Increase(double number) => double.IsFinite(number) && (number > 0 || family.Type != FamilyType.Counter) ? number : 0;

    private void TakeStart(ulong start, bool isDelta, ulong lastTime, double lastCount)
    {
        if (lastTime == 0)
        {
            Start = start != 0 || !isDelta ? start : _time;
        }
        else if (!isDelta && start > _claimedStart)
        {
            Start = start;
        }
        else if ((family.Type == FamilyType.Counter ? Value : Count) < lastCount)
        {
            // It fell without a word: it began again some time after the last point.
            Start = lastTime;
        }

        _claimedStart = Math.Max(_claimedStart, isDelta ? 0 : start);
    }

    private void TakeBuckets(in MetricPointFields point, bool isDelta, ByteBuffer scratch)
    {
        Span<ulong> room = stackalloc ulong[RecordLimits.BucketsMax];
        var counts = point.ReadBuckets(room, scratch);
        var bounds = MemoryMarshal.Cast<byte, double>(scratch.Span);
        var isSame = bounds.SequenceEqual(Bounds) && counts.Length == Counts.Length;
        if (!isSame)
        {
            (Bounds, Counts) = (bounds.ToArray(), new double[counts.Length]);
        }

        for (var index = 0; index < counts.Length; index++)
        {
            Counts[index] = (isDelta && isSame ? Counts[index] : 0) + counts[index];
        }

        TakeCount(point, isDelta && isSame);
    }

    private void TakeCount(in MetricPointFields point, bool isAdded)
    {
        double? sum = (point.Flags & MetricFlags.HasSum) != 0 ? BitConverter.UInt64BitsToDouble(point.Sum) : null;
        Count = (isAdded ? Count : 0) + point.Count;
        Sum = isAdded && Sum is { } before ? before + sum : sum;
    }

    private void TakeExemplars(in MetricPointFields point, ulong time)
    {
        List<MetricExemplar>? exemplars = null;
        foreach (var message in point.Exemplars)
        {
            if (MetricExemplar.Read(message, time) is { Trace.IsNone: false } exemplar && (exemplars ??= []).Count < RecordLimits.ExemplarsMax)
            {
                exemplars.Add(exemplar);
            }
        }

        Exemplars = exemplars is null ? Exemplars : [.. exemplars];
    }
}
