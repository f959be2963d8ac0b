using System.Collections.Immutable;

namespace Conway.Registry.Checks;

/// <summary>The ways in which a check can find out how somebody is.</summary>
internal enum CheckKind
{
    /// <summary>The application reports by itself, at least once per TTL.</summary>
    Ttl,

    /// <summary>GET (or another method) of a URL: 2xx is passing, 429 warning, anything else critical.</summary>
    Http,

    /// <summary>A TCP connection can be made.</summary>
    Tcp,

    /// <summary>The standard <c>grpc.health.v1.Health/Check</c> says SERVING.</summary>
    Grpc,

    /// <summary>An HTTP/2 PING is answered.</summary>
    H2Ping,

    /// <summary>Follows the health of another instance of this node.</summary>
    Alias,
}

/// <summary>How a check is carried out; fixed from its registration on.</summary>
internal sealed record CheckDefinition
{
    public required CheckKind Kind { get; init; }

    /// <summary>URL for Http; host:port for Tcp, Grpc (with /service) and H2Ping; the service ID for Alias.</summary>
    public string Target { get; init; } = "";
    public string Method { get; init; } = "GET";
    public string Body { get; init; } = "";
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Header { get; init; } = NoHeader;
    public bool UseTls { get; init; }
    public bool TlsSkipVerify { get; init; }
    public string TlsServerName { get; init; } = "";
    public bool DisableRedirects { get; init; }
    public TimeSpan Interval { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Ttl { get; init; }

    /// <summary>Good results in a row before the check turns passing.</summary>
    public int SuccessBeforePassing { get; init; }

    /// <summary>Bad results in a row before the check turns warning.</summary>
    public int FailuresBeforeWarning { get; init; }

    /// <summary>Bad results in a row before the check turns critical.</summary>
    public int FailuresBeforeCritical { get; init; }

    /// <summary>Zero: never.</summary>
    public TimeSpan DeregisterCriticalServiceAfter { get; init; }
    public int OutputMaxSize { get; init; } = 4096;

    /// <summary>One instance for all, so that definitions without headers compare equal and registering the same again does not restart a probe.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> NoHeader { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);
}
