using System.Buffers.Binary;

namespace Conway.Telemetry.Blocks;

/// <summary>Reads what <see cref="ByteBuffer"/> wrote. Bytes passed a checksum before they come here: a bad read is a fault of ours and throws.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int At { get; set; }

    public byte Byte() => _bytes[At++];

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = _bytes[At++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    public int Number() => (int)Varint();

    public long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong U64()
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[At..]);
        At += 8;
        return value;
    }

    public double Double() => BitConverter.UInt64BitsToDouble(U64());

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Number();
        var value = _bytes.Slice(At, length);
        At += length;
        return value;
    }
}
