using System.Runtime.InteropServices;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>Writes one point of a metric.</summary>
/// <remarks>The point by kind:
/// <code>
/// gauge, sum    u64 (double, or integer when flagged)
/// histogram     varint count | u64 sum, min, max when flagged | varint bounds (a text of doubles) | varint n, n varints
/// exponential   varint count | u64 sum, min, max when flagged | zigzag scale | varint zero count | zigzag offset, varint n, n varints, twice
/// summary       varint count | u64 sum | varint n, n times u64 quantile, u64 value
/// exemplars     varint n, n times u64 u64 trace, u64 span, zigzag time - point's time, u64 value
/// </code></remarks>
internal static class MetricPointDecoder
{
    /// <summary>The tag attributes have in a point of this kind.</summary>
    public static uint AttributesTag(MetricKind kind) => kind switch { MetricKind.Histogram => 9, MetricKind.ExponentialHistogram => 1, _ => 7u } << 3 | WireReader.Bytes;

    public static void Decode(ReadOnlySpan<byte> point, in MetricDecoder.Identity metric, BlockBuilder block, ByteBuffer scratch, ulong arrivedAt, long now)
    {
        var fields = Read(point, metric.Kind);
        var output = block.Records;
        var strings = block.Strings;
        scratch.Clear();
        OtlpResource.Attributes(point, fields.AttributesTag, scratch, strings);
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
                WriteBuckets(point, output, strings, scratch);
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
                WriteQuantiles(point, output);
                break;
        }

        WriteExemplars(point, fields.ExemplarsTag, time, output);
        block.End();
    }

    private static Fields Read(ReadOnlySpan<byte> point, MetricKind kind)
    {
        var fields = new Fields
        {
            AttributesTag = AttributesTag(kind),
            ExemplarsTag = kind switch { MetricKind.Histogram => 8, MetricKind.ExponentialHistogram => 11, MetricKind.Summary => 0, _ => 5u } << 3 | WireReader.Bytes,
        };
        var number = kind is MetricKind.Gauge or MetricKind.Sum;
        var exponential = kind == MetricKind.ExponentialHistogram;
        var reader = new WireReader(point);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 2 << 3 | WireReader.Fixed64:
                    fields.StartTime = reader.ReadFixed64();
                    break;
                case 3 << 3 | WireReader.Fixed64:
                    fields.Time = reader.ReadFixed64();
                    break;
                case 4 << 3 | WireReader.Fixed64 when number:
                    fields.Value = reader.ReadFixed64();
                    break;
                case 6 << 3 | WireReader.Fixed64 when number:
                    fields.Value = reader.ReadFixed64();
                    fields.Flags |= MetricDecoder.IsInteger;
                    break;
                case 4 << 3 | WireReader.Fixed64:
                    fields.Count = reader.ReadFixed64();
                    break;
                case 5 << 3 | WireReader.Fixed64 when !number:
                    fields.Sum = reader.ReadFixed64();
                    fields.Flags |= MetricDecoder.HasSum;
                    break;
                case 6 << 3 | WireReader.Varint when exponential:
                    var scale = reader.ReadVarint();
                    fields.Scale = (int)(scale >> 1) ^ -(int)(scale & 1);
                    break;
                case 7 << 3 | WireReader.Fixed64 when exponential:
                    fields.ZeroCount = reader.ReadFixed64();
                    break;
                case 8 << 3 | WireReader.Bytes when exponential:
                    fields.Positive = reader.ReadBytes();
                    break;
                case 9 << 3 | WireReader.Bytes when exponential:
                    fields.Negative = reader.ReadBytes();
                    break;
                case 11 << 3 | WireReader.Fixed64 when kind == MetricKind.Histogram:
                case 12 << 3 | WireReader.Fixed64 when exponential:
                    fields.Min = reader.ReadFixed64();
                    fields.Flags |= MetricDecoder.HasRange;
                    break;
                case 12 << 3 | WireReader.Fixed64 when kind == MetricKind.Histogram:
                case 13 << 3 | WireReader.Fixed64 when exponential:
                    fields.Max = reader.ReadFixed64();
                    fields.Flags |= MetricDecoder.HasRange;
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return fields;
    }

    private static void WriteCountAndSum(in Fields fields, ByteBuffer output)
    {
        output.Varint(fields.Count);
        if ((fields.Flags & MetricDecoder.HasSum) != 0)
        {
            output.U64(fields.Sum);
        }

        if ((fields.Flags & MetricDecoder.HasRange) != 0)
        {
            output.U64(fields.Min);
            output.U64(fields.Max);
        }
    }

    // Both lists may be packed (one length, then all values) or not (a tag for each): a protobuf reader takes either.
    private static void WriteBuckets(ReadOnlySpan<byte> point, ByteBuffer output, StringTable strings, ByteBuffer scratch)
    {
        scratch.Clear();
        Span<ulong> counts = stackalloc ulong[RecordLimits.BucketsMax];
        var count = 0;
        var reader = new WireReader(point);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 6 << 3 | WireReader.Bytes:
                    foreach (var value in MemoryMarshal.Cast<byte, ulong>(reader.ReadBytes()))
                    {
                        Add(counts, ref count, value);
                    }

                    break;
                case 6 << 3 | WireReader.Fixed64:
                    Add(counts, ref count, reader.ReadFixed64());
                    break;
                case 7 << 3 | WireReader.Bytes:
                    scratch.Raw(reader.ReadBytes());
                    break;
                case 7 << 3 | WireReader.Fixed64:
                    scratch.U64(reader.ReadFixed64());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        output.Varint((uint)strings.Intern(scratch.Span[..Math.Min(scratch.Length, (RecordLimits.BucketsMax - 1) * 8)]));
        WriteCounts(counts[..count], output);
    }

    private static void WriteExponential(ReadOnlySpan<byte> buckets, ByteBuffer output)
    {
        Span<ulong> counts = stackalloc ulong[RecordLimits.BucketsMax];
        var count = 0;
        long offset = 0;
        var reader = new WireReader(buckets);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Varint:
                    var value = reader.ReadVarint();
                    offset = (long)(value >> 1) ^ -(long)(value & 1);
                    break;
                case 2 << 3 | WireReader.Varint:
                    Add(counts, ref count, reader.ReadVarint());
                    break;
                case 2 << 3 | WireReader.Bytes:
                    var packed = new WireReader(reader.ReadBytes());
                    while (!packed.AtEnd)
                    {
                        Add(counts, ref count, packed.ReadVarint());
                    }

                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        output.ZigZag(offset);
        WriteCounts(counts[..count], output);
    }

    private static void WriteCounts(ReadOnlySpan<ulong> counts, ByteBuffer output)
    {
        output.Varint((uint)counts.Length);
        foreach (var value in counts)
        {
            output.Varint(value);
        }
    }

    private static void WriteQuantiles(ReadOnlySpan<byte> point, ByteBuffer output)
    {
        Span<(ulong Quantile, ulong Value)> quantiles = stackalloc (ulong, ulong)[32];
        var count = 0;
        var reader = new WireReader(point);
        while (count < quantiles.Length && reader.ReadTag() is not 0 and var tag)
        {
            if (tag != (6 << 3 | WireReader.Bytes))
            {
                reader.Skip(tag);
                continue;
            }

            ref var quantile = ref quantiles[count++];
            quantile = default;
            var fields = new WireReader(reader.ReadBytes());
            while (fields.ReadTag() is not 0 and var field)
            {
                switch (field)
                {
                    case 1 << 3 | WireReader.Fixed64:
                        quantile.Quantile = fields.ReadFixed64();
                        break;
                    case 2 << 3 | WireReader.Fixed64:
                        quantile.Value = fields.ReadFixed64();
                        break;
                    default:
                        fields.Skip(field);
                        break;
                }
            }
        }

        output.Varint((uint)count);
        foreach (var (quantile, value) in quantiles[..count])
        {
            output.U64(quantile);
            output.U64(value);
        }
    }

    private static void WriteExemplars(ReadOnlySpan<byte> point, uint exemplarsTag, ulong time, ByteBuffer output)
    {
        var at = output.Length;
        output.Byte(0);
        byte count = 0;
        var reader = new WireReader(point);
        while (count < RecordLimits.ExemplarsMax && reader.ReadTag() is not 0 and var tag)
        {
            if (tag != exemplarsTag)
            {
                reader.Skip(tag);
                continue;
            }

            WriteExemplar(reader.ReadBytes(), time, output);
            count++;
        }

        output.SetByte(at, count);
    }

    private static void WriteExemplar(ReadOnlySpan<byte> message, ulong pointTime, ByteBuffer output)
    {
        TraceId trace = default;
        SpanId span = default;
        var time = pointTime;
        double value = 0;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 2 << 3 | WireReader.Fixed64:
                    time = reader.ReadFixed64();
                    break;
                case 3 << 3 | WireReader.Fixed64:
                    value = reader.ReadDouble();
                    break;
                case 6 << 3 | WireReader.Fixed64:
                    value = (long)reader.ReadFixed64();
                    break;
                case 4 << 3 | WireReader.Bytes:
                    span = SpanId.From(reader.ReadBytes());
                    break;
                case 5 << 3 | WireReader.Bytes:
                    trace = TraceId.From(reader.ReadBytes());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        output.U64(trace.High);
        output.U64(trace.Low);
        output.U64(span.Value);
        output.ZigZag((long)(time - pointTime));
        output.U64(BitConverter.DoubleToUInt64Bits(value));
    }

    private static void Add(Span<ulong> counts, ref int count, ulong value)
    {
        if (count < counts.Length)
        {
            counts[count++] = value;
        }
    }

    private ref struct Fields
    {
        public uint AttributesTag;
        public uint ExemplarsTag;
        public ulong StartTime;
        public ulong Time;
        public ulong Value;
        public ulong Count;
        public ulong Sum;
        public ulong Min;
        public ulong Max;
        public ulong ZeroCount;
        public int Scale;
        public byte Flags;
        public ReadOnlySpan<byte> Positive;
        public ReadOnlySpan<byte> Negative;
    }
}
