using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>Turns one OTLP span into a record of a block.</summary>
/// <remarks><code>
/// header | u64 parent | u64 duration | u8 kind | u8 status | varint resource, scope, name, trace state, status message, dropped
///        | attributes | varint events: time since start, name, attributes | varint links: u64 u64 u64 ids, attributes
/// </code></remarks>
internal static class SpanDecoder
{
    /// <summary>Where the first varint of a span's record stands.</summary>
    public const int FixedBytes = RecordHeader.Bytes + 18;
    private const uint Attributes = 9 << 3 | WireReader.Bytes;

    /// <summary>Writes the span; false when its ids are not valid, and then nothing is written.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> message, BlockBuilder block, int resource, int scope, long now, ref SpanFacts facts, out ReadOnlySpan<byte> record)
    {
        record = default;
        ReadOnlySpan<byte> traceState = default, statusMessage = default;
        ulong end = 0;
        int status = 0, events = 0, links = 0;
        ulong dropped = 0;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Bytes:
                    facts.Trace = TraceId.From(reader.ReadBytes());
                    break;
                case 2 << 3 | WireReader.Bytes:
                    facts.Span = SpanId.From(reader.ReadBytes());
                    break;
                case 3 << 3 | WireReader.Bytes:
                    traceState = reader.ReadBytes();
                    break;
                case 4 << 3 | WireReader.Bytes:
                    facts.Parent = SpanId.From(reader.ReadBytes());
                    break;
                case 5 << 3 | WireReader.Bytes:
                    facts.Name = RecordLimits.Cut(reader.ReadBytes(), RecordLimits.TextBytesMax);
                    break;
                case 6 << 3 | WireReader.Varint:
                    var kind = reader.ReadVarint();
                    facts.Kind = kind <= (ulong)SpanKind.Consumer ? (SpanKind)kind : SpanKind.Unspecified;
                    break;
                case 7 << 3 | WireReader.Fixed64:
                    facts.Start = reader.ReadFixed64();
                    break;
                case 8 << 3 | WireReader.Fixed64:
                    end = reader.ReadFixed64();
                    break;
                case 10 << 3 | WireReader.Varint or 12 << 3 | WireReader.Varint or 14 << 3 | WireReader.Varint:
                    dropped += reader.ReadVarint();
                    break;
                case 11 << 3 | WireReader.Bytes:
                    reader.ReadBytes();
                    events++;
                    break;
                case 13 << 3 | WireReader.Bytes:
                    reader.ReadBytes();
                    links++;
                    break;
                case 15 << 3 | WireReader.Bytes:
                    ReadStatus(reader.ReadBytes(), out status, out statusMessage);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (facts.Trace.IsNone || facts.Span.IsNone)
        {
            return false;
        }

        // Clocks step back: a span never lasts less than nothing.
        facts.Duration = end > facts.Start ? end - facts.Start : 0;
        facts.StatusIsError = status == (int)SpanStatus.Error;

        var output = block.Records;
        var strings = block.Strings;
        block.Begin(facts.Trace, facts.Span, facts.Start, now);
        output.U64(facts.Parent.Value);
        output.U64(facts.Duration);
        output.Byte((byte)facts.Kind);
        output.Byte((byte)status);
        output.Varint((uint)resource);
        output.Varint((uint)scope);
        output.Varint((uint)strings.Intern(facts.Name));
        output.Varint((uint)strings.Intern(RecordLimits.Cut(traceState, 512)));
        ValueWriter.Text(statusMessage, output, strings);
        output.Varint(Math.Min(dropped, int.MaxValue) + (ulong)Math.Max(0, events - RecordLimits.EventsMax) + (ulong)Math.Max(0, links - RecordLimits.EventsMax));
        WriteAttributes(message, output, strings, ref facts);
        output.Varint((uint)Math.Min(events, RecordLimits.EventsMax));
        if (events > 0)
        {
            WriteEvents(message, facts.Start, output, strings);
        }

        output.Varint((uint)Math.Min(links, RecordLimits.EventsMax));
        if (links > 0)
        {
            WriteLinks(message, output, strings);
        }

        record = block.End();
        return true;
    }

    private static void ReadStatus(ReadOnlySpan<byte> message, out int code, out ReadOnlySpan<byte> text)
    {
        code = 0;
        text = default;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 2 << 3 | WireReader.Bytes:
                    text = reader.ReadBytes();
                    break;
                case 3 << 3 | WireReader.Varint:
                    code = (int)Math.Min(reader.ReadVarint(), 3) % 3;
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    private static void WriteAttributes(ReadOnlySpan<byte> message, ByteBuffer output, StringTable strings, ref SpanFacts facts)
    {
        var count = 0;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag != Attributes)
            {
                reader.Skip(tag);
                continue;
            }

            var attribute = reader.ReadBytes();
            if (count++ < RecordLimits.AttributesMax)
            {
                ValueWriter.KeyValue(attribute, output, strings, out var key, out var value);
                facts.Note(key, value);
            }
        }

        output.Varint(0);
    }

    private static void WriteEvents(ReadOnlySpan<byte> message, ulong start, ByteBuffer output, StringTable strings)
    {
        var reader = new WireReader(message);
        for (var count = 0; count < RecordLimits.EventsMax && reader.ReadTag() is not 0 and var tag;)
        {
            if (tag != (11 << 3 | WireReader.Bytes))
            {
                reader.Skip(tag);
                continue;
            }

            count++;
            var body = reader.ReadBytes();
            var fields = new WireReader(body);
            ulong time = 0;
            ReadOnlySpan<byte> name = default;
            while (fields.ReadTag() is not 0 and var field)
            {
                switch (field)
                {
                    case 1 << 3 | WireReader.Fixed64:
                        time = fields.ReadFixed64();
                        break;
                    case 2 << 3 | WireReader.Bytes:
                        name = fields.ReadBytes();
                        break;
                    default:
                        fields.Skip(field);
                        break;
                }
            }

            output.ZigZag((long)(time - start));
            output.Varint((uint)strings.Intern(RecordLimits.Cut(name, RecordLimits.TextBytesMax)));
            OtlpResource.Attributes(body, 3 << 3 | WireReader.Bytes, output, strings);
        }
    }

    private static void WriteLinks(ReadOnlySpan<byte> message, ByteBuffer output, StringTable strings)
    {
        var reader = new WireReader(message);
        for (var count = 0; count < RecordLimits.EventsMax && reader.ReadTag() is not 0 and var tag;)
        {
            if (tag != (13 << 3 | WireReader.Bytes))
            {
                reader.Skip(tag);
                continue;
            }

            count++;
            var body = reader.ReadBytes();
            var fields = new WireReader(body);
            TraceId trace = default;
            SpanId span = default;
            while (fields.ReadTag() is not 0 and var field)
            {
                switch (field)
                {
                    case 1 << 3 | WireReader.Bytes:
                        trace = TraceId.From(fields.ReadBytes());
                        break;
                    case 2 << 3 | WireReader.Bytes:
                        span = SpanId.From(fields.ReadBytes());
                        break;
                    default:
                        fields.Skip(field);
                        break;
                }
            }

            output.U64(trace.High);
            output.U64(trace.Low);
            output.U64(span.Value);
            OtlpResource.Attributes(body, 4 << 3 | WireReader.Bytes, output, strings);
        }
    }
}
