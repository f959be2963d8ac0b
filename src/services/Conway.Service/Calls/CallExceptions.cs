namespace Conway.Service;

/// <summary>A callee could not be reached, or broke off. Answered with 502 when nobody catches it.</summary>
/// <remarks>An <see cref="HttpRequestException"/>, so that code written for plain HttpClient keeps its meaning.</remarks>
public sealed class CallFailedException(string callee, Exception cause)
    : HttpRequestException((cause as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown, $"'{callee}' could not be reached.", cause)
{
    /// <summary>The service that was called.</summary>
    public string Callee { get; } = callee;
}

/// <summary>A callee did not answer within the call's budget. Answered with 504 when nobody catches it.</summary>
public sealed class CallTimedOutException(string callee, TimeSpan budget, Exception cause)
    : TimeoutException($"'{callee}' did not answer within {budget.TotalMilliseconds:0} ms.", cause)
{
    /// <summary>The service that was called.</summary>
    public string Callee { get; } = callee;
}
