using System.Buffers.Binary;
using System.Text;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>The beginning of a segment file: whose telemetry it holds.</summary>
/// <remarks><code>"CWTS" | u8 version | u8 signal | u16 bytes of name | service name | u32 CRC-32C of all before</code></remarks>
internal static class SegmentHead
{
    public const int BytesMax = 8 + 255 + 4;
    private const byte Version = 1;

    public static byte[] Write(Signal signal, string service)
    {
        using var buffer = new ByteBuffer(BytesMax);
        buffer.Raw("CWTS"u8);
        buffer.Byte(Version);
        buffer.Byte((byte)signal);
        var name = Encoding.UTF8.GetBytes(service);
        buffer.Byte((byte)name.Length);
        buffer.Byte((byte)(name.Length >> 8));
        buffer.Raw(name);
        buffer.U32(Crc32C.Of(buffer.Span));
        return buffer.Span.ToArray();
    }

    /// <summary>Reads the head; false when the file is not a segment of this version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Signal signal, out string service, out int length)
    {
        (signal, service, length) = (default, "", 0);
        if (bytes.Length < 12 || !bytes.StartsWith("CWTS"u8) || bytes[4] != Version || bytes[5] > (byte)Signal.Logs)
        {
            return false;
        }

        var end = 8 + BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (bytes.Length < end + 4 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..]) != Crc32C.Of(bytes[..end]))
        {
            return false;
        }

        (signal, service, length) = ((Signal)bytes[5], Encoding.UTF8.GetString(bytes[8..end]), end + 4);
        return true;
    }
}
