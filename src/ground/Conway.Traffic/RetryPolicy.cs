namespace Conway.Traffic;

/// <summary>Decides whether a request may be sent again, and after how long.</summary>
/// <remarks>Pure. The conditions to be met besides: attempts left, time left, a body that can be sent again, and the <see cref="RetryBudget"/>.</remarks>
public sealed class RetryPolicy(CallPolicy policy)
{
    private readonly int _retriesMax = Math.Clamp(policy.Retries, 0, CallPolicy.RetriesMax);

    /// <summary>Extra attempts a request may have.</summary>
    public int RetriesMax => _retriesMax;

    /// <summary>Whether a request of this method may be sent twice.</summary>
    /// <remarks>Idempotent by RFC 9110 §9.2.2; any method with an <c>Idempotency-Key</c>; or when the policy says so.</remarks>
    public bool MayRepeat(string method, bool hasIdempotencyKey) =>
        policy.RetryNonIdempotent || hasIdempotencyKey || method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE";

    /// <summary>Whether an answer with this status is worth another attempt.</summary>
    public bool IsWorthAnother(int status) => status switch
    {
        502 or 503 or 504 => Has(RetryConditions.GatewayError) || Has(RetryConditions.ServerError),
        >= 500 and <= 599 => Has(RetryConditions.ServerError),
        409 => Has(RetryConditions.Conflict),
        429 => Has(RetryConditions.TooManyRequests),
        _ => false,
    };

    /// <summary>Whether a fault without an answer is worth another attempt.</summary>
    public bool IsWorthAnother(AttemptFault fault) => fault switch
    {
        AttemptFault.Connect => Has(RetryConditions.ConnectFailure),
        AttemptFault.Reset => Has(RetryConditions.Reset),
        AttemptFault.TimedOut => Has(RetryConditions.AttemptTimeout),
        _ => false,
    };

    /// <summary>How long to wait before the <paramref name="retry"/>-th retry, the first being 1.</summary>
    public TimeSpan BackOff(int retry, SeededDraw draw)
    {
        var span = policy.BackOff.Base * (Math.Pow(2, Math.Min(retry, 30)) - 1);
        return (span < policy.BackOff.Max ? span : policy.BackOff.Max) * draw.Unit();
    }

    private bool Has(RetryConditions condition) => (policy.RetryOn & condition) != 0;
}

/// <summary>Why an attempt brought no answer.</summary>
public enum AttemptFault
{
    /// <summary>It brought one.</summary>
    None,

    /// <summary>No connection: nothing was sent.</summary>
    Connect,

    /// <summary>The connection broke before the head of an answer.</summary>
    Reset,

    /// <summary>The attempt's time ran out.</summary>
    TimedOut,

    /// <summary>The request's whole time ran out.</summary>
    DeadlineExceeded,

    /// <summary>The caller went away.</summary>
    Abandoned,

    /// <summary>The request's own body was at fault.</summary>
    BadRequestBody,
}
