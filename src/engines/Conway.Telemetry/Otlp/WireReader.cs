using System.Buffers.Binary;

namespace Conway.Telemetry.Otlp;

/// <summary>Reads the protobuf wire format from a span: tag, value, tag, value.</summary>
/// <remarks>Never throws. What cannot be read sets <see cref="Broken"/> and ends the reading, so that a loop over tags always ends.
/// Source: protobuf, <c>encoding.md</c>. Groups (wire types 3 and 4) were never used by OTLP and count as broken.</remarks>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether the bytes were no protobuf message.</summary>
    public bool Broken { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>The next tag, <c>field &lt;&lt; 3 | wireType</c>; 0 at the end and after a break.</summary>
    public uint ReadTag()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }

        // Field numbers below 16 make a one-byte tag: nearly all of OTLP.
        uint tag = _rest[0];
        if (tag < 0x80)
        {
            _rest = _rest[1..];
        }
        else
        {
            var wide = ReadVarint();
            tag = wide <= uint.MaxValue ? (uint)wide : 0;
        }

        if (tag >> 3 == 0)
        {
            Break();
            return 0;
        }

        return tag;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var index = 0; index < _rest.Length && index < 10; index++)
        {
            var b = _rest[index];
            value |= (ulong)(b & 0x7F) << (7 * index);
            if (b < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return value;
            }
        }

        Break();
        return 0;
    }

    /// <summary>sint32 and sint64: 0, -1, 1, -2, …</summary>
    public long ReadZigZag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong ReadFixed64()
    {
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(_rest, out var value))
        {
            Break();
            return 0;
        }

        _rest = _rest[8..];
        return value;
    }

    public uint ReadFixed32()
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(_rest, out var value))
        {
            Break();
            return 0;
        }

        _rest = _rest[4..];
        return value;
    }

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    /// <summary>A length and as many bytes: a string, bytes, a message, or a packed list.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (length > (ulong)_rest.Length)
        {
            Break();
            return default;
        }

        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    /// <summary>Passes over the value of a field nobody asked for.</summary>
    public void Skip(uint tag)
    {
        switch (tag & 7)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                ReadFixed64();
                break;
            case Bytes:
                ReadBytes();
                break;
            case Fixed32:
                ReadFixed32();
                break;
            default:
                Break();
                break;
        }
    }

    private void Break()
    {
        Broken = true;
        _rest = default;
    }
}
