namespace Conway.Telemetry;

/// <summary>One line a service printed, as the node read it from the pipe.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Replica">Its instance, <c>orders-1</c>.</param>
/// <param name="At">When the line was read.</param>
/// <param name="Source"><see cref="LogSource.Output"/> or <see cref="LogSource.Error"/>.</param>
/// <param name="Text">UTF-8 without the line's end. Over 64 KiB is cut. Not kept: the bytes may be reused after the call.</param>
/// <param name="Level">Unset when the line does not say.</param>
/// <param name="Trace">The trace a structured line names; none otherwise.</param>
/// <param name="Span">The span a structured line names; none otherwise.</param>
public readonly record struct OutputLine(
    string Service, string Replica, DateTimeOffset At, LogSource Source, ReadOnlyMemory<byte> Text, LogSeverity Level = LogSeverity.Unset, TraceId Trace = default, SpanId Span = default)
{
    /// <summary>What belongs under the text and is not part of the record's body: an exception with its stack.</summary>
    /// <value>UTF-8; empty when there is none. Kept no longer than <see cref="Text"/>.</value>
    public ReadOnlyMemory<byte> Detail { get; init; }

    /// <summary>Whether the line says that the same record is sent over OTLP.</summary>
    /// <value>True: the line is held for at most ten seconds and is stored only when its record has not come by then.</value>
    public bool IsExported { get; init; }
}
