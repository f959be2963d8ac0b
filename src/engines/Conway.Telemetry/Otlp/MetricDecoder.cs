using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>Turns the points of one OTLP metric into records of a block, one a point.</summary>
/// <remarks><code>
/// header (no trace) | u8 kind | u8 flags | varint resource, scope, name, unit, description, attributes | zigzag start - time | point | exemplars
/// </code>
/// The attributes of a point are stored among the block's texts: their number tells the series within the block.</remarks>
internal static class MetricDecoder
{
    public const byte Delta = 1;
    public const byte Monotonic = 2;
    public const byte HasSum = 4;
    public const byte HasRange = 8;
    public const byte IsInteger = 16;

    private const uint Points = 1 << 3 | WireReader.Bytes;

    /// <summary>Writes all points of a Metric message; how many.</summary>
    public static int Decode(ReadOnlySpan<byte> metric, BlockBuilder block, int resource, int scope, ByteBuffer scratch, ulong arrivedAt, long now)
    {
        ReadOnlySpan<byte> name = default, description = default, unit = default, data = default;
        MetricKind kind = default;
        var reader = new WireReader(metric);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Bytes:
                    name = reader.ReadBytes();
                    break;
                case 2 << 3 | WireReader.Bytes:
                    description = reader.ReadBytes();
                    break;
                case 3 << 3 | WireReader.Bytes:
                    unit = reader.ReadBytes();
                    break;
                default:
                    if (KindOf(tag) is { } known)
                    {
                        kind = known;
                        data = reader.ReadBytes();
                        break;
                    }

                    reader.Skip(tag);
                    break;
            }
        }

        var strings = block.Strings;
        var identity = new Identity(
            kind, FlagsOf(data, kind), resource, scope,
            strings.Intern(RecordLimits.Cut(name, RecordLimits.TextBytesMax)),
            strings.Intern(RecordLimits.Cut(unit, RecordLimits.InternBytesMax)),
            strings.Intern(RecordLimits.Cut(description, RecordLimits.TextBytesMax)));
        var count = 0;
        var points = new WireReader(data);
        while (points.ReadTag() is not 0 and var tag)
        {
            if (tag == Points)
            {
                MetricPointDecoder.Decode(points.ReadBytes(), identity, block, scratch, arrivedAt, now);
                count++;
            }
            else
            {
                points.Skip(tag);
            }
        }

        return count;
    }

    /// <summary>The kind of metric a field of the Metric message stands for.</summary>
    public static MetricKind? KindOf(uint tag) => tag switch
    {
        5 << 3 | WireReader.Bytes => MetricKind.Gauge,
        7 << 3 | WireReader.Bytes => MetricKind.Sum,
        9 << 3 | WireReader.Bytes => MetricKind.Histogram,
        10 << 3 | WireReader.Bytes => MetricKind.ExponentialHistogram,
        11 << 3 | WireReader.Bytes => MetricKind.Summary,
        _ => null,
    };

    private static byte FlagsOf(ReadOnlySpan<byte> data, MetricKind kind)
    {
        byte flags = 0;
        if (kind is MetricKind.Gauge or MetricKind.Summary)
        {
            return flags;
        }

        var reader = new WireReader(data);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 2 << 3 | WireReader.Varint:
                    flags |= reader.ReadVarint() == 1 ? Delta : (byte)0;
                    break;
                case 3 << 3 | WireReader.Varint when kind == MetricKind.Sum:
                    flags |= reader.ReadVarint() != 0 ? Monotonic : (byte)0;
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return flags;
    }

    /// <summary>What all points of one metric share.</summary>
    internal readonly record struct Identity(MetricKind Kind, byte Flags, int Resource, int Scope, int Name, int Unit, int Description);
}
