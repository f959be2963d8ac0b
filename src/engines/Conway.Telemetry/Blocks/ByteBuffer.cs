using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Conway.Telemetry.Blocks;

/// <summary>Bytes that grow at the end, in a rented array. One owner; not safe for concurrent use.</summary>
internal sealed class ByteBuffer : IDisposable
{
    // Four bytes hold a varint up to 2^28: more than any request may have.
    private const int ReservedLengthBytes = 4;

    private byte[] _array;

    public ByteBuffer(int capacity = 4096) => _array = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets everything from a position on.</summary>
    public void CutTo(int length) => Length = length;

    public void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Varint(ulong value)
    {
        var room = Room(10);
        var count = 0;
        while (value >= 0x80)
        {
            room[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[count++] = (byte)value;
        Length += count;
    }

    public void ZigZag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);
        Length += 4;
    }

    public void U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);
        Length += 8;
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void LengthAndBytes(ReadOnlySpan<byte> bytes)
    {
        Varint((uint)bytes.Length);
        Raw(bytes);
    }

    public void Text(string text)
    {
        var bytesMax = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (bytesMax < 128)
        {
            // Short enough that its length is one byte wherever it lands.
            var room = Room(bytesMax + 1);
            room[0] = (byte)Encoding.UTF8.GetBytes(text, room[1..]);
            Length += 1 + room[0];
            return;
        }

        Varint((uint)Encoding.UTF8.GetByteCount(text));
        Length += Encoding.UTF8.GetBytes(text, Room(bytesMax));
    }

    public void SetU32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_array.AsSpan(at, 4), value);

    public void SetByte(int at, byte value) => _array[at] = value;

    /// <summary>Leaves room for a length that is known later.</summary>
    public int ReserveLength()
    {
        Room(ReservedLengthBytes);
        Length += ReservedLengthBytes;
        return Length;
    }

    /// <summary>Writes the number of bytes since <see cref="ReserveLength"/> into the room it left: a varint with leading groups of zero, which is valid.</summary>
    public void FillLength(int mark)
    {
        var length = (uint)(Length - mark);
        var room = _array.AsSpan(mark - ReservedLengthBytes, ReservedLengthBytes);
        for (var index = 0; index < ReservedLengthBytes; index++)
        {
            room[index] = (byte)(length & 0x7F | (index < ReservedLengthBytes - 1 ? 0x80u : 0));
            length >>= 7;
        }
    }

    public void Dispose()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
            Length = 0;
        }
    }

    /// <summary>At least <paramref name="count"/> free bytes at the end, not yet counted as used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int count)
    {
        if (_array.Length - Length < count)
        {
            Grow(count);
        }

        return _array.AsSpan(Length);
    }

    /// <summary>Counts bytes written into <see cref="Room"/>.</summary>
    public void Advance(int count) => Length += count;

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + count), _array.Length * 2));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
