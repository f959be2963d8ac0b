using static Conway.Telemetry.Otlp.FieldKind;

namespace Conway.Telemetry.Otlp;

/// <summary>The messages of OTLP 1.x, field by field.</summary>
/// <remarks>Source: open-telemetry/opentelemetry-proto, <c>trace.proto</c>, <c>metrics.proto</c>, <c>logs.proto</c>, <c>common.proto</c>, <c>resource.proto</c>
/// and the three <c>*_service.proto</c>. A field that is not listed is skipped, as protobuf asks.</remarks>
internal static class OtlpShapes
{
    private static readonly MessageShape AnyValue = new(
        F(1, "stringValue", Text), F(2, "boolValue", Bool), F(3, "intValue", Integer), F(4, "doubleValue", FieldKind.Double),
        M(5, "arrayValue", () => ArrayValue!), M(6, "kvlistValue", () => KeyValueList!), F(7, "bytesValue", Bytes));

    private static readonly MessageShape ArrayValue = new(M(1, "values", () => AnyValue));

    private static readonly MessageShape KeyValue = new(F(1, "key", Text), M(2, "value", () => AnyValue));

    private static readonly MessageShape KeyValueList = new(M(1, "values", () => KeyValue));

    private static readonly MessageShape Resource = new(M(1, "attributes", () => KeyValue), F(2, "droppedAttributesCount", Integer));

    private static readonly MessageShape Scope = new(
        F(1, "name", Text), F(2, "version", Text), M(3, "attributes", () => KeyValue), F(4, "droppedAttributesCount", Integer));

    private static readonly MessageShape Event = new(
        F(1, "timeUnixNano", Fixed64), F(2, "name", Text), M(3, "attributes", () => KeyValue), F(4, "droppedAttributesCount", Integer));

    private static readonly MessageShape Link = new(
        F(1, "traceId", Id), F(2, "spanId", Id), F(3, "traceState", Text), M(4, "attributes", () => KeyValue), F(5, "droppedAttributesCount", Integer),
        F(6, "flags", Fixed32));

    private static readonly MessageShape Status = new(F(2, "message", Text), F(3, "code", Integer));

    private static readonly MessageShape Span = new(
        F(1, "traceId", Id), F(2, "spanId", Id), F(3, "traceState", Text), F(4, "parentSpanId", Id), F(5, "name", Text), F(6, "kind", Integer),
        F(7, "startTimeUnixNano", Fixed64), F(8, "endTimeUnixNano", Fixed64), M(9, "attributes", () => KeyValue), F(10, "droppedAttributesCount", Integer),
        M(11, "events", () => Event), F(12, "droppedEventsCount", Integer), M(13, "links", () => Link), F(14, "droppedLinksCount", Integer),
        M(15, "status", () => Status), F(16, "flags", Fixed32));

    private static readonly MessageShape LogRecord = new(
        F(1, "timeUnixNano", Fixed64), F(2, "severityNumber", Integer), F(3, "severityText", Text), M(5, "body", () => AnyValue),
        M(6, "attributes", () => KeyValue), F(7, "droppedAttributesCount", Integer), F(8, "flags", Fixed32), F(9, "traceId", Id), F(10, "spanId", Id),
        F(11, "observedTimeUnixNano", Fixed64), F(12, "eventName", Text));

    private static readonly MessageShape Exemplar = new(
        M(7, "filteredAttributes", () => KeyValue), F(2, "timeUnixNano", Fixed64), F(3, "asDouble", FieldKind.Double), F(6, "asInt", Fixed64),
        F(4, "spanId", Id), F(5, "traceId", Id));

    private static readonly MessageShape NumberPoint = new(
        M(7, "attributes", () => KeyValue), F(2, "startTimeUnixNano", Fixed64), F(3, "timeUnixNano", Fixed64), F(4, "asDouble", FieldKind.Double),
        F(6, "asInt", Fixed64), M(5, "exemplars", () => Exemplar), F(8, "flags", Integer));

    private static readonly MessageShape HistogramPoint = new(
        M(9, "attributes", () => KeyValue), F(2, "startTimeUnixNano", Fixed64), F(3, "timeUnixNano", Fixed64), F(4, "count", Fixed64),
        F(5, "sum", FieldKind.Double), F(6, "bucketCounts", Fixed64), F(7, "explicitBounds", FieldKind.Double), M(8, "exemplars", () => Exemplar),
        F(10, "flags", Integer), F(11, "min", FieldKind.Double), F(12, "max", FieldKind.Double));

    private static readonly MessageShape Buckets = new(F(1, "offset", ZigZag), F(2, "bucketCounts", Integer));

    private static readonly MessageShape ExponentialPoint = new(
        M(1, "attributes", () => KeyValue), F(2, "startTimeUnixNano", Fixed64), F(3, "timeUnixNano", Fixed64), F(4, "count", Fixed64),
        F(5, "sum", FieldKind.Double), F(6, "scale", ZigZag), F(7, "zeroCount", Fixed64), M(8, "positive", () => Buckets), M(9, "negative", () => Buckets),
        F(10, "flags", Integer), M(11, "exemplars", () => Exemplar), F(12, "min", FieldKind.Double), F(13, "max", FieldKind.Double),
        F(14, "zeroThreshold", FieldKind.Double));

    private static readonly MessageShape Quantile = new(F(1, "quantile", FieldKind.Double), F(2, "value", FieldKind.Double));

    private static readonly MessageShape SummaryPoint = new(
        M(7, "attributes", () => KeyValue), F(2, "startTimeUnixNano", Fixed64), F(3, "timeUnixNano", Fixed64), F(4, "count", Fixed64),
        F(5, "sum", FieldKind.Double), M(6, "quantileValues", () => Quantile), F(8, "flags", Integer));

    private static readonly MessageShape Gauge = new(M(1, "dataPoints", () => NumberPoint));

    private static readonly MessageShape Sum = new(M(1, "dataPoints", () => NumberPoint), F(2, "aggregationTemporality", Integer), F(3, "isMonotonic", Bool));

    private static readonly MessageShape Histogram = new(M(1, "dataPoints", () => HistogramPoint), F(2, "aggregationTemporality", Integer));

    private static readonly MessageShape Exponential = new(M(1, "dataPoints", () => ExponentialPoint), F(2, "aggregationTemporality", Integer));

    private static readonly MessageShape Summary = new(M(1, "dataPoints", () => SummaryPoint));

    private static readonly MessageShape Metric = new(
        F(1, "name", Text), F(2, "description", Text), F(3, "unit", Text), M(5, "gauge", () => Gauge), M(7, "sum", () => Sum),
        M(9, "histogram", () => Histogram), M(10, "exponentialHistogram", () => Exponential), M(11, "summary", () => Summary), M(12, "metadata", () => KeyValue));

    /// <summary>ExportTraceServiceRequest.</summary>
    public static MessageShape Traces { get; } = Export("resourceSpans", "scopeSpans", "spans", Span);

    /// <summary>ExportMetricsServiceRequest.</summary>
    public static MessageShape Metrics { get; } = Export("resourceMetrics", "scopeMetrics", "metrics", Metric);

    /// <summary>ExportLogsServiceRequest.</summary>
    public static MessageShape Logs { get; } = Export("resourceLogs", "scopeLogs", "logRecords", LogRecord);

    /// <summary>The request of a signal.</summary>
    public static MessageShape Of(Signal signal) => signal switch { Signal.Traces => Traces, Signal.Metrics => Metrics, _ => Logs };

    // The three requests differ in their innermost message alone.
    private static MessageShape Export(string resources, string scopes, string items, MessageShape item)
    {
        var scope = new MessageShape(M(1, "scope", () => Scope), M(2, items, () => item), F(3, "schemaUrl", Text));
        var resource = new MessageShape(M(1, "resource", () => Resource), M(2, scopes, () => scope), F(3, "schemaUrl", Text));
        return new MessageShape(M(1, resources, () => resource));
    }

    private static FieldShape F(int number, string name, FieldKind kind) => new(number, name, kind);

    private static FieldShape M(int number, string name, Func<MessageShape> nested) => new(number, name, Message, nested);
}
