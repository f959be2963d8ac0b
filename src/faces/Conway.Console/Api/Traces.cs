using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conway.Console.Api;

/// <summary>What a span says of its outcome.</summary>
[JsonConverter(typeof(Wording<SpanStatus>))]
public enum SpanStatus
{
    Unset,
    Ok,
    Error,
}

/// <summary>How much of a trace ran in a service.</summary>
public sealed record TraceService(string Name, int Spans, int Errors);

/// <summary>A trace in a list.</summary>
public sealed record TraceSummary(
    string TraceId, DateTimeOffset Start, double DurationMs, string RootService, string RootOperation, int Spans, int Errors, IReadOnlyList<TraceService> Services);

/// <summary>Traces, newest first.</summary>
public sealed record TracePage(IReadOnlyList<TraceSummary> Traces, string? Before, bool Complete);

/// <summary>Something that happened within a span, counted from the start of the trace.</summary>
public sealed record SpanEvent(string Name, double AtMs, IReadOnlyDictionary<string, JsonElement> Attributes);

/// <summary>A span; times count from the start of the trace.</summary>
public sealed record Span(
    string SpanId, string? ParentId, string Service, string? Instance, string Name, string Kind, double StartMs, double DurationMs, double SelfMs,
    SpanStatus Status, string? StatusMessage, bool OnCriticalPath, bool MissingParent, IReadOnlyDictionary<string, JsonElement> Attributes, IReadOnlyList<SpanEvent> Events);

/// <summary>A stretch of the critical path.</summary>
public sealed record CriticalStretch(string SpanId, double FromMs, double UntilMs);

/// <summary>One trace with its logs.</summary>
public sealed record Trace(
    string TraceId, DateTimeOffset Start, double DurationMs, double CriticalPathMs, IReadOnlyList<Span> Spans, IReadOnlyList<CriticalStretch> CriticalPath,
    IReadOnlyList<LogRecord> Logs);
