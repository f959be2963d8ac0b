namespace Conway.Telemetry;

/// <summary>How the store is doing, for a page and a person.</summary>
public sealed record TelemetryStatus
{
    /// <summary>Every service heard of, by name.</summary>
    public required IReadOnlyList<ServiceTelemetry> Services { get; init; }

    /// <summary>Bytes kept, on disk or in memory.</summary>
    public required long BytesKept { get; init; }

    /// <summary>Raw bytes waiting to be written.</summary>
    public required long BytesPending { get; init; }

    /// <summary>Whether nothing is written to disk at present.</summary>
    public required bool IsMemoryOnly { get; init; }

    /// <summary>Requests that were told to come again later, since the start.</summary>
    public required long RequestsDeferred { get; init; }

    /// <summary>Requests that were no OTLP, since the start.</summary>
    public required long RequestsMalformed { get; init; }
}

/// <summary>What one service has sent and what of it is kept.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Spans">Received since the start.</param>
/// <param name="Points">Metric points received since the start.</param>
/// <param name="Logs">Log records and output lines taken since the start.</param>
/// <param name="LinesDropped">Output lines not taken, because they came faster than they could be written.</param>
/// <param name="RecordsEvicted">Records removed since the start, by quota or age.</param>
/// <param name="BytesKept">Bytes kept of it.</param>
public sealed record ServiceTelemetry(string Service, long Spans, long Points, long Logs, long LinesDropped, long RecordsEvicted, long BytesKept);
