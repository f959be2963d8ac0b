namespace Conway.Telemetry;

/// <summary>One trace: its spans as a tree, their logs, and where the time went.</summary>
public sealed record TraceView
{
    /// <summary>Which trace.</summary>
    public required TraceId Id { get; init; }

    /// <summary>When its first span began.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>From the first begin to the last end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>All spans, parents before children, siblings by start.</summary>
    public required IReadOnlyList<TraceSpan> Spans { get; init; }

    /// <summary>Logs that name this trace but no span of it, by time.</summary>
    public required IReadOnlyList<LogEntry> OtherLogs { get; init; }

    /// <summary>The stretches of time that made the trace as long as it is, in order of time.</summary>
    public required IReadOnlyList<CriticalStretch> CriticalPath { get; init; }

    /// <summary>Spans that others name as parent and that never arrived.</summary>
    public required IReadOnlyList<SpanId> MissingParents { get; init; }

    /// <summary>Whether the trace has more spans than were read.</summary>
    public required bool IsCut { get; init; }
}

/// <summary>A span in its place.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">0 for a root.</param>
/// <param name="SelfTime">Its time without that of its children.</param>
/// <param name="Logs">Its logs by time.</param>
public sealed record TraceSpan(Span Span, int Depth, TimeSpan SelfTime, IReadOnlyList<LogEntry> Logs);

/// <summary>A stretch of time spent in one span itself, on the critical path.</summary>
public readonly record struct CriticalStretch(SpanId Span, DateTimeOffset From, TimeSpan Duration);
