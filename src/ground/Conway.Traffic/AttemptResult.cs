namespace Conway.Traffic;

/// <summary>How an attempt ended, as far as the endpoint is to be judged by it.</summary>
public enum AttemptResult
{
    /// <summary>It answered, and not with 5xx.</summary>
    Success,

    /// <summary>It answered 5xx other than 502, 503, 504.</summary>
    ServerError,

    /// <summary>It answered 502, 503 or 504, or did not answer: no connection, reset, time-out.</summary>
    GatewayFailure,

    /// <summary>The caller went away; says nothing about the endpoint.</summary>
    Abandoned,
}
