using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;

namespace Conway.Telemetry.Querying;

/// <summary>What a metric record says before its point; numbers are texts of the block.</summary>
internal readonly record struct PointHead(MetricKind Kind, MetricFlags Flags, int Resource, int Name, int Unit, int Description, int Attributes, ulong Start, int At)
{
    public static PointHead Of(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record) { At = RecordHeader.Bytes };
        var (kind, flags, resource) = ((MetricKind)reader.Byte(), (MetricFlags)reader.Byte(), reader.Number());
        reader.Varint();
        var (name, unit, description, attributes) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
        var start = RecordHeader.Time(record) + (ulong)reader.ZigZag();
        return new(kind, flags, resource, name, unit, description, attributes, start, reader.At);
    }
}
