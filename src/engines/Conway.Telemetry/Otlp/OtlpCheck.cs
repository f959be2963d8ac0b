namespace Conway.Telemetry.Otlp;

/// <summary>Whether bytes are a well-formed OTLP message, before any of it is stored.</summary>
/// <remarks>All or nothing: a request that breaks in its last span must not have stored the others, since its sender will be told that
/// the whole was refused. Walks the known shape to the bottom; what is unknown is skipped. Never throws.</remarks>
internal static class OtlpCheck
{
    /// <summary>Messages in messages; a value nested deeper is refused, so that no input can exhaust the stack.</summary>
    public const int DepthMax = 64;

    public static bool IsWellFormed(ReadOnlySpan<byte> bytes, MessageShape shape, int depth = 0)
    {
        if (depth > DepthMax)
        {
            return false;
        }

        var reader = new WireReader(bytes);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (shape.Find(tag >> 3) is not { } field || (tag & 7) != WireReader.Bytes)
            {
                reader.Skip(tag);
                continue;
            }

            var value = reader.ReadBytes();
            var good = field.Kind switch
            {
                FieldKind.Message => IsWellFormed(value, field.Nested!(), depth + 1),
                FieldKind.Text or FieldKind.Bytes or FieldKind.Id => true,
                _ => IsPacked(value, field.WireType),
            };
            if (!good)
            {
                return false;
            }
        }

        return !reader.Broken;
    }

    private static bool IsPacked(ReadOnlySpan<byte> bytes, int wireType)
    {
        switch (wireType)
        {
            case WireReader.Fixed64:
                return bytes.Length % 8 == 0;
            case WireReader.Fixed32:
                return bytes.Length % 4 == 0;
            default:
                var reader = new WireReader(bytes);
                while (!reader.AtEnd)
                {
                    reader.ReadVarint();
                }

                return !reader.Broken;
        }
    }
}
