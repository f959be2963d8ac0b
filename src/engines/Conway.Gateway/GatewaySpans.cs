using System.Diagnostics;
using Conway.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Conway.Gateway;

/// <summary>The trace of one request through the gateway: a server span, and under it a client span for the way to the upstream.</summary>
/// <remarks>
/// <para>W3C Trace Context: a valid <c>traceparent</c> from outside is continued and its sampling flag honoured; without one a trace begins. Attributes follow OpenTelemetry's HTTP
/// conventions. Spans come from the source <see cref="SourceName"/>; whoever listens exports them.</para>
/// <para>While nobody listens, no spans are made: an existing context passes untouched, and a missing one is still created, so that the services' spans hang together.</para>
/// </remarks>
public sealed class GatewaySpans : IDisposable
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "Conway.Gateway";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Activity? _server;
    private readonly Activity? _client;

    private GatewaySpans(Activity? server, Activity? client, TraceContext context)
    {
        Context = context;
        _server = server;
        _client = client;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _server?.Dispose();
    }

    /// <summary>What the upstream is told of the trace.</summary>
    internal TraceContext Context { get; }

    internal static GatewaySpans Start(HttpContext http, GatewayRoute route, string path)
    {
        var headers = http.Request.Headers;
        var (told, state) = (headers.TraceParent, headers.TraceState);
        var isTraced = told.Count == 1 && ActivityContext.TryParse(told[0], state, isRemote: true, out _);
        if (!Source.HasListeners())
        {
            return new GatewaySpans(null, null, isTraced ? new TraceContext(told[0]!, state) : TraceContext.New(isSampled: true));
        }

        var parent = isTraced ? ActivityContext.Parse(told[0]!, state) : default;
        var method = ObservedOperation.Of(http.Request.Method);
        var server = Source.StartActivity($"{method} {route.Path.Value}", ActivityKind.Server, parent);
        var client = Source.StartActivity(method, ActivityKind.Client);
        Describe(server, client, http, route, path, method);
        // A listener that samples this one out makes no span, but the services must learn of its decision.
        var context = (client ?? server) is { } own ? TraceContext.Of(own) : isTraced ? new TraceContext(told[0]!, state) : TraceContext.New(isSampled: false);
        return new GatewaySpans(server, client, context);
    }

    private static void Describe(Activity? server, Activity? client, HttpContext http, GatewayRoute route, string path, string method)
    {
        if (server is { IsAllDataRequested: true })
        {
            server.SetTag("http.request.method", method);
            server.SetTag("url.path", path);
            server.SetTag("url.scheme", "http");
            server.SetTag("http.route", route.Path.Value);
            server.SetTag("server.address", http.Request.Host.Host);
            server.SetTag("client.address", http.Connection.RemoteIpAddress?.ToString());
            server.SetTag("user_agent.original", http.Request.Headers.UserAgent.ToString());
            server.SetTag("network.protocol.version", HttpProtocol.IsHttp2(http.Request.Protocol) ? "2" : "1.1");
            server.SetTag("conway.route", route.Id);
        }

        if (client is { IsAllDataRequested: true })
        {
            client.SetTag("http.request.method", method);
            client.SetTag("peer.service", route.Cluster);
        }
    }

    internal void End(Exchange exchange, ForwardResult result)
    {
        var status = exchange.Http.Response.StatusCode;
        End(_server, status, result);
        End(_client, status, result);
        if (_client is { IsAllDataRequested: true } && exchange.Endpoint is { } endpoint)
        {
            var colon = endpoint.Address.LastIndexOf(':');
            _client.SetTag("server.address", endpoint.Address[..colon]);
            _client.SetTag("server.port", int.Parse(endpoint.Address.AsSpan(colon + 1), provider: null));
            _client.SetTag("url.full", endpoint.Prefix + exchange.Target);
            _client.SetTag("conway.endpoint", endpoint.Id);
            if (exchange.RetriesMade > 0)
            {
                _client.SetTag("http.request.resend_count", exchange.RetriesMade);
            }
        }
    }

    private static void End(Activity? span, int status, ForwardResult result)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        span.SetTag("http.response.status_code", status);
        // A server span is in error from 500 on, a client span from 400 on.
        if (result != ForwardResult.Answered)
        {
            span.SetTag("error.type", result.ToString());
            span.SetStatus(ActivityStatusCode.Error);
        }
        else if (status >= 500 || (status >= 400 && span.Kind == ActivityKind.Client))
        {
            span.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
