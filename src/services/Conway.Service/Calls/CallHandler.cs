using Conway.Service.Requests;

namespace Conway.Service.Calls;

/// <summary>Sends one declared call: within what is left of the request, and with the request's id.</summary>
/// <remarks>Trace context is the framework's to send (System.Net.Http). Retries and balancing are the platform's: the address
/// leads to the caller's own upstream listener, which knows every instance.</remarks>
internal sealed class CallHandler(string callee, TimeSpan? budget, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = CallContext.Current;
        if (context?.RequestId is { } id)
            request.Headers.TryAddWithoutValidation("x-request-id", id);

        var allowed = Smaller(context?.Deadline?.Left, budget);
        if (allowed is not { } left)
            return await Attempt(request, cancellationToken);

        request.Headers.TryAddWithoutValidation(Deadline.Header, Deadline.Format(left));
        using var timer = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await Attempt(request, either.Token);
        }
        catch (OperationCanceledException cause) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CallTimedOutException(callee, left, cause);
        }
    }

    private async Task<HttpResponseMessage> Attempt(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException cause)
        {
            throw new CallFailedException(callee, cause);
        }
    }

    private static TimeSpan? Smaller(TimeSpan? one, TimeSpan? other) => one is null ? other : other < one ? other : one;
}
