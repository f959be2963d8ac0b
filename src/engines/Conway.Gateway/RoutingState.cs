using Conway.Observations;
using Conway.Traffic;

namespace Conway.Gateway;

/// <summary>A table at work: what requests read, replaced whole.</summary>
internal sealed record RoutingState(RouteMatcher Matcher, IReadOnlyDictionary<string, Upstream> Upstreams)
{
    internal static RoutingState Empty { get; } = new(new RouteMatcher([]), new Dictionary<string, Upstream>());
}

/// <summary>A cluster at work.</summary>
internal sealed record Upstream(string Name, EndpointPool Pool, TrafficEdge Edge);
