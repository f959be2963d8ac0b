using System.Buffers.Binary;

namespace Conway.Telemetry.Blocks;

/// <summary>What every record begins with, at fixed places so that a scan reads no more than it needs.</summary>
/// <remarks><code>
/// 0   u32 bytes of the record, this field included
/// 4   u64 trace id, high half      20  u64 span id
/// 12  u64 trace id, low half       28  u64 time, nanoseconds since 1970
/// </code></remarks>
internal static class RecordHeader
{
    public const int Bytes = 36;

    public static TraceId Trace(ReadOnlySpan<byte> record) => new(BinaryPrimitives.ReadUInt64LittleEndian(record[4..]), BinaryPrimitives.ReadUInt64LittleEndian(record[12..]));

    public static SpanId Span(ReadOnlySpan<byte> record) => new(BinaryPrimitives.ReadUInt64LittleEndian(record[20..]));

    public static ulong Time(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record[28..]);
}
