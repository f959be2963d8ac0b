using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Otlp;

/// <summary>What a printed line and an OTLP record have in common when they tell the same event.</summary>
/// <remarks>Times are left out: the two are written one after the other. Two events with one mark are interchangeable, as long as they are counted.</remarks>
internal readonly record struct RecordMark(TraceId Trace, SpanId Span, int Grade, ulong Instance, ulong Text)
{
    /// <summary>What follows does not count: a service cuts the text of a line that would be too long to be read as one, and keeps more than this.</summary>
    public const int TextBytes = 900;

    public static RecordMark Of(TraceId trace, SpanId span, int severity, ReadOnlySpan<byte> instance, ReadOnlySpan<byte> text) =>
        new(trace, span, (severity + 3) / 4, TextHash.Of(instance), TextHash.Of(text.Length > TextBytes ? text[..TextBytes] : text));
}
