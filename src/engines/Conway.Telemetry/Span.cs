namespace Conway.Telemetry;

/// <summary>One span as it was received.</summary>
public sealed record Span
{
    /// <summary>Its trace.</summary>
    public required TraceId Trace { get; init; }

    /// <summary>Its own id.</summary>
    public required SpanId Id { get; init; }

    /// <summary>The span it is part of; none for a root.</summary>
    public required SpanId Parent { get; init; }

    /// <summary><c>service.name</c> of its resource.</summary>
    public required string Service { get; init; }

    /// <summary><c>service.instance.id</c> of its resource; empty when the sender did not say.</summary>
    public required string Instance { get; init; }

    /// <summary>What was done: <c>GET /products/{id}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which side of a call.</summary>
    public required SpanKind Kind { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it took; never negative.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What it says of its outcome.</summary>
    public required SpanStatus Status { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    public required string StatusMessage { get; init; }

    /// <summary>Its attributes, in the order sent.</summary>
    public required IReadOnlyList<TelemetryAttribute> Attributes { get; init; }

    /// <summary>The attributes of its resource.</summary>
    public required IReadOnlyList<TelemetryAttribute> Resource { get; init; }

    /// <summary>The library that made it.</summary>
    public required string Scope { get; init; }

    /// <summary>What happened meanwhile.</summary>
    public required IReadOnlyList<SpanEvent> Events { get; init; }

    /// <summary>Spans of other traces it belongs with.</summary>
    public required IReadOnlyList<SpanLink> Links { get; init; }

    /// <summary>W3C trace state; empty when there is none.</summary>
    public string TraceState { get; init; } = "";

    /// <summary>Attributes, events and links that the sender or this store cut.</summary>
    public long Dropped { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset End => Start + Duration;

    /// <summary>Whether it failed.</summary>
    public bool IsError => Status == SpanStatus.Error;
}

/// <summary>Something that happened in the time of a span.</summary>
public sealed record SpanEvent(DateTimeOffset At, string Name, IReadOnlyList<TelemetryAttribute> Attributes);

/// <summary>A span of another trace.</summary>
public sealed record SpanLink(TraceId Trace, SpanId Span, IReadOnlyList<TelemetryAttribute> Attributes);
