namespace Conway.Telemetry;

/// <summary>The newest spans of a run.</summary>
/// <param name="Spans">Each once, in no order.</param>
/// <param name="IsCut">There are older ones.</param>
public sealed record SpanPage(IReadOnlyList<Span> Spans, bool IsCut);
