namespace Conway.Telemetry.Tests;

/// <summary>Spans, logs and points with good defaults, encoded.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How long stores of tests keep what they get: it is from <see cref="Start"/>, and must not grow too old.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromDays(36_500);

    public static TraceId Trace(int number = 1) => new(0x0af7651916cd43dd, (ulong)number);

    public static byte[] Span(
        int id, int trace = 1, int parent = 0, string name = "GET /products/{id}", SpanKind kind = SpanKind.Internal, double at = 0, double ms = 10, bool error = false,
        DateTimeOffset? start = null, params (string Key, object Value)[] attributes) => Otlp.Message(b =>
    {
        var begin = UnixNano.Of((start ?? Start).AddMilliseconds(at));
        b.Nested(1, Otlp.Bytes(Trace(trace))).Nested(2, Otlp.Bytes(new SpanId((ulong)id)));
        if (parent != 0)
        {
            b.Nested(4, Otlp.Bytes(new SpanId((ulong)parent)));
        }

        b.Text(5, name).Number(6, (ulong)kind).Fixed(7, begin).Fixed(8, begin + (ulong)(ms * 1e6));
        foreach (var (key, value) in attributes)
        {
            b.Nested(9, Otlp.Attribute(key, value));
        }

        if (error)
        {
            b.Nested(15, Otlp.Message(s => s.Text(2, "it broke").Number(3, 2)));
        }
    });

    public static byte[] Log(
        string body, LogSeverity severity = LogSeverity.Information, int trace = 0, int span = 0, double at = 0, DateTimeOffset? start = null, params (string Key, object Value)[] attributes) => Otlp.Message(b =>
    {
        b.Fixed(1, UnixNano.Of((start ?? Start).AddMilliseconds(at))).Number(2, (ulong)severity).Nested(5, Otlp.Value(body));
        foreach (var (key, value) in attributes)
        {
            b.Nested(6, Otlp.Attribute(key, value));
        }

        if (trace != 0)
        {
            b.Nested(9, Otlp.Bytes(Trace(trace))).Nested(10, Otlp.Bytes(new SpanId((ulong)span)));
        }
    });
}
