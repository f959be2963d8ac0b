namespace Conway.Telemetry;

/// <summary>The three kinds of telemetry.</summary>
public enum Signal
{
    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Points of metrics.</summary>
    Metrics,

    /// <summary>Log records and captured output lines.</summary>
    Logs,
}
