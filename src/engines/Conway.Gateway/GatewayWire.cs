using Conway.Forwarding;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Conway.Gateway;

/// <summary>Limits of the door to the outside.</summary>
internal static class GatewayWire
{
    internal static WireOptions Options(GatewayOptions options) => new()
    {
        Limits = limits =>
        {
            limits.MaxRequestBodySize = options.RequestBodyBytesMax;
            limits.MaxRequestHeadersTotalSize = options.RequestHeaderBytesMax;
            limits.RequestHeadersTimeout = options.RequestHeadTimeout;
            limits.KeepAliveTimeout = options.KeepAliveTimeout;
            limits.MaxConcurrentConnections = options.ConnectionsMax;
            limits.MinRequestBodyDataRate = options.RequestBodyBytesPerSecondMin > 0 ? new MinDataRate(options.RequestBodyBytesPerSecondMin, options.RequestBodyGrace) : null;
        },
    };
}
