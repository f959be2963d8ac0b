using System.Text;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>Reads attributes and values of a record, or passes over them.</summary>
internal static class ValueReader
{
    public static IReadOnlyList<TelemetryAttribute> Attributes(ref RecordReader reader, OpenBlock block)
    {
        List<TelemetryAttribute>? attributes = null;
        while (reader.Number() is not 0 and var key)
        {
            (attributes ??= []).Add(new(block.String(key - 1), Value(ref reader, block)));
        }

        return attributes is null ? [] : attributes;
    }

    public static object? Value(ref RecordReader reader, OpenBlock block)
    {
        switch ((ValueKind)reader.Byte())
        {
            case ValueKind.TextNumber:
                return block.String(reader.Number());
            case ValueKind.Text:
                return Encoding.UTF8.GetString(reader.Bytes());
            case ValueKind.True:
                return true;
            case ValueKind.False:
                return false;
            case ValueKind.Integer:
                return reader.ZigZag();
            case ValueKind.Double:
                return reader.Double();
            case ValueKind.Bytes:
                return reader.Bytes().ToArray();
            case ValueKind.List:
                var items = new List<object?>();
                while (!AtEnd(ref reader))
                {
                    items.Add(Value(ref reader, block));
                }

                return items;
            case ValueKind.Map:
                return Attributes(ref reader, block);
            default:
                return null;
        }
    }

    public static void SkipAttributes(ref RecordReader reader)
    {
        while (reader.Number() != 0)
        {
            SkipValue(ref reader);
        }
    }

    public static void SkipValue(ref RecordReader reader)
    {
        switch ((ValueKind)reader.Byte())
        {
            case ValueKind.TextNumber or ValueKind.Integer:
                reader.Varint();
                break;
            case ValueKind.Text or ValueKind.Bytes:
                reader.Bytes();
                break;
            case ValueKind.Double:
                reader.At += 8;
                break;
            case ValueKind.List:
                while (!AtEnd(ref reader))
                {
                    SkipValue(ref reader);
                }

                break;
            case ValueKind.Map:
                SkipAttributes(ref reader);
                break;
        }
    }

    private static bool AtEnd(ref RecordReader reader)
    {
        if (reader.Byte() == (byte)ValueKind.End)
        {
            return true;
        }

        reader.At--;
        return false;
    }
}
