namespace Conway.Telemetry.Otlp;

/// <summary>What all points of one OTLP metric share, read once for the store and for everybody who looks on.</summary>
/// <remarks>Slices of the request: valid only during the call they are given to.</remarks>
internal readonly ref struct MetricHead
{
    private readonly ReadOnlySpan<byte> _data;

    private MetricHead(ReadOnlySpan<byte> name, ReadOnlySpan<byte> description, ReadOnlySpan<byte> unit, MetricKind kind, ReadOnlySpan<byte> data)
    {
        Name = name;
        Description = description;
        Unit = unit;
        Kind = kind;
        Flags = FlagsOf(data, kind);
        _data = data;
    }

    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Description { get; }

    public ReadOnlySpan<byte> Unit { get; }

    /// <summary>0 when the message has no data of a kind that is known; then it has no points.</summary>
    public MetricKind Kind { get; }

    /// <summary><see cref="MetricFlags.Delta"/> and <see cref="MetricFlags.Monotonic"/>.</summary>
    public MetricFlags Flags { get; }

    /// <summary>The points' messages, one after the other.</summary>
    public MessageReader Points => new(_data, 1);

    /// <summary>Reads a Metric message.</summary>
    public static MetricHead Read(ReadOnlySpan<byte> metric)
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

        return new(name, description, unit, kind, data);
    }

    private static MetricKind? KindOf(uint tag) => tag switch
    {
        5 << 3 | WireReader.Bytes => MetricKind.Gauge,
        7 << 3 | WireReader.Bytes => MetricKind.Sum,
        9 << 3 | WireReader.Bytes => MetricKind.Histogram,
        10 << 3 | WireReader.Bytes => MetricKind.ExponentialHistogram,
        11 << 3 | WireReader.Bytes => MetricKind.Summary,
        _ => null,
    };

    private static MetricFlags FlagsOf(ReadOnlySpan<byte> data, MetricKind kind)
    {
        var flags = MetricFlags.None;
        if (kind is not (MetricKind.Sum or MetricKind.Histogram or MetricKind.ExponentialHistogram))
        {
            return flags;
        }

        var reader = new WireReader(data);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 2 << 3 | WireReader.Varint:
                    flags |= reader.ReadVarint() == 1 ? MetricFlags.Delta : 0;
                    break;
                case 3 << 3 | WireReader.Varint when kind == MetricKind.Sum:
                    flags |= reader.ReadVarint() != 0 ? MetricFlags.Monotonic : 0;
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return flags;
    }
}
