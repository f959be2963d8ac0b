using System.Diagnostics;
using System.Globalization;
using Conway.Traffic;

namespace Conway.Forwarding;

/// <summary>A client span for each attempt of a request, so that retries, and the replicas they went to, can be seen in its trace.</summary>
/// <remarks>
/// <para>The span is part of the caller's, named by its <c>traceparent</c>; the upstream is told the attempt's span in its stead. A request without a valid
/// <c>traceparent</c> begins a trace. Attributes follow OpenTelemetry's conventions for HTTP and RPC clients; the query of <c>url.full</c> is left out,
/// since it may hold what is nobody's business. In a trace that begins here, later attempts are part of the first.</para>
/// <para>While nobody listens, and for a trace that is not sampled, nothing is made and <c>traceparent</c> passes untouched. Thread-safe; one for each listener.</para>
/// </remarks>
public sealed class AttemptSpans
{
    // 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
    private const int ParentLength = 55;
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    private readonly ActivitySource _source;
    private readonly KeyValuePair<string, object?>[] _tags;

    /// <summary>Spans of one caller's attempts.</summary>
    /// <param name="source">Where they come from; whoever listens to it exports them.</param>
    /// <param name="caller">The service on whose behalf the attempts are made, in <c>conway.caller</c>: telemetry pairs the attempt with the callee's span as the caller's.</param>
    /// <param name="callee">The service they go to, in <c>peer.service</c>.</param>
    public AttemptSpans(ActivitySource source, string caller, string callee)
    {
        _source = source;
        _tags = [new("conway.caller", caller), new("peer.service", callee)];
    }

    /// <summary>Begins the span of an attempt whose endpoint is known; null when none is made.</summary>
    internal Activity? Begin(Exchange exchange)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        var headers = exchange.Http.Request.Headers;
        var told = headers.TraceParent.Count == 1 ? headers.TraceParent[0] : null;
        if (IsDeclined(told))
        {
            return null;
        }

        if (!ActivityContext.TryParse(told, headers.TraceState, isRemote: true, out var parent))
        {
            // Else a trace of whoever started this server would be taken for the request's.
            Activity.Current = null;
            parent = exchange.FirstAttempt;
        }

        var span = _source.StartActivity(NameOf(exchange), ActivityKind.Client, parent);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, exchange);
        }

        return span;
    }

    /// <summary>Tells the upstream which span it is called by.</summary>
    internal static void Tell(Activity span, HttpRequestMessage request)
    {
        request.Headers.Remove(TraceParent);
        request.Headers.TryAddWithoutValidation(TraceParent, span.Id);
        if (!span.HasRemoteParent)
        {
            // It belonged to a context that could not be read.
            request.Headers.Remove(TraceState);
        }
    }

    /// <summary>Ends it with what came of the attempt.</summary>
    internal static void End(Activity span, Exchange exchange, AttemptFault fault)
    {
        if (span.IsAllDataRequested)
        {
            Tell(span, exchange, fault);
        }

        span.Dispose();
    }

    // Cheap, since it is asked for every request: a version and flags that can be read, and the flags say no.
    private static bool IsDeclined(string? told) =>
        told is { Length: >= ParentLength } && told[ParentLength - 3] == '-'
        && byte.TryParse(told.AsSpan(ParentLength - 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var flags) && (flags & 1) == 0
        && told.AsSpan(3, 32).ContainsAnyExcept('0');

    private static string NameOf(Exchange exchange) =>
        exchange.Kind == ExchangeKind.Grpc ? PathOf(exchange).TrimStart('/') : ObservedOperation.Of(exchange.Http.Request.Method);

    private void Describe(Activity span, Exchange exchange)
    {
        var (request, endpoint) = (exchange.Http.Request, exchange.Endpoint!);
        var method = ObservedOperation.Of(request.Method);
        foreach (var (key, value) in _tags)
        {
            span.SetTag(key, value);
        }

        span.SetTag("http.request.method", method);
        if (method == "_OTHER")
        {
            span.SetTag("http.request.method_original", request.Method);
        }

        var colon = endpoint.Address.LastIndexOf(':');
        span.SetTag("server.address", endpoint.Address[..colon]);
        span.SetTag("server.port", int.Parse(endpoint.Address.AsSpan(colon + 1), CultureInfo.InvariantCulture));
        var path = PathOf(exchange);
        span.SetTag("url.full", path.Length == exchange.Target.Length ? endpoint.Prefix + path : $"{endpoint.Prefix}{path}?*");
        span.SetTag("network.protocol.version", exchange.Kind == ExchangeKind.Grpc ? "2" : "1.1");
        span.SetTag("conway.endpoint", endpoint.Id);
        if (exchange.Attempts > 1)
        {
            span.SetTag("http.request.resend_count", exchange.Attempts - 1);
        }

        if (exchange.Kind == ExchangeKind.Grpc && path.LastIndexOf('/') is > 0 and var slash)
        {
            span.SetTag("rpc.system", "grpc");
            span.SetTag("rpc.service", path[1..slash]);
            span.SetTag("rpc.method", path[(slash + 1)..]);
        }
    }

    private static void Tell(Activity span, Exchange exchange, AttemptFault fault)
    {
        if (exchange.IsHeadHere)
        {
            span.SetTag("http.response.status_code", exchange.UpstreamStatus);
        }

        if (exchange.GrpcStatus is { } grpc)
        {
            span.SetTag("rpc.grpc.status_code", grpc);
        }

        if (exchange.Endpoint!.IsEjected)
        {
            span.SetTag("conway.endpoint.ejected", true);
        }

        // A client span is in error from 400 on.
        var error = fault != AttemptFault.None ? fault.ToString()
            : exchange.UpstreamStatus >= 400 ? exchange.UpstreamStatus.ToString(CultureInfo.InvariantCulture)
            : exchange.GrpcStatus is > 0 and var status ? status.ToString(CultureInfo.InvariantCulture)
            : null;
        if (error is not null)
        {
            span.SetTag("error.type", error);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static string PathOf(Exchange exchange) => exchange.Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? exchange.Target[..query] : exchange.Target;
}
