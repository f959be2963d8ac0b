using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>Makes what people see out of records. Resources are made once a block and shared by all their records.</summary>
internal sealed class RecordTexts(OpenBlock block)
{
    private readonly Dictionary<int, (IReadOnlyList<TelemetryAttribute> Attributes, string Instance)> _resources = [];

    public Span Span(ReadOnlySpan<byte> record)
    {
        var start = RecordHeader.Time(record);
        var reader = new RecordReader(record) { At = RecordHeader.Bytes };
        var parent = new SpanId(reader.U64());
        var duration = reader.U64();
        var (kind, status) = ((SpanKind)reader.Byte(), (SpanStatus)reader.Byte());
        var resource = Resource(reader.Number());
        var scope = Scope(reader.Number());
        var name = block.String(reader.Number());
        var traceState = block.String(reader.Number());
        var message = TelemetryAttribute.TextOf(ValueReader.Value(ref reader, block));
        var dropped = (long)reader.Varint();
        var attributes = ValueReader.Attributes(ref reader, block);
        return new Span
        {
            Trace = RecordHeader.Trace(record),
            Id = RecordHeader.Span(record),
            Parent = parent,
            Service = block.Service,
            Instance = resource.Instance,
            Name = name,
            Kind = kind,
            Start = UnixNano.ToTime(start),
            Duration = UnixNano.ToSpan(duration),
            Status = status,
            StatusMessage = message,
            Attributes = attributes,
            Resource = resource.Attributes,
            Scope = scope,
            Events = Events(ref reader, start),
            Links = Links(ref reader),
            TraceState = traceState,
            Dropped = dropped,
        };
    }

    public LogEntry Log(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record) { At = RecordHeader.Bytes };
        var (severity, source) = (reader.Byte(), (LogSource)reader.Byte());
        var resource = Resource(reader.Number());
        var scope = Scope(reader.Number());
        var severityText = block.String(reader.Number());
        var eventName = block.String(reader.Number());
        var body = TelemetryAttribute.TextOf(ValueReader.Value(ref reader, block));
        reader.Varint();
        return new LogEntry
        {
            At = UnixNano.ToTime(RecordHeader.Time(record)),
            Service = block.Service,
            Instance = resource.Instance,
            Severity = SeverityOf(severity),
            SeverityText = severityText,
            Source = source,
            Body = body,
            Trace = RecordHeader.Trace(record),
            Span = RecordHeader.Span(record),
            Attributes = ValueReader.Attributes(ref reader, block),
            Resource = resource.Attributes,
            Scope = scope,
            EventName = eventName,
        };
    }

    /// <summary>The named severity of an OTLP number: four numbers share a name.</summary>
    public static LogSeverity SeverityOf(byte number) => number == 0 ? LogSeverity.Unset : (LogSeverity)((number - 1) / 4 * 4 + 1);

    public (IReadOnlyList<TelemetryAttribute> Attributes, string Instance) Resource(int number)
    {
        if (number == 0)
        {
            return ([], "");
        }

        if (!_resources.TryGetValue(number, out var resource))
        {
            var reader = new RecordReader(block.Text(number));
            var attributes = ValueReader.Attributes(ref reader, block);
            resource = (attributes, attributes.FirstOrDefault(attribute => attribute.Key == "service.instance.id")?.Text ?? "");
            _resources.Add(number, resource);
        }

        return resource;
    }

    private string Scope(int number)
    {
        if (number == 0)
        {
            return "";
        }

        var reader = new RecordReader(block.Text(number));
        return block.String(reader.Number());
    }

    private List<SpanEvent> Events(ref RecordReader reader, ulong start)
    {
        var events = new List<SpanEvent>();
        for (var left = reader.Number(); left > 0; left--)
        {
            var at = UnixNano.ToTime(start + (ulong)reader.ZigZag());
            events.Add(new(at, block.String(reader.Number()), ValueReader.Attributes(ref reader, block)));
        }

        return events;
    }

    private List<SpanLink> Links(ref RecordReader reader)
    {
        var links = new List<SpanLink>();
        for (var left = reader.Number(); left > 0; left--)
        {
            links.Add(new(new(reader.U64(), reader.U64()), new(reader.U64()), ValueReader.Attributes(ref reader, block)));
        }

        return links;
    }
}
