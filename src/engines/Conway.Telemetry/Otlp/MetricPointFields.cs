using System.Runtime.InteropServices;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>The fields of one point of any kind of metric.</summary>
/// <remarks>Slices of the request: valid only during the call they are given to. Lists stay in their bytes and are read by the methods.</remarks>
internal ref struct MetricPointFields
{
    public MetricFlags Flags;
    public ulong StartTime;
    public ulong Time;

    /// <summary>Of gauges and sums: a double, or an integer when flagged.</summary>
    public ulong Value;

    public ulong Count;

    /// <summary>A double, as <see cref="Min"/> and <see cref="Max"/>.</summary>
    public ulong Sum;

    public ulong Min;
    public ulong Max;
    public ulong ZeroCount;
    public double ZeroThreshold;
    public int Scale;
    public ReadOnlySpan<byte> Positive;
    public ReadOnlySpan<byte> Negative;

    // No message has it: protobuf's field numbers begin at 1.
    private const int NoField = 0;

    private ReadOnlySpan<byte> _point;
    private MetricKind _kind;

    /// <summary>The value of a gauge or sum as a number.</summary>
    public readonly double Number => (Flags & MetricFlags.IsInteger) != 0 ? (long)Value : BitConverter.UInt64BitsToDouble(Value);

    /// <summary>The field its attributes have, and <see cref="ExemplarsField"/> its exemplars.</summary>
    public readonly int AttributesField => FieldOfAttributes(_kind);

    /// <summary>The attributes' KeyValue messages.</summary>
    public readonly MessageReader Attributes => new(_point, AttributesField);

    /// <summary>The exemplars' messages, see <see cref="MetricExemplar"/>.</summary>
    public readonly MessageReader Exemplars => new(_point, ExemplarsField);

    private readonly int ExemplarsField => _kind switch { MetricKind.Histogram => 8, MetricKind.ExponentialHistogram => 11, MetricKind.Summary => NoField, _ => 5 };

    public static MetricPointFields Read(ReadOnlySpan<byte> point, MetricKind kind)
    {
        var fields = new MetricPointFields { _point = point, _kind = kind };
        var number = kind is MetricKind.Gauge or MetricKind.Sum;
        var exponential = kind == MetricKind.ExponentialHistogram;
        var flags = (exponential || kind == MetricKind.Histogram ? 10u : 8u) << 3 | WireReader.Varint;
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
                    fields.Flags |= MetricFlags.IsInteger;
                    break;
                case 4 << 3 | WireReader.Fixed64:
                    fields.Count = reader.ReadFixed64();
                    break;
                case 5 << 3 | WireReader.Fixed64 when !number:
                    fields.Sum = reader.ReadFixed64();
                    fields.Flags |= MetricFlags.HasSum;
                    break;
                case 6 << 3 | WireReader.Varint when exponential:
                    fields.Scale = (int)reader.ReadZigZag();
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
                case 14 << 3 | WireReader.Fixed64 when exponential:
                    fields.ZeroThreshold = reader.ReadDouble();
                    break;
                case 11 << 3 | WireReader.Fixed64 when kind == MetricKind.Histogram:
                case 12 << 3 | WireReader.Fixed64 when exponential:
                    fields.Min = reader.ReadFixed64();
                    fields.Flags |= MetricFlags.HasRange;
                    break;
                case 12 << 3 | WireReader.Fixed64 when kind == MetricKind.Histogram:
                case 13 << 3 | WireReader.Fixed64 when exponential:
                    fields.Max = reader.ReadFixed64();
                    fields.Flags |= MetricFlags.HasRange;
                    break;
                default:
                    if (tag == flags)
                    {
                        fields.Flags |= (reader.ReadVarint() & 1) != 0 ? MetricFlags.HasNoValue : 0;
                        break;
                    }

                    reader.Skip(tag);
                    break;
            }
        }

        return fields;
    }

    /// <summary>The field that a point's attributes have.</summary>
    public static int FieldOfAttributes(MetricKind kind) => kind switch { MetricKind.Histogram => 9, MetricKind.ExponentialHistogram => 1, _ => 7 };

    /// <summary>The buckets of an explicit histogram.</summary>
    /// <param name="counts">Room for as many as are kept; what is filled is given back.</param>
    /// <param name="bounds">Cleared, and filled with the bounds as doubles, one fewer than there are buckets at most.</param>
    /// <remarks>Both lists may be packed (one length, then all values) or not (a tag for each): a protobuf reader takes either.</remarks>
    public readonly ReadOnlySpan<ulong> ReadBuckets(Span<ulong> counts, ByteBuffer bounds)
    {
        bounds.Clear();
        var count = 0;
        var reader = new WireReader(_point);
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
                    bounds.Raw(reader.ReadBytes());
                    break;
                case 7 << 3 | WireReader.Fixed64:
                    bounds.U64(reader.ReadFixed64());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        bounds.CutTo(Math.Min(bounds.Length, (counts.Length - 1) * 8) & ~7);
        return counts[..count];
    }

    /// <summary>The buckets of one side of an exponential histogram.</summary>
    /// <param name="side"><see cref="Positive"/> or <see cref="Negative"/>.</param>
    /// <param name="counts">Room for as many as are kept; what is filled is given back.</param>
    /// <param name="offset">Index of the first bucket.</param>
    public static ReadOnlySpan<ulong> ReadExponential(ReadOnlySpan<byte> side, Span<ulong> counts, out long offset)
    {
        var count = 0;
        offset = 0;
        var reader = new WireReader(side);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Varint:
                    offset = reader.ReadZigZag();
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

        return counts[..count];
    }

    /// <summary>The quantiles of a summary, as doubles.</summary>
    /// <param name="quantiles">Room for as many as are kept; what is filled is given back.</param>
    public readonly ReadOnlySpan<(double Quantile, double Value)> ReadQuantiles(Span<(double Quantile, double Value)> quantiles)
    {
        var count = 0;
        foreach (var message in new MessageReader(_point, 6))
        {
            if (count == quantiles.Length)
            {
                break;
            }

            ref var quantile = ref quantiles[count++];
            quantile = default;
            var fields = new WireReader(message);
            while (fields.ReadTag() is not 0 and var field)
            {
                switch (field)
                {
                    case 1 << 3 | WireReader.Fixed64:
                        quantile.Quantile = fields.ReadDouble();
                        break;
                    case 2 << 3 | WireReader.Fixed64:
                        quantile.Value = fields.ReadDouble();
                        break;
                    default:
                        fields.Skip(field);
                        break;
                }
            }
        }

        return quantiles[..count];
    }

    private static void Add(Span<ulong> counts, ref int count, ulong value)
    {
        if (count < counts.Length)
        {
            counts[count++] = value;
        }
    }
}
