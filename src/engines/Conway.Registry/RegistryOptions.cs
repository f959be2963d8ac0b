using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Conway.Registry;

/// <summary>What a person or the node decides once, before the registry starts.</summary>
public sealed record RegistryOptions
{
    /// <summary>The IP address that HTTP and DNS listen on.</summary>
    /// <value>Default <c>127.0.0.1</c>. <c>localhost</c> means the same. Anything that is not loopback opens the registry to the network.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The TCP port of the HTTP API.</summary>
    /// <value>Default 0: a free one, told by <see cref="RegistryEngine.Port"/>. Consul's own is 8500.</value>
    public int Port { get; init; }

    /// <summary>The port of the DNS server, UDP and TCP alike.</summary>
    /// <value>Unset: no DNS server. 0: a free one, told by <see cref="RegistryEngine.DnsPort"/>. Consul's own is 8600.</value>
    public int? DnsPort { get; init; }

    /// <summary>The name of this machine in the catalog; what Consul calls the agent's node.</summary>
    /// <value>Default <c>conway</c>; letters, digits and dashes, so that it can be asked for by DNS.</value>
    public string NodeName { get; init; } = "conway";

    /// <summary>The one datacenter that exists here.</summary>
    /// <value>Default <c>dc1</c>.</value>
    public string Datacenter { get; init; } = "dc1";

    /// <summary>A SQLite file in which keys, values and sessions survive a restart.</summary>
    /// <value>Unset: they live in memory only. The folder must exist.</value>
    /// <remarks>The catalog is never stored: what runs is told anew by whoever runs it. A file that cannot be opened stops the start
    /// with a <see cref="RegistryStateException"/>.</remarks>
    public string? StatePath { get; init; }

    /// <summary>Host names, besides the loopback ones, under which a request may reach the HTTP API.</summary>
    /// <value>Default none. A request under any other name gets 403: a web page whose name was re-bound to 127.0.0.1 must not read or write here.</value>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>How many blocking queries may wait at once.</summary>
    /// <value>Default 20,000. One more gets 429.</value>
    public int WatchersMax { get; init; } = 20_000;

    /// <summary>The seed of everything random here: spread of checks and waits, order of DNS answers, session ids stay unguessable regardless.</summary>
    /// <value>Unset: taken from the system.</value>
    public int? Seed { get; init; }

    /// <summary>Where the registry tells what it does. Default: nowhere.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
