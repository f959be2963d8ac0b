using Conway.Node;

namespace Conway.Console.FromNode;

/// <summary>The node's graph in the words of the API. Pure.</summary>
internal static class ShownGraph
{
    public static Api.Graph Of(GraphView graph) => new(graph.Window.TotalMilliseconds, [.. graph.Nodes.Select(NodeOf)], [.. graph.Edges.Select(EdgeOf)]);

    private static Api.GraphNode NodeOf(GraphNode node)
    {
        var kind = node.Kind switch
        {
            "service" => Api.GraphNodeKind.Service,
            "gateway" => Api.GraphNodeKind.Gateway,
            "store" => Api.GraphNodeKind.Store,
            _ => Api.GraphNodeKind.Unknown,
        };

        // The gateway answers as long as the node does.
        var state = node.State is { } known ? ShownServices.StateOf(known) : kind == Api.GraphNodeKind.Gateway ? Api.ServiceState.Healthy : Api.ServiceState.Unknown;
        return new(
            node.Id, kind, state, node.Context, node.Team, node.Replicas, node.Healthy,
            node.Traffic?.RequestsPerSecond, node.Traffic?.ErrorRatio, node.Traffic?.P99.TotalMilliseconds);
    }

    private static Api.GraphEdge EdgeOf(GraphEdge edge) => new(
        edge.From, edge.To, edge.Declared, edge.Traffic is not null, edge.Required, edge.Protocol,
        edge.Traffic?.RequestsPerSecond, edge.Traffic?.ErrorRatio, edge.Traffic?.RetriesPerSecond, edge.Traffic?.P50.TotalMilliseconds, edge.Traffic?.P99.TotalMilliseconds);
}
