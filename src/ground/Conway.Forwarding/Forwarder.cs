using System.Net;
using System.Runtime.CompilerServices;
using Conway.Traffic;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy.Forwarder;

namespace Conway.Forwarding;

/// <summary>Carries requests to upstreams and answers back, and tries again where that is safe and of use.</summary>
/// <remarks>
/// <para>The one place that knows how bytes are moved: YARP's <see cref="IHttpForwarder"/> over pooled connections. Where a request goes and whether it goes
/// again is decided by <c>Conway.Traffic</c>.</para>
/// <para>Thread-safe. One for each engine.</para>
/// </remarks>
public sealed class Forwarder : IDisposable
{
    // YARP measures a pause in either direction by it. Streams may pause as long as they like.
    private static readonly ForwarderRequestConfig Plain = Config(HttpVersion.Version11, TimeSpan.FromSeconds(100));
    private static readonly ForwarderRequestConfig Stream = Config(HttpVersion.Version11, Timeout.InfiniteTimeSpan);
    private static readonly ForwarderRequestConfig Grpc = Config(HttpVersion.Version20, Timeout.InfiniteTimeSpan);

    // The longest that a timer can be set for, about 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly IHttpForwarder _yarp;
    private readonly ServiceProvider _services;
    private readonly HttpMessageInvoker _upstreams;
    private readonly AttemptTimers _timers;
    private readonly SeededDraw _draw;
    private readonly TimeProvider _time;
    private readonly long _origin;

    /// <summary>A forwarder with no connections yet.</summary>
    /// <param name="connectTimeout">How long a connection may take to open.</param>
    /// <param name="draw">Source of randomness for back-off.</param>
    /// <param name="time">The clock of every deadline.</param>
    public Forwarder(TimeSpan connectTimeout, SeededDraw draw, TimeProvider time)
    {
        _draw = draw;
        _time = time;
        _timers = new AttemptTimers(time);
        _origin = time.GetTimestamp();
        _services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging().AddHttpForwarder().BuildServiceProvider();
        _yarp = _services.GetRequiredService<IHttpForwarder>();
        _upstreams = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = connectTimeout,
            EnableMultipleHttp2Connections = true,
            RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
            UseCookies = false,
            UseProxy = false,
        });
    }

    /// <summary>The time on the clock of pools and deadlines: elapsed since this forwarder was made.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Carries one request. Never throws for what client or upstream do.</summary>
    /// <returns>How it ended; where nothing was sent to the client yet, the caller answers.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ForwardResult> ForwardAsync(Exchange exchange)
    {
        // A new table may bring another budget while this request is under way; what was taken goes back to where it came from.
        var budget = exchange.Pool.Budget;
        budget.Enter();
        exchange.Plan = new RetryPlan(exchange, budget);
        try
        {
            while (true)
            {
                var now = Now;
                var left = exchange.Deadline.Left(now);
                if (left == TimeSpan.Zero)
                {
                    return ForwardResult.TimedOut;
                }

                if (!exchange.Pool.TryPick(exchange.Tried, now, out var endpoint))
                {
                    return ForwardResult.NoEndpoint;
                }

                if (await AttemptAsync(exchange, endpoint, left, now) is { } result)
                {
                    return result;
                }

                await PrepareNextAsync(exchange);
            }
        }
        finally
        {
            exchange.Plan.Return();
            budget.Exit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _upstreams.Dispose();
        _services.Dispose();
    }

    /// <summary>The head of an answer is here: books its latency and decides whether it is passed on.</summary>
    /// <returns>True when the answer is to be dropped, because another attempt follows.</returns>
    internal bool HeadArrived(Exchange exchange)
    {
        var now = Now;
        var status = exchange.UpstreamStatus;
        exchange.Pool.Answered(exchange.Endpoint!, now - exchange.AttemptBeganAt, failed: status >= 500, now);
        if ((status >= 400 || exchange.GrpcStatus > 0) && exchange.Plan.TryAgain(status, exchange.GrpcStatus, exchange, this))
        {
            return true;
        }

        // From here on only the whole request's time counts, and for a stream not even that.
        exchange.Timer?.CancelAfter(exchange.IsBodyBounded && !exchange.Deadline.IsNone ? exchange.Deadline.Left(now) : Timeout.InfiniteTimeSpan);
        return false;
    }

    /// <returns>How the request ended; null when it is to be tried again.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ForwardResult?> AttemptAsync(Exchange exchange, EndpointState endpoint, TimeSpan left, TimeSpan now)
    {
        var (http, pool) = (exchange.Http, exchange.Pool);
        if (pool.Policy.AttemptTimeout is { } limit && limit < left)
        {
            left = limit;
        }

        var timer = left == TimeSpan.MaxValue ? null : _timers.Rent(left < LongestTimer ? left : LongestTimer);
        exchange.BeginAttempt(this, endpoint, left, timer, now);
        pool.Begin(endpoint, exchange.Plan.IsRetrying);
        var fault = AttemptFault.Reset;
        try
        {
            if (endpoint.Delay is { Ticks: > 0 } delay)
            {
                await PretendSlowAsync(delay, exchange, timer);
            }

            var error = await _yarp.SendAsync(http, endpoint.Prefix, _upstreams, ConfigOf(exchange, timer), exchange, timer?.Token ?? default);
            fault = AttemptFaults.Of(exchange, error, timer is { IsCancellationRequested: true }, Now);
        }
        finally
        {
            EndAttempt(exchange, endpoint, fault);
            exchange.Timer = null;
            if (timer is not null)
            {
                _timers.Return(timer);
            }
        }

        if (exchange.IsAnswerDropped)
        {
            return null;
        }

        if (fault == AttemptFault.None)
        {
            return ForwardResult.Answered;
        }

        if (http.Response.HasStarted)
        {
            return fault == AttemptFault.Abandoned ? ForwardResult.ClientGone : ForwardResult.Broken;
        }

        return exchange.Plan.TryAgain(fault, exchange, this) ? null : fault switch
        {
            AttemptFault.Connect => ForwardResult.NoConnection,
            AttemptFault.TimedOut or AttemptFault.DeadlineExceeded => ForwardResult.TimedOut,
            AttemptFault.Abandoned => ForwardResult.ClientGone,
            AttemptFault.BadRequestBody => ForwardResult.BadRequestBody,
            _ => ForwardResult.Reset,
        };
    }

    /// <summary>Waits as for a slow endpoint. Whatever ends the wait early is noticed by the sending that follows.</summary>
    private async Task PretendSlowAsync(TimeSpan delay, Exchange exchange, CancellationTokenSource? timer)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(exchange.Http.RequestAborted, timer?.Token ?? default);
        await Task.Delay(delay, _time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void EndAttempt(Exchange exchange, EndpointState endpoint, AttemptFault fault)
    {
        var now = Now;
        if (!exchange.IsHeadHere && fault is not (AttemptFault.Abandoned or AttemptFault.BadRequestBody))
        {
            exchange.Pool.Answered(endpoint, now - exchange.AttemptBeganAt, failed: true, now);
        }

        exchange.Pool.End(endpoint, AttemptFaults.Judge(fault, exchange.UpstreamStatus, exchange.GrpcStatus), now);
        exchange.EndAttempt(fault);
    }

    private async ValueTask PrepareNextAsync(Exchange exchange)
    {
        exchange.Http.Response.Clear();
        exchange.Plan.Rewind();
        var pause = exchange.Plan.BackOff(_draw);
        var left = exchange.Deadline.Left(Now);
        if (pause > TimeSpan.Zero)
        {
            // If the client goes away meanwhile, the next attempt will notice at once.
            await Task.Delay(pause < left ? pause : left, _time, exchange.Http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ForwarderRequestConfig ConfigOf(Exchange exchange, CancellationTokenSource? timer) => exchange.Kind switch
    {
        ExchangeKind.Grpc => Grpc,
        // Where a limit was declared, it rules alone.
        ExchangeKind.Plain when timer is null => Plain,
        _ => Stream,
    };

    private static ForwarderRequestConfig Config(Version version, TimeSpan pauseMax) => new()
    {
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = pauseMax,
    };
}
