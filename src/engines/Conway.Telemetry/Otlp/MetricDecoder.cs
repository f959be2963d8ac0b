using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>Turns the points of one OTLP metric into records of a block, one a point.</summary>
/// <remarks><code>
/// header (no trace) | u8 kind | u8 flags | varint resource, scope, name, unit, description, attributes | zigzag start - time | point | exemplars
/// </code>
/// The attributes of a point are stored among the block's texts: their number tells the series within the block. The point by kind:
/// <code>
/// gauge, sum    u64 (double, or integer when flagged)
/// histogram     varint count | u64 sum, min, max when flagged | varint bounds (a text of doubles) | varint n, n varints
/// exponential   varint count | u64 sum, min, max when flagged | zigzag scale | varint zero count | zigzag offset, varint n, n varints, twice
/// summary       varint count | u64 sum | varint n, n times u64 quantile, u64 value
/// exemplars     varint n, n times u64 u64 trace, u64 span, zigzag time - point's time, u64 value
/// </code></remarks>
internal static class MetricDecoder
{
    private const int QuantilesMax = 32;

    /// <summary>Writes all points of a metric; how many it has. One that only says that there is no value is not written.</summary>
    public static int Decode(in MetricHead metric, BlockBuilder block, int resource, int scope, ByteBuffer scratch, ulong arrivedAt, long now)
    {
        var strings = block.Strings;
        var identity = new Identity(
            metric.Kind, metric.Flags, resource, scope,
            strings.Intern(RecordLimits.Cut(metric.Name, RecordLimits.TextBytesMax)),
            strings.Intern(RecordLimits.Cut(metric.Unit, RecordLimits.InternBytesMax)),
            strings.Intern(RecordLimits.Cut(metric.Description, RecordLimits.TextBytesMax)));
        var count = 0;
        foreach (var point in metric.Points)
        {
            count++;
            var fields = MetricPointFields.Read(point, metric.Kind);
            if ((fields.Flags & MetricFlags.HasNoValue) == 0)
            {
                Write(point, fields, identity, block, scratch, arrivedAt, now);
            }
        }

        return count;
    }

    private static void Write(ReadOnlySpan<byte> point, in MetricPointFields fields, in Identity metric, BlockBuilder block, ByteBuffer scratch, ulong arrivedAt, long now)
    {
        var output = block.Records;
        var strings = block.Strings;
        scratch.Clear();
        OtlpResource.Attributes(point, (uint)fields.AttributesField << 3 | WireReader.Bytes, scratch, strings);
        var attributes = strings.Intern(scratch.Span);
        var time = fields.Time == 0 ? arrivedAt : fields.Time;

        block.Begin(default, default, time, now);
        output.Byte((byte)metric.Kind);
        output.Byte((byte)(metric.Flags | fields.Flags));
        output.Varint((uint)metric.Resource);
        output.Varint((uint)metric.Scope);
        output.Varint((uint)metric.Name);
        output.Varint((uint)metric.Unit);
        output.Varint((uint)metric.Description);
        output.Varint((uint)attributes);
        output.ZigZag((long)(fields.StartTime - time));
        switch (metric.Kind)
        {
            case MetricKind.Gauge or MetricKind.Sum:
                output.U64(fields.Value);
                break;
            case MetricKind.Histogram:
                WriteCountAndSum(fields, output);
                Span<ulong> counts = stackalloc ulong[RecordLimits.BucketsMax];
                var buckets = fields.ReadBuckets(counts, scratch);
                output.Varint((uint)strings.Intern(scratch.Span));
                WriteCounts(buckets, output);
                break;
            case MetricKind.ExponentialHistogram:
                WriteCountAndSum(fields, output);
                output.ZigZag(fields.Scale);
                output.Varint(fields.ZeroCount);
                WriteExponential(fields.Positive, output);
                WriteExponential(fields.Negative, output);
                break;
            default:
                output.Varint(fields.Count);
                output.U64(fields.Sum);
                WriteQuantiles(fields, output);
                break;
        }

        WriteExemplars(fields, time, output);
        block.End();
    }

    private static void WriteCountAndSum(in MetricPointFields fields, ByteBuffer output)
    {
        output.Varint(fields.Count);
        if ((fields.Flags & MetricFlags.HasSum) != 0)
        {
            output.U64(fields.Sum);
        }

        if ((fields.Flags & MetricFlags.HasRange) != 0)
        {
            output.U64(fields.Min);
            output.U64(fields.Max);
        }
    }

    private static void WriteExponential(ReadOnlySpan<byte> side, ByteBuffer output)
    {
        Span<ulong> counts = stackalloc ulong[RecordLimits.BucketsMax];
        var buckets = MetricPointFields.ReadExponential(side, counts, out var offset);
        output.ZigZag(offset);
        WriteCounts(buckets, output);
    }

    private static void WriteCounts(ReadOnlySpan<ulong> counts, ByteBuffer output)
    {
        output.Varint((uint)counts.Length);
        foreach (var value in counts)
        {
            output.Varint(value);
        }
    }

    private static void WriteQuantiles(in MetricPointFields fields, ByteBuffer output)
    {
        Span<(double, double)> room = stackalloc (double, double)[QuantilesMax];
        var quantiles = fields.ReadQuantiles(room);
        output.Varint((uint)quantiles.Length);
        foreach (var (quantile, value) in quantiles)
        {
            output.U64(BitConverter.DoubleToUInt64Bits(quantile));
            output.U64(BitConverter.DoubleToUInt64Bits(value));
        }
    }

    private static void WriteExemplars(in MetricPointFields fields, ulong time, ByteBuffer output)
    {
        var at = output.Length;
        output.Byte(0);
        byte count = 0;
        foreach (var message in fields.Exemplars)
        {
            if (count == RecordLimits.ExemplarsMax)
            {
                break;
            }

            var exemplar = MetricExemplar.Read(message, time);
            output.U64(exemplar.Trace.High);
            output.U64(exemplar.Trace.Low);
            output.U64(exemplar.Span.Value);
            output.ZigZag((long)(exemplar.Time - time));
            output.U64(BitConverter.DoubleToUInt64Bits(exemplar.Value));
            count++;
        }

        output.SetByte(at, count);
    }

    /// <summary>What all points of one metric share, by its numbers in the block.</summary>
    private readonly record struct Identity(MetricKind Kind, MetricFlags Flags, int Resource, int Scope, int Name, int Unit, int Description);
}
