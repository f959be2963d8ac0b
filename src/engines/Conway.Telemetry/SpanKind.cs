namespace Conway.Telemetry;

/// <summary>Which side of a call a span stands on. The numbers are OTLP's.</summary>
public enum SpanKind
{
    /// <summary>The sender did not say.</summary>
    Unspecified = 0,

    /// <summary>Work inside one process.</summary>
    Internal = 1,

    /// <summary>Answering a request.</summary>
    Server = 2,

    /// <summary>Making a request.</summary>
    Client = 3,

    /// <summary>Handing a message to a broker.</summary>
    Producer = 4,

    /// <summary>Taking a message from a broker.</summary>
    Consumer = 5,
}

/// <summary>What a span says of its outcome. The numbers are OTLP's.</summary>
public enum SpanStatus
{
    /// <summary>Nothing was said: nothing went wrong that the sender noticed.</summary>
    Unset = 0,

    /// <summary>The sender vouches for success.</summary>
    Ok = 1,

    /// <summary>The work failed.</summary>
    Error = 2,
}
