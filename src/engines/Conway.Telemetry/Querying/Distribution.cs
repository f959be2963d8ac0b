using System.Runtime.InteropServices;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>How often values fell between bounds: a histogram point of either kind, or several added up.</summary>
internal sealed class Distribution
{
    private readonly SortedDictionary<(double Low, double High), double> _buckets = [];

    public double Count { get; private set; }

    public double Sum { get; private set; }

    /// <summary>Reads the point of a record whose reader stands at it.</summary>
    public static Distribution Read(MetricKind kind, MetricFlags flags, ref RecordReader reader, OpenBlock block)
    {
        var distribution = new Distribution { Count = reader.Varint() };
        distribution.Sum = (flags & MetricFlags.HasSum) != 0 ? reader.Double() : 0;
        // Smallest and largest are those of the whole life of a cumulative series: of no use for a step.
        reader.At += (flags & MetricFlags.HasRange) != 0 ? 16 : 0;
        if (kind == MetricKind.Histogram)
        {
            distribution.ReadExplicit(ref reader, block);
        }
        else
        {
            distribution.ReadExponential(ref reader);
        }

        return distribution;
    }

    /// <summary>This minus an earlier point of the same cumulative series; null when the series began anew in between.</summary>
    public Distribution? Since(Distribution earlier)
    {
        if (Count < earlier.Count)
        {
            return null;
        }

        var difference = new Distribution { Count = Count - earlier.Count, Sum = Sum - earlier.Sum };
        foreach (var (bounds, count) in _buckets)
        {
            var left = count - earlier._buckets.GetValueOrDefault(bounds);
            if (left < 0)
            {
                return null;
            }

            difference._buckets[bounds] = left;
        }

        return difference;
    }

    public void Add(Distribution other)
    {
        Count += other.Count;
        Sum += other.Sum;
        foreach (var (bounds, count) in other._buckets)
        {
            Put(bounds.Low, bounds.High, count);
        }
    }

    /// <summary>The value a share of all stay below: linear within its bucket, as PromQL does; the last finite bound when it lies beyond it.</summary>
    public double? Percentile(double share)
    {
        var total = _buckets.Values.Sum();
        if (total <= 0)
        {
            return null;
        }

        var (rank, below) = (share * total, 0.0);
        foreach (var ((low, high), count) in _buckets)
        {
            if (count > 0 && below + count >= rank)
            {
                return double.IsPositiveInfinity(high) ? low : double.IsNegativeInfinity(low) ? high : low + (high - low) * ((rank - below) / count);
            }

            below += count;
        }

        return _buckets.Keys.Last().Low;
    }

    // n bounds make n + 1 buckets; the outer two are open, but durations and sizes begin at 0.
    private void ReadExplicit(ref RecordReader reader, OpenBlock block)
    {
        var bounds = MemoryMarshal.Cast<byte, double>(block.Text(reader.Number()));
        var buckets = reader.Number();
        for (var index = 0; index < buckets; index++)
        {
            var count = reader.Varint();
            var low = index > 0 && index <= bounds.Length ? bounds[index - 1] : bounds.Length > 0 && bounds[0] > 0 ? 0 : double.NegativeInfinity;
            var high = index < bounds.Length ? bounds[index] : double.PositiveInfinity;
            Put(low, high, count);
        }
    }

    // Bucket i of scale s holds (base^(offset + i), base^(offset + i + 1)] with base = 2^(2^-s).
    private void ReadExponential(ref RecordReader reader)
    {
        var power = Math.Pow(2, -reader.ZigZag());
        Put(0, 0, reader.Varint());
        for (var sign = 1; sign >= -1; sign -= 2)
        {
            var offset = reader.ZigZag();
            var buckets = reader.Number();
            for (var index = 0; index < buckets; index++)
            {
                var count = reader.Varint();
                var (low, high) = (Math.Pow(2, (offset + index) * power), Math.Pow(2, (offset + index + 1) * power));
                Put(sign > 0 ? low : -high, sign > 0 ? high : -low, count);
            }
        }
    }

    private void Put(double low, double high, double count) => _buckets[(low, high)] = _buckets.GetValueOrDefault((low, high)) + count;
}
