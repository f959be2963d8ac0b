namespace Conway.Telemetry.Otlp;

/// <summary>How one field of a message is written, in protobuf and in OTLP's JSON.</summary>
internal enum FieldKind
{
    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes; base64 in JSON.</summary>
    Bytes,

    /// <summary>Trace and span ids: bytes; hexadecimal in OTLP's JSON, where protobuf's own mapping would say base64.</summary>
    Id,

    /// <summary>true or false, a varint.</summary>
    Bool,

    /// <summary>Enums and unsigned or plain signed integers, a varint; a number or a decimal string in JSON.</summary>
    Integer,

    /// <summary>sint32: zigzag varint.</summary>
    ZigZag,

    /// <summary>Eight bytes of unsigned integer; a decimal string in JSON.</summary>
    Fixed64,

    /// <summary>Four bytes of unsigned integer.</summary>
    Fixed32,

    /// <summary>Eight bytes of floating point.</summary>
    Double,

    /// <summary>A nested message.</summary>
    Message,
}

/// <summary>One field: number, JSON name, kind, and the nested shape.</summary>
/// <param name="Number">Field number in the .proto file.</param>
/// <param name="Name">lowerCamelCase, as OTLP's JSON writes it.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Nested">The message's shape; unset for scalars. Late bound, since AnyValue holds itself.</param>
internal sealed record FieldShape(int Number, string Name, FieldKind Kind, Func<MessageShape>? Nested = null)
{
    /// <summary>The wire type of one value of this kind.</summary>
    public int WireType => Kind switch
    {
        FieldKind.Bool or FieldKind.Integer or FieldKind.ZigZag => WireReader.Varint,
        FieldKind.Fixed64 or FieldKind.Double => WireReader.Fixed64,
        FieldKind.Fixed32 => WireReader.Fixed32,
        _ => WireReader.Bytes,
    };
}

/// <summary>The fields of one OTLP message: enough to check bytes and to turn JSON into them.</summary>
internal sealed class MessageShape
{
    private readonly FieldShape?[] _byNumber;
    private readonly Dictionary<string, FieldShape> _byName = new(StringComparer.Ordinal);

    public MessageShape(params FieldShape[] fields)
    {
        _byNumber = new FieldShape?[fields.Max(field => field.Number) + 1];
        foreach (var field in fields)
        {
            _byNumber[field.Number] = field;
            _byName.Add(field.Name, field);
            // A JSON reader of protobuf takes the .proto name as well as the camel-cased one.
            _byName.TryAdd(SnakeCase(field.Name), field);
        }
    }

    public FieldShape? Find(uint number) => number < (uint)_byNumber.Length ? _byNumber[number] : null;

    public FieldShape? Find(string name) => _byName.GetValueOrDefault(name);

    private static string SnakeCase(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}
