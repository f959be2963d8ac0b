namespace Conway.Telemetry;

/// <summary>How grave a log record is. The numbers are the lowest of OTLP's severity range of that name.</summary>
/// <remarks>Source: OpenTelemetry logs data model, <c>SeverityNumber</c>: 1–4 trace, 5–8 debug, 9–12 info, 13–16 warn, 17–20 error, 21–24 fatal.</remarks>
public enum LogSeverity
{
    /// <summary>The sender did not say.</summary>
    Unset = 0,

    /// <summary>Every step.</summary>
    Trace = 1,

    /// <summary>For the author.</summary>
    Debug = 5,

    /// <summary>The ordinary course.</summary>
    Information = 9,

    /// <summary>Odd, and survived.</summary>
    Warning = 13,

    /// <summary>Something failed.</summary>
    Error = 17,

    /// <summary>The process cannot go on.</summary>
    Critical = 21,
}

/// <summary>Where a log record came from.</summary>
public enum LogSource
{
    /// <summary>Sent by an SDK.</summary>
    Otlp = 0,

    /// <summary>A line on standard output.</summary>
    Output = 1,

    /// <summary>A line on standard error.</summary>
    Error = 2,
}
