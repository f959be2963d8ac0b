using Conway.Service.Problems;
using Microsoft.AspNetCore.Http;

namespace Conway.Service.Requests;

/// <summary>Ends a request when its deadline passes, and makes deadline and request id known to the calls it makes.</summary>
internal sealed class DeadlineMiddleware(RequestDelegate next, ConwayEnvironment environment, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        var requestId = (string?)context.Request.Headers["x-request-id"];
        var total = Deadline.Choose(context.Request.Headers[Deadline.Header], environment.RequestBudget);
        var deadline = total is null ? null : new Deadline(total.Value, time);
        CallContext.Current = new CallContext(requestId, deadline);
        return deadline is null ? next(context) : InvokeWithin(deadline, context);
    }

    private async Task InvokeWithin(Deadline deadline, HttpContext context)
    {
        if (deadline.Total == TimeSpan.Zero)
            throw new DeadlinePassedException(deadline.Total);

        var aborted = context.RequestAborted;
        using var timer = new CancellationTokenSource(deadline.Total, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, timer.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new DeadlinePassedException(deadline.Total);
        }
        finally
        {
            // The error's answer is still to be written, and nobody may hold on to a token whose source is gone.
            context.RequestAborted = aborted;
        }
    }
}
