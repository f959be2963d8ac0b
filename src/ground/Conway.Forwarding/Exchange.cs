using System.Diagnostics;
using Conway.Traffic;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Conway.Forwarding;

/// <summary>One request on its way to an upstream and back, over all its attempts.</summary>
/// <remarks>Made for one request and used by one at a time.</remarks>
public sealed class Exchange : HttpTransformer
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly IRequestDress _dress;
    private Forwarder? _forwarder;
    private TimeSpan _attemptLeft;
    private bool _isEventStream;

    /// <summary>A request to be forwarded.</summary>
    /// <param name="http">The request.</param>
    /// <param name="pool">The endpoints it may go to.</param>
    /// <param name="kind">What sort of conversation it opens.</param>
    /// <param name="target">Path and query to ask the upstream for, encoded as they are to be sent.</param>
    /// <param name="deadline">When nobody waits any more.</param>
    /// <param name="dress">What is withheld from the upstream and what it is told besides.</param>
    public Exchange(HttpContext http, EndpointPool pool, ExchangeKind kind, string target, Deadline deadline, IRequestDress dress)
    {
        _dress = dress;
        Http = http;
        Pool = pool;
        Kind = kind;
        Target = target;
        Deadline = deadline;
    }

    /// <summary>The request.</summary>
    public HttpContext Http { get; }

    /// <summary>The endpoints it may go to.</summary>
    public EndpointPool Pool { get; }

    /// <summary>What sort of conversation it opens.</summary>
    public ExchangeKind Kind { get; }

    /// <summary>Path and query to ask the upstream for.</summary>
    public string Target { get; }

    /// <summary>When nobody waits any more.</summary>
    public Deadline Deadline { get; }

    /// <summary>The Host to send. Unset: the one that came.</summary>
    public string? Host { get; init; }

    /// <summary>Extra attempts allowed. Unset: as many as the pool's policy allows.</summary>
    public int? Retries { get; init; }

    /// <summary>Makes a span of each attempt. Unset: none are made.</summary>
    public AttemptSpans? Spans { get; init; }

    /// <summary>Retries made; connections tried elsewhere do not count.</summary>
    public int RetriesMade => Plan.Made;

    /// <summary>The endpoint of the last attempt; null when there was none.</summary>
    public EndpointState? Endpoint { get; private set; }

    /// <summary>gRPC status of the answer; null when it had none.</summary>
    public int? GrpcStatus { get; private set; }

    internal TriedEndpoints Tried;

    internal RetryPlan Plan;

    /// <summary>Attempts begun, connections tried elsewhere included.</summary>
    internal int Attempts { get; private set; }

    /// <summary>The span of the attempt under way.</summary>
    internal Activity? Span { get; private set; }

    /// <summary>Where the trace goes on when the request names none.</summary>
    internal ActivityContext FirstAttempt { get; private set; }

    internal bool IsHeadHere { get; private set; }

    internal bool IsAnswerDropped { get; private set; }

    internal int UpstreamStatus { get; private set; }

    internal TimeSpan AttemptBeganAt { get; private set; }

    internal CancellationTokenSource? Timer { get; set; }

    /// <summary>Whether the deadline bounds the body of the answer, not only its head.</summary>
    internal bool IsBodyBounded => Kind switch
    {
        ExchangeKind.Plain => !_isEventStream,
        // Whoever sends a grpc-timeout means the whole call; a budget of ours does not end a stream.
        ExchangeKind.Grpc => Http.Request.Headers.ContainsKey(WireHeaders.GrpcTimeout),
        _ => false,
    };

    internal void BeginAttempt(Forwarder forwarder, EndpointState endpoint, TimeSpan left, CancellationTokenSource? timer, TimeSpan now)
    {
        Tried.Add(endpoint);
        _forwarder = forwarder;
        _attemptLeft = left;
        AttemptBeganAt = now;
        Timer = timer;
        Endpoint = endpoint;
        IsHeadHere = false;
        IsAnswerDropped = false;
        UpstreamStatus = 0;
        GrpcStatus = null;
        Attempts++;
        Span = Spans?.Begin(this);
        if (Attempts == 1 && Span is not null)
        {
            FirstAttempt = Span.Context;
        }
    }

    internal void EndAttempt(AttemptFault fault)
    {
        if (Span is { } span)
        {
            AttemptSpans.End(span, this, fault);
            Span = null;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        if (!RequestHeaderCopy.TryCopy(httpContext.Request.Headers, proxyRequest, _dress.IsWithheld))
        {
            await CopyWithEmptyBodyAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        }

        _dress.Add(this, proxyRequest.Headers);
        if (Span is { } span)
        {
            AttemptSpans.Tell(span, proxyRequest);
        }

        proxyRequest.RequestUri = new Uri(destinationPrefix + Target, AsWritten);
        if (Host is not null)
        {
            proxyRequest.Headers.Host = Host;
        }

        if (_attemptLeft != TimeSpan.MaxValue)
        {
            proxyRequest.Headers.TryAddWithoutValidation(WireHeaders.DeadlineMs, DeadlineFormat.FormatMilliseconds(_attemptLeft));
            if (Kind == ExchangeKind.Grpc)
            {
                proxyRequest.Headers.Remove(WireHeaders.GrpcTimeout);
                proxyRequest.Headers.TryAddWithoutValidation(WireHeaders.GrpcTimeout, DeadlineFormat.FormatGrpc(_attemptLeft));
            }
        }
    }

    // Fields such as Content-Type on a GET: YARP makes the empty body that holds them, and copies by its own list.
    private async ValueTask CopyWithEmptyBodyAsync(HttpContext http, HttpRequestMessage request, string prefix, CancellationToken cancellation)
    {
        request.Headers.Clear();
        await base.TransformRequestAsync(http, request, prefix, cancellation);
        foreach (var (name, _) in http.Request.Headers)
        {
            if (_dress.IsWithheld(name))
            {
                request.Headers.Remove(name);
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        IsHeadHere = true;
        UpstreamStatus = (int)proxyResponse.StatusCode;
        if (Kind == ExchangeKind.Grpc && proxyResponse.Headers.NonValidated.TryGetValues("grpc-status", out var status))
        {
            GrpcStatus = ReadGrpcStatus(status.ToString());
        }

        _isEventStream = proxyResponse.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
            && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
        if (_forwarder!.HeadArrived(this))
        {
            IsAnswerDropped = true;
            return false;
        }

        var copies = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        HopByHop.RemoveNominated(httpContext.Response.Headers, proxyResponse);
        return copies;
    }

    /// <inheritdoc/>
    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        if (Kind == ExchangeKind.Grpc && proxyResponse.TrailingHeaders.NonValidated.TryGetValues("grpc-status", out var status))
        {
            GrpcStatus = ReadGrpcStatus(status.ToString());
        }

        return base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
    }

    // What is no number is UNKNOWN, as gRPC asks.
    private static int ReadGrpcStatus(string text) => int.TryParse(text, out var status) ? status : 2;
}
