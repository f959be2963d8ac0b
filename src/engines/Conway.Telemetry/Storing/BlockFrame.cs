using System.Buffers.Binary;

namespace Conway.Telemetry.Storing;

/// <summary>What stands before each compressed block in a segment.</summary>
/// <remarks>Little endian:
/// <code>
/// 0   "BLK1"                     16  u64 earliest time
/// 4   u32 compressed bytes       24  u64 latest time
/// 8   u32 raw bytes              32  u32 CRC-32C of bytes 4 to 31 and of the compressed bytes
/// 12  u32 records                36  compressed bytes
/// </code></remarks>
internal readonly record struct BlockFrame(int CompressedBytes, int RawBytes, int Count, ulong TimeMin, ulong TimeMax, uint Crc)
{
    public const int Bytes = 36;

    /// <summary>No block is larger: a longer length is a broken frame. A request of 64 MiB cannot unfold to more.</summary>
    public const int RawBytesMax = 256 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "BLK1"u8;

    public static void Write(Span<byte> frame, int rawBytes, int count, ulong timeMin, ulong timeMax)
    {
        var payload = frame[Bytes..];
        Magic.CopyTo(frame);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], (uint)rawBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[12..], (uint)count);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[16..], timeMin);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[24..], timeMax);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[32..], CrcOf(frame));
    }

    /// <summary>Reads a frame's head; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> head, out BlockFrame frame)
    {
        frame = default;
        if (head.Length < Bytes || !head[..4].SequenceEqual(Magic))
        {
            return false;
        }

        var compressed = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        var raw = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (compressed > RawBytesMax || raw > RawBytesMax || count > raw)
        {
            return false;
        }

        frame = new((int)compressed, (int)raw, (int)count, BinaryPrimitives.ReadUInt64LittleEndian(head[16..]), BinaryPrimitives.ReadUInt64LittleEndian(head[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(head[32..]));
        return true;
    }

    /// <summary>Whether head and payload are what was written.</summary>
    public bool Holds(ReadOnlySpan<byte> whole) => CrcOf(whole) == Crc;

    private static uint CrcOf(ReadOnlySpan<byte> whole) => Crc32C.Of(whole[Bytes..], Crc32C.Of(whole[4..32]));
}
