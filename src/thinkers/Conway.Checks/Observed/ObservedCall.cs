using Conway.Observations;

namespace Conway.Checks.Observed;

/// <summary>One call that was seen, from a service to another or to a store.</summary>
/// <param name="Caller">Name of the calling service; <c>gateway</c> for the gateway.</param>
/// <param name="Callee">Name of the called service, or of the store as the client calls it.</param>
/// <param name="Protocol"><c>http</c>, <c>grpc</c>, <c>sql</c>, or a messaging system.</param>
/// <param name="Operation">The callee's, where the callee told it.</param>
/// <param name="Request">The request of the caller that it was made for: equal for calls of one request. Null when it is not known.</param>
/// <param name="Span">The caller's own span, where it was seen, else the callee's.</param>
internal sealed record ObservedCall(string Caller, string Callee, string Protocol, string Operation, RequestId? Request, ObservedSpan Span)
{
    /// <summary>The caller does not wait.</summary>
    public bool IsMessage => Span.Side is SpanSide.Producer or SpanSide.Consumer;

    /// <summary>To a store, not to a service.</summary>
    public bool IsData { get; init; }

    /// <summary>The callee's own span was seen, so that the operation is what it calls it. Else it is what the caller's client says, which may be no more than <c>GET</c>.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>The caller asked the gateway, as if it stood outside.</summary>
    public bool IsThroughGateway { get; init; }
}

/// <summary>A request that a service answered.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Trace">In which trace.</param>
/// <param name="Span">Its outermost known span there.</param>
/// <param name="Operation">What was asked for; empty when the span that says it was lost.</param>
internal readonly record struct RequestId(string Service, string Trace, string Span, string Operation);
