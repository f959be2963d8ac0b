using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>Writes OTLP's attributes and values in the form of a block.</summary>
/// <remarks>A list of attributes is <c>key+1, value, key+1, value, …, 0</c>, keys being numbers of the block's texts. A value is a <see cref="ValueKind"/> and what
/// it calls for.</remarks>
internal static class ValueWriter
{
    /// <summary>Deeper values are dropped: no signal of worth lies there.</summary>
    private const int DepthMax = 8;

    /// <summary>Writes one KeyValue message; does nothing when it has no key.</summary>
    public static void KeyValue(ReadOnlySpan<byte> message, ByteBuffer output, StringTable strings, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value, int depth = 0)
    {
        Split(message, out key, out value);
        if (key.IsEmpty)
        {
            return;
        }

        output.Varint((uint)strings.Intern(RecordLimits.Cut(key, RecordLimits.TextBytesMax)) + 1);
        Value(value, output, strings, depth);
    }

    /// <summary>Finds key and value of a KeyValue message.</summary>
    public static void Split(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = default;
        value = default;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Bytes:
                    key = reader.ReadBytes();
                    break;
                case 2 << 3 | WireReader.Bytes:
                    value = reader.ReadBytes();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary>Writes one AnyValue message.</summary>
    public static void Value(ReadOnlySpan<byte> message, ByteBuffer output, StringTable strings, int depth = 0, int textBytesMax = RecordLimits.TextBytesMax)
    {
        var reader = new WireReader(message);
        var start = output.Length;
        output.Byte((byte)ValueKind.None);
        while (reader.ReadTag() is not 0 and var tag)
        {
            // The members exclude each other; should two be sent, the last one counts.
            switch (tag)
            {
                case 1 << 3 | WireReader.Bytes:
                    output.CutTo(start);
                    Text(reader.ReadBytes(), output, strings, textBytesMax);
                    break;
                case 2 << 3 | WireReader.Varint:
                    output.CutTo(start);
                    output.Byte((byte)(reader.ReadVarint() != 0 ? ValueKind.True : ValueKind.False));
                    break;
                case 3 << 3 | WireReader.Varint:
                    output.CutTo(start);
                    output.Byte((byte)ValueKind.Integer);
                    output.ZigZag((long)reader.ReadVarint());
                    break;
                case 4 << 3 | WireReader.Fixed64:
                    output.CutTo(start);
                    output.Byte((byte)ValueKind.Double);
                    output.U64(reader.ReadFixed64());
                    break;
                case 5 << 3 | WireReader.Bytes:
                    output.CutTo(start);
                    Items(reader.ReadBytes(), output, strings, depth, ValueKind.List);
                    break;
                case 6 << 3 | WireReader.Bytes:
                    output.CutTo(start);
                    Items(reader.ReadBytes(), output, strings, depth, ValueKind.Map);
                    break;
                case 7 << 3 | WireReader.Bytes:
                    output.CutTo(start);
                    output.Byte((byte)ValueKind.Bytes);
                    var bytes = reader.ReadBytes();
                    output.LengthAndBytes(bytes[..Math.Min(bytes.Length, RecordLimits.TextBytesMax)]);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary>Writes a text: by number when short, else in place.</summary>
    public static void Text(ReadOnlySpan<byte> text, ByteBuffer output, StringTable strings, int textBytesMax = RecordLimits.TextBytesMax)
    {
        if (text.Length <= RecordLimits.InternBytesMax)
        {
            output.Byte((byte)ValueKind.TextNumber);
            output.Varint((uint)strings.Intern(text));
        }
        else
        {
            output.Byte((byte)ValueKind.Text);
            output.LengthAndBytes(RecordLimits.Cut(text, textBytesMax));
        }
    }

    private static void Items(ReadOnlySpan<byte> message, ByteBuffer output, StringTable strings, int depth, ValueKind kind)
    {
        output.Byte((byte)kind);
        var reader = new WireReader(message);
        for (var count = 0; depth < DepthMax && reader.ReadTag() is not 0 and var tag;)
        {
            if (tag != (1 << 3 | WireReader.Bytes) || count++ >= RecordLimits.AttributesMax)
            {
                reader.Skip(tag);
            }
            else if (kind == ValueKind.Map)
            {
                KeyValue(reader.ReadBytes(), output, strings, out _, out _, depth + 1);
            }
            else
            {
                Value(reader.ReadBytes(), output, strings, depth + 1);
            }
        }

        output.Byte(kind == ValueKind.Map ? (byte)0 : (byte)ValueKind.End);
    }
}
