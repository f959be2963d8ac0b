using Conway.Traffic;

namespace Conway.Gateway;

/// <summary>Everything the gateway needs to know.</summary>
/// <remarks>Immutable; replaced whole by <see cref="GatewayEngine.Apply"/>.</remarks>
/// <param name="Routes">In the order in which they were written, which breaks the last tie.</param>
/// <param name="Clusters">Where routes lead; names occur once.</param>
public sealed record RouteTable(IReadOnlyList<GatewayRoute> Routes, IReadOnlyList<GatewayCluster> Clusters)
{
    /// <summary>No routes: every request is answered 404.</summary>
    public static RouteTable Empty { get; } = new([], []);
}

/// <summary>Requests of one shape, and where they go.</summary>
/// <remarks>A request that several routes match takes the one that the Gateway API prefers: exact path, then longest prefix, then a method,
/// then most headers, then most query parameters, then the earlier in the table.</remarks>
public sealed record GatewayRoute
{
    /// <summary>Name of the route in traces and problem answers, <c>orders</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Host names without port, <c>shop.example</c> or <c>*.example</c>; none means any.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Which paths.</summary>
    public required PathMatch Path { get; init; }

    /// <summary>Methods in upper case; none means any.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Headers that must be there; all of them.</summary>
    public IReadOnlyList<ValueMatch> Headers { get; init; } = [];

    /// <summary>Query parameters that must be there; all of them.</summary>
    public IReadOnlyList<ValueMatch> Query { get; init; } = [];

    /// <summary>What is changed on the way; unset means nothing.</summary>
    public Rewrite? Rewrite { get; init; }

    /// <summary>Name of the cluster the route leads to.</summary>
    public required string Cluster { get; init; }

    /// <summary>How long the whole request may take. Unset: the cluster's policy decides.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Extra attempts. Unset: the cluster's policy decides.</summary>
    public int? Retries { get; init; }

    /// <summary>Largest request body. Unset: <see cref="GatewayOptions.RequestBodyBytesMax"/>.</summary>
    public long? RequestBodyBytesMax { get; init; }
}

/// <summary>Where routes lead.</summary>
/// <param name="Name">Name of the called service.</param>
/// <param name="Endpoints">Where it is.</param>
/// <param name="Policy">How calls are placed, bounded and repeated.</param>
public sealed record GatewayCluster(string Name, IReadOnlyList<Endpoint> Endpoints, CallPolicy Policy);
