namespace Conway.Telemetry;

/// <summary>One log record, or one line a service printed.</summary>
public sealed record LogEntry
{
    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The service that wrote it.</summary>
    public required string Service { get; init; }

    /// <summary>The instance; empty when the sender did not say.</summary>
    public required string Instance { get; init; }

    /// <summary>How grave.</summary>
    public required LogSeverity Severity { get; init; }

    /// <summary>Severity in the sender's own word; empty when it did not say.</summary>
    public required string SeverityText { get; init; }

    /// <summary>From where.</summary>
    public required LogSource Source { get; init; }

    /// <summary>The text; a structured body as text.</summary>
    public required string Body { get; init; }

    /// <summary>The trace it belongs to; none when it does not say.</summary>
    public required TraceId Trace { get; init; }

    /// <summary>The span it belongs to.</summary>
    public required SpanId Span { get; init; }

    /// <summary>Its attributes, in the order sent.</summary>
    public required IReadOnlyList<TelemetryAttribute> Attributes { get; init; }

    /// <summary>The attributes of its resource.</summary>
    public required IReadOnlyList<TelemetryAttribute> Resource { get; init; }

    /// <summary>The logger's name; empty for printed lines.</summary>
    public required string Scope { get; init; }

    /// <summary>The event's name; empty when it is none.</summary>
    public string EventName { get; init; } = "";
}
