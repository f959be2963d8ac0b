using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conway.Forwarding;

/// <summary>What sort of conversation a request opens; decides the upstream's HTTP version and which time limits bound the answer's body.</summary>
public enum ExchangeKind
{
    /// <summary>A request and an answer.</summary>
    Plain,

    /// <summary>An answer that may go on for as long as it likes: <c>Accept: text/event-stream</c>.</summary>
    Events,

    /// <summary>gRPC over HTTP/2: streams both ways, status in trailers.</summary>
    Grpc,

    /// <summary>WebSocket or another upgrade.</summary>
    Upgrade,
}

/// <summary>Tells the kinds apart.</summary>
public static class ExchangeKinds
{
    /// <summary>The kind of conversation that a request opens.</summary>
    public static ExchangeKind Of(HttpContext http)
    {
        var request = http.Request;
        if (HttpProtocol.IsHttp2(request.Protocol))
        {
            if (IsGrpc(request.ContentType))
            {
                return ExchangeKind.Grpc;
            }

            if (HttpMethods.IsConnect(request.Method) && http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true })
            {
                return ExchangeKind.Upgrade;
            }
        }
        else if (request.Headers.Upgrade.Count > 0 && http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
        {
            return ExchangeKind.Upgrade;
        }

        return request.Headers.Accept is { Count: 1 } accept && accept[0]!.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
            ? ExchangeKind.Events
            : ExchangeKind.Plain;
    }

    /// <summary>Whether a content type is gRPC's: <c>application/grpc</c>, <c>application/grpc+proto</c>, but not <c>application/grpc-web</c>.</summary>
    public static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == 16 || contentType[16] is ';' or '+');

    /// <summary>The word for it in observed traffic.</summary>
    public static string Protocol(this ExchangeKind kind) => kind switch
    {
        ExchangeKind.Grpc => "grpc",
        ExchangeKind.Upgrade => "websocket",
        _ => "http",
    };
}
