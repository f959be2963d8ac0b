using Conway.Console.Api;

namespace Conway.Console.Tests.Played;

/// <summary>The picture of a played system: one call in it was never declared, some were never made.</summary>
internal static class PlayedGraph
{
    public static Graph Of(PlayedService[] services, IReadOnlyList<ServiceInfo> now, TimeSpan window, bool trouble, bool quiet)
    {
        List<GraphNode> nodes = [new("gateway", GraphNodeKind.Gateway, ServiceState.Healthy, null, null, 1, 1, quiet ? null : 18.2, quiet ? null : 0, quiet ? null : 48.1)];
        List<GraphEdge> edges = [];
        nodes.AddRange(now.Select(one => new GraphNode(
            one.Name, GraphNodeKind.Service, one.State, one.Context, one.Team, one.Replicas.Count, one.Replicas.Count(replica => replica.State == ServiceState.Healthy),
            one.Rate?.RequestsPerSecond, one.Rate?.ErrorRatio, one.Rate?.P99Ms)));
        foreach (var service in services)
        {
            edges.AddRange(service.Calls.Select((callee, index) => quiet || service.Name == "inventory" || (services.Length > 20 && index == 1)
                ? new GraphEdge(service.Name, callee, true, false, index == 0, "http", null, null, null, null, null)
                : new GraphEdge(service.Name, callee, true, true, index == 0, "http", 3 + index, trouble && callee == "shipping" ? 0.12 : 0, trouble && callee == "payments" ? 0.8 : 0, 3.1, 14)));
            if (service.Name is "catalog" or "orders")
            {
                nodes.Add(new($"{service.Name}-db", GraphNodeKind.Store, ServiceState.Healthy, service.Context, service.Team, 1, 1, null, null, null));
                edges.Add(new(service.Name, $"{service.Name}-db", true, false, true, "sql", null, null, null, null, null));
            }
        }

        edges.AddRange(services.Take(4).Select(entry => new GraphEdge("gateway", entry.Name, true, !quiet, false, "http", quiet ? null : 4.2, quiet ? null : 0, quiet ? null : 0, quiet ? null : 4.4, quiet ? null : 31)));
        if (!quiet)
        {
            edges.Add(new(services[0].Name, services[Math.Min(5, services.Length - 1)].Name, false, true, false, "http", 0.4, 0, 0, 2, 9));
        }

        return new(window.TotalMilliseconds, nodes, edges);
    }
}
