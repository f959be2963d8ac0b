namespace Conway.Forwarding;

/// <summary>How a forwarded request ended.</summary>
public enum ForwardResult
{
    /// <summary>An answer of the upstream was passed on, whatever its status.</summary>
    Answered,

    /// <summary>The answer broke off after part of it was passed on; the client's connection or stream was cut.</summary>
    Broken,

    /// <summary>No endpoint is healthy. Nothing was sent to the client yet.</summary>
    NoEndpoint,

    /// <summary>No connection could be opened. Nothing was sent to the client yet.</summary>
    NoConnection,

    /// <summary>The upstream broke off before an answer. Nothing was sent to the client yet.</summary>
    Reset,

    /// <summary>The attempt's or the request's time ran out. Nothing was sent to the client yet.</summary>
    TimedOut,

    /// <summary>The client's body could not be read; the status says why. Nothing was sent to the client yet.</summary>
    BadRequestBody,

    /// <summary>The client went away.</summary>
    ClientGone,
}
