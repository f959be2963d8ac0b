using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>Turns one OTLP log record into a record of a block.</summary>
/// <remarks><code>
/// header | u8 severity | u8 source | varint resource, scope, severity text, event name | body | varint dropped | attributes
/// </code></remarks>
internal static class LogDecoder
{
    /// <summary>Where the first varint of a log's record stands.</summary>
    public const int FixedBytes = RecordHeader.Bytes + 2;

    /// <summary>Writes the record. Without a time of its own it has the observed one, and without that the time of arrival.</summary>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> message, BlockBuilder block, int resource, int scope, ulong arrivedAt, long now, out LogFacts facts)
    {
        facts = default;
        TraceId trace = default;
        SpanId span = default;
        ulong time = 0, observed = 0, severity = 0, dropped = 0;
        ReadOnlySpan<byte> severityText = default, eventName = default, body = default;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 1 << 3 | WireReader.Fixed64:
                    time = reader.ReadFixed64();
                    break;
                case 2 << 3 | WireReader.Varint:
                    severity = reader.ReadVarint();
                    break;
                case 3 << 3 | WireReader.Bytes:
                    severityText = reader.ReadBytes();
                    break;
                case 5 << 3 | WireReader.Bytes:
                    body = reader.ReadBytes();
                    break;
                case 7 << 3 | WireReader.Varint:
                    dropped = reader.ReadVarint();
                    break;
                case 9 << 3 | WireReader.Bytes:
                    trace = TraceId.From(reader.ReadBytes());
                    break;
                case 10 << 3 | WireReader.Bytes:
                    span = SpanId.From(reader.ReadBytes());
                    break;
                case 11 << 3 | WireReader.Fixed64:
                    observed = reader.ReadFixed64();
                    break;
                case 12 << 3 | WireReader.Bytes:
                    eventName = reader.ReadBytes();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        facts = new LogFacts { Trace = trace, Span = span, Severity = (int)Math.Min(severity, 24), Text = OtlpResource.TextOf(body) };
        var output = block.Records;
        var strings = block.Strings;
        block.Begin(trace, span, time != 0 ? time : observed != 0 ? observed : arrivedAt, now);
        output.Byte((byte)facts.Severity);
        output.Byte((byte)LogSource.Otlp);
        output.Varint((uint)resource);
        output.Varint((uint)scope);
        output.Varint((uint)strings.Intern(RecordLimits.Cut(severityText, RecordLimits.InternBytesMax)));
        output.Varint((uint)strings.Intern(RecordLimits.Cut(eventName, RecordLimits.TextBytesMax)));
        WriteBody(facts.Text, body, output, strings);
        output.Varint(Math.Min(dropped, int.MaxValue));
        OtlpResource.Attributes(message, 6 << 3 | WireReader.Bytes, output, strings);
        return block.End();
    }

    /// <summary>Writes a line a service printed.</summary>
    public static ReadOnlySpan<byte> Line(in OutputLine line, BlockBuilder block, int resource, ulong time, long now)
    {
        var output = block.Records;
        block.Begin(line.Trace, line.Span, time, now);
        output.Byte((byte)line.Level);
        output.Byte((byte)line.Source);
        output.Varint((uint)resource);
        output.Varint(0);
        output.Varint(0);
        output.Varint(0);
        output.Byte((byte)ValueKind.Text);
        WriteText(line.Text.Span, line.Detail.Span, output);
        output.Varint(0);
        output.Varint(0);
        return block.End();
    }

    private static void WriteText(ReadOnlySpan<byte> text, ReadOnlySpan<byte> detail, ByteBuffer output)
    {
        text = RecordLimits.Cut(text, RecordLimits.BodyBytesMax);
        detail = RecordLimits.Cut(detail, Math.Max(0, RecordLimits.BodyBytesMax - text.Length - 1));
        if (detail.IsEmpty)
        {
            output.LengthAndBytes(text);
            return;
        }

        output.Varint((uint)(text.Length + 1 + detail.Length));
        output.Raw(text);
        output.Byte((byte)'\n');
        output.Raw(detail);
    }

    // A body differs from line to line: in place rather than among the block's texts, unless it is structured.
    private static void WriteBody(ReadOnlySpan<byte> text, ReadOnlySpan<byte> body, ByteBuffer output, StringTable strings)
    {
        if (text.IsEmpty)
        {
            ValueWriter.Value(body, output, strings);
            return;
        }

        output.Byte((byte)ValueKind.Text);
        output.LengthAndBytes(RecordLimits.Cut(text, RecordLimits.BodyBytesMax));
    }
}

/// <summary>What tells a log record again, taken from its bytes while it is decoded. Slices of the request: valid only during the call they are given to.</summary>
internal ref struct LogFacts
{
    public TraceId Trace;
    public SpanId Span;
    public int Severity;

    /// <summary>The body; empty when it is no text.</summary>
    public ReadOnlySpan<byte> Text;
}
