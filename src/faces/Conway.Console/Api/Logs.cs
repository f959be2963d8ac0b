using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conway.Console.Api;

/// <summary>How grave a record is.</summary>
[JsonConverter(typeof(Wording<LogLevel>))]
public enum LogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

/// <summary>How a record came.</summary>
[JsonConverter(typeof(Wording<LogSource>))]
public enum LogSource
{
    Otlp,
    Stdout,
    Stderr,
}

/// <summary>One record. Ids grow with time within a run.</summary>
public sealed record LogRecord(
    string Id, DateTimeOffset Time, string Service, string? Instance, LogLevel Level, string Message, string? TraceId, string? SpanId, LogSource Source,
    IReadOnlyDictionary<string, JsonElement> Attributes);

/// <summary>Records, newest last.</summary>
/// <param name="Before">The cursor to the ones before; null at the beginning. The id of a record is a cursor too.</param>
/// <param name="Complete">False when the search stopped at its limit of work and older records were not looked at.</param>
public sealed record LogPage(IReadOnlyList<LogRecord> Records, string? Before, long Scanned, bool Complete);

/// <summary>Told in a stream whose reader was too slow.</summary>
public sealed record DroppedNotice(long Count);
