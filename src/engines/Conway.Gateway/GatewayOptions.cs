using System.Net;
using Conway.Traffic;

namespace Conway.Gateway;

/// <summary>What is set once when the gateway starts.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where to listen. Default loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Name of the gateway as a caller in observed traffic. Default <c>gateway</c>.</summary>
    public string Name { get; init; } = "gateway";

    /// <summary>Name of the gateway in <c>Via</c>, by which it knows again what it has forwarded; a token, different from that of every other gateway a request
    /// may come through. Default <c>conway-gateway</c>.</summary>
    public string Pseudonym { get; init; } = "conway-gateway";

    /// <summary>How often one request may come through this gateway, as its <c>Via</c> tells; once more is answered 508. Default 1.</summary>
    public int PassesMax { get; init; } = 1;

    /// <summary>What happens to <c>%2F</c> in a path. Default: kept as it is.</summary>
    public EscapedSlash EscapedSlash { get; init; } = EscapedSlash.Keep;

    /// <summary>Largest request body. Default 30 MB; null for no limit.</summary>
    public long? RequestBodyBytesMax { get; init; } = 30_000_000;

    /// <summary>Largest sum of request headers. Default 32 KiB.</summary>
    public int RequestHeaderBytesMax { get; init; } = 32 * 1024;

    /// <summary>How long a client may take to send the head of a request. Default 15 s.</summary>
    public TimeSpan RequestHeadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Slowest accepted body in bytes a second, on average once <see cref="RequestBodyGrace"/> is over; slower is answered 408. Default 240; 0 for no limit.</summary>
    public double RequestBodyBytesPerSecondMin { get; init; } = 240;

    /// <summary>How long a body may be slower than that in the beginning. Default 5 s; more than 1 s.</summary>
    public TimeSpan RequestBodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection without a request is kept. Default 130 s.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>Most connections at once; null for no limit. Default 10,000.</summary>
    public long? ConnectionsMax { get; init; } = 10_000;

    /// <summary>How long requests under way may take to end when the gateway stops. Default 5 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where events go; called on a request's or timer's thread and must return at once. Unset: nowhere.</summary>
    public Action<TrafficEvent>? OnEvent { get; init; }

    /// <summary>Seed of every draw (balancing, jitter). Default 0.</summary>
    public ulong Seed { get; init; }
}

/// <summary>What happens to an escaped slash (<c>%2F</c>) in a path.</summary>
public enum EscapedSlash
{
    /// <summary>It stays escaped and does not separate segments.</summary>
    Keep,

    /// <summary>The request is answered 400.</summary>
    Reject,
}
