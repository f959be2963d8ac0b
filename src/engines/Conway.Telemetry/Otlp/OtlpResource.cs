using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>The common frame of the three requests: resources, in each scopes, in each items.</summary>
/// <remarks>A resource, and a scope, is encoded once a block and stored among the block's texts; its records name it by number.</remarks>
internal static class OtlpResource
{
    /// <summary>The service a resource speaks for; <c>unknown_service</c> when it does not say.</summary>
    public static ReadOnlySpan<byte> ServiceOf(ReadOnlySpan<byte> resource) => TextOf(resource, "service.name"u8) is { IsEmpty: false } name ? name : "unknown_service"u8;

    /// <summary>The instance of it; empty when it does not say.</summary>
    public static ReadOnlySpan<byte> InstanceOf(ReadOnlySpan<byte> resource) => TextOf(resource, "service.instance.id"u8);

    private static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> wanted)
    {
        var reader = new WireReader(resource);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag != (1 << 3 | WireReader.Bytes))
            {
                reader.Skip(tag);
                continue;
            }

            ValueWriter.Split(reader.ReadBytes(), out var key, out var value);
            if (key.SequenceEqual(wanted) && TextOf(value) is { IsEmpty: false } text)
            {
                return text;
            }
        }

        return default;
    }

    /// <summary>The text of an AnyValue; empty when it is none.</summary>
    public static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        return reader.ReadTag() == (1 << 3 | WireReader.Bytes) ? reader.ReadBytes() : default;
    }

    /// <summary>The integer of an AnyValue, also one that an SDK wrote as text; zero when it is none.</summary>
    public static long IntegerOf(ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        switch (reader.ReadTag())
        {
            case 3 << 3 | WireReader.Varint:
                return (long)reader.ReadVarint();
            case 1 << 3 | WireReader.Bytes:
                return System.Buffers.Text.Utf8Parser.TryParse(reader.ReadBytes(), out long number, out _) ? number : 0;
            default:
                return 0;
        }
    }

    /// <summary>Stores a resource; its number in the block.</summary>
    public static int InternResource(ReadOnlySpan<byte> resource, ByteBuffer scratch, StringTable strings)
    {
        scratch.Clear();
        Attributes(resource, 1 << 3 | WireReader.Bytes, scratch, strings);
        return strings.Intern(scratch.Span);
    }

    /// <summary>Stores a scope (name, version, attributes); its number in the block.</summary>
    public static int InternScope(ReadOnlySpan<byte> scope, ByteBuffer scratch, StringTable strings)
    {
        var (name, version) = (0, 0);
        var reader = new WireReader(scope);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Bytes:
                    name = strings.Intern(RecordLimits.Cut(reader.ReadBytes(), RecordLimits.TextBytesMax));
                    break;
                case 2 << 3 | WireReader.Bytes:
                    version = strings.Intern(RecordLimits.Cut(reader.ReadBytes(), RecordLimits.TextBytesMax));
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        scratch.Clear();
        scratch.Varint((uint)name);
        scratch.Varint((uint)version);
        Attributes(scope, 3 << 3 | WireReader.Bytes, scratch, strings);
        return strings.Intern(scratch.Span);
    }

    /// <summary>Writes the attributes found under one tag of a message, and the closing zero; how many were cut.</summary>
    public static int Attributes(ReadOnlySpan<byte> message, uint attributeTag, ByteBuffer output, StringTable strings)
    {
        var count = 0;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag != attributeTag)
            {
                reader.Skip(tag);
            }
            else if (count++ < RecordLimits.AttributesMax)
            {
                ValueWriter.KeyValue(reader.ReadBytes(), output, strings, out _, out _);
            }
            else
            {
                reader.ReadBytes();
            }
        }

        output.Varint(0);
        return Math.Max(0, count - RecordLimits.AttributesMax);
    }
}
