using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Tests;

/// <summary>OTLP requests written field by field, as an SDK's serializer would.</summary>
internal static class Otlp
{
    public static byte[] Message(Action<ByteBuffer> write)
    {
        using var buffer = new ByteBuffer();
        write(buffer);
        return buffer.Span.ToArray();
    }

    public static ByteBuffer Nested(this ByteBuffer buffer, int field, ReadOnlySpan<byte> message)
    {
        buffer.Varint((uint)(field << 3 | 2));
        buffer.LengthAndBytes(message);
        return buffer;
    }

    public static ByteBuffer Text(this ByteBuffer buffer, int field, string text)
    {
        buffer.Varint((uint)(field << 3 | 2));
        buffer.Text(text);
        return buffer;
    }

    public static ByteBuffer Number(this ByteBuffer buffer, int field, ulong value)
    {
        buffer.Varint((uint)(field << 3));
        buffer.Varint(value);
        return buffer;
    }

    public static ByteBuffer Fixed(this ByteBuffer buffer, int field, ulong value)
    {
        buffer.Varint((uint)(field << 3 | 1));
        buffer.U64(value);
        return buffer;
    }

    public static ByteBuffer Double(this ByteBuffer buffer, int field, double value) => buffer.Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    public static byte[] Attribute(string key, object value) => Message(b => b.Text(1, key).Nested(2, Value(value)));

    public static byte[] Value(object value) => Message(b => _ = value switch
    {
        string text => b.Text(1, text),
        bool yes => b.Number(2, yes ? 1u : 0),
        int number => b.Number(3, (ulong)number),
        long number => b.Number(3, (ulong)number),
        double number => b.Double(4, number),
        object[] items => b.Nested(5, Message(list => { foreach (var item in items) { list.Nested(1, Value(item)); } })),
        Dictionary<string, object> map => b.Nested(6, Message(list => { foreach (var (key, item) in map) { list.Nested(1, Attribute(key, item)); } })),
        byte[] bytes => b.Nested(7, bytes),
        _ => throw new ArgumentException($"No OTLP value for {value}."),
    });

    /// <summary>A request with one resource, one scope, and these items.</summary>
    public static byte[] Request(string service, IEnumerable<byte[]> items, string? instance = null) => Message(b => b.Nested(1, Message(resource =>
    {
        resource.Nested(1, Message(r =>
        {
            r.Nested(1, Attribute("service.name", service));
            r.Nested(1, Attribute("service.instance.id", instance ?? service + "-1"));
        }));
        resource.Nested(2, Message(scope =>
        {
            scope.Nested(1, Message(s => s.Text(1, "test.scope").Text(2, "1.0")));
            foreach (var item in items)
            {
                scope.Nested(2, item);
            }
        }));
    })));

    public static byte[] Bytes(TraceId id) => Convert.FromHexString(id.ToString());

    public static byte[] Bytes(SpanId id) => Convert.FromHexString(id.ToString());
}
