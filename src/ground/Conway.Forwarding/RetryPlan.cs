using Conway.Traffic;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Forwarding;

/// <summary>What is left of a request's right to be tried again. Part of one <see cref="Exchange"/>.</summary>
internal struct RetryPlan
{
    private readonly RetryPolicy _policy;
    private readonly RetryBudget _budget;
    private readonly bool _mayRepeat;
    private readonly int _retriesMax;
    private int _connectsLeft;
    private bool _holdsBudget;
    private ReplayBody? _body;

    internal RetryPlan(Exchange exchange, RetryBudget budget)
    {
        var (request, policy) = (exchange.Http.Request, exchange.Pool.Policy);
        _policy = exchange.Pool.Retry;
        _budget = budget;
        _retriesMax = exchange.Retries is { } asked ? Math.Clamp(asked, 0, CallPolicy.RetriesMax) : _policy.RetriesMax;
        _connectsLeft = policy.ConnectElsewhere;
        _mayRepeat = _retriesMax > 0 && _policy.MayRepeat(request.Method, request.Headers.ContainsKey(WireHeaders.IdempotencyKey));
        if (_mayRepeat && exchange.Kind == ExchangeKind.Plain && exchange.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            _body = new ReplayBody(request.Body);
            request.Body = _body;
        }
    }

    /// <summary>Retries made; connections tried elsewhere do not count.</summary>
    internal int Made { get; private set; }

    /// <summary>Whether the attempt under way is a retry.</summary>
    internal bool IsRetrying { get; private set; }

    /// <summary>Decides after an attempt without an answer, and takes from the budget if the decision is yes.</summary>
    internal bool TryAgain(AttemptFault fault, Exchange exchange, Forwarder forwarder)
    {
        IsRetrying = false;
        if (fault == AttemptFault.Connect)
        {
            // Nothing of the request has left: any method may be placed elsewhere, and that costs the callee nothing.
            if (_connectsLeft > 0 && exchange.Pool.HasUntried(exchange.Tried))
            {
                _connectsLeft--;
                return true;
            }

            return _policy.IsWorthAnother(fault) && TryTake(exchange, forwarder);
        }

        return CanRepeat && _policy.IsWorthAnother(fault) && TryTake(exchange, forwarder);
    }

    /// <summary>Decides after the head of an answer, and takes from the budget if the decision is yes.</summary>
    internal bool TryAgain(int status, int? grpcStatus, Exchange exchange, Forwarder forwarder)
    {
        IsRetrying = false;
        const int grpcUnavailable = 14;
        return CanRepeat && _policy.IsWorthAnother(grpcStatus == grpcUnavailable ? 503 : status) && TryTake(exchange, forwarder);
    }

    /// <summary>How long to wait before the attempt that was granted.</summary>
    internal readonly TimeSpan BackOff(SeededDraw draw) => IsRetrying ? _policy.BackOff(Made, draw) : TimeSpan.Zero;

    /// <summary>Makes the body readable from its beginning.</summary>
    internal readonly void Rewind() => _body?.Rewind();

    /// <summary>Gives back what the request held.</summary>
    internal void Return()
    {
        ReturnBudget();
        _body?.Return();
        _body = null;
    }

    private readonly bool CanRepeat => _mayRepeat && (_body is null || _body.CanReplay);

    private bool TryTake(Exchange exchange, Forwarder forwarder)
    {
        var now = forwarder.Now;
        if (Made >= _retriesMax || exchange.Deadline.Left(now) == TimeSpan.Zero)
        {
            return false;
        }

        ReturnBudget();
        if (!_budget.TryTake())
        {
            exchange.Pool.TellBudgetExhausted(now);
            return false;
        }

        _holdsBudget = true;
        IsRetrying = true;
        Made++;
        return true;
    }

    private void ReturnBudget()
    {
        if (_holdsBudget)
        {
            _budget.Return();
            _holdsBudget = false;
        }
    }
}
