using Conway.Model;

namespace Conway.Cli;

/// <summary>The declared system as nodes and edges, ready to be drawn in any form. Pure; in order of declaration.</summary>
public sealed record SystemGraph(string System, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    public const string Gateway = "gateway";

    public static SystemGraph Of(SystemModel model)
    {
        var nodes = new List<GraphNode>();
        var edges = new List<GraphEdge>();
        var routed = model.Gateway.Routes.Where(r => model.Services.ContainsKey(r.To)).ToArray();
        if (routed.Length > 0)
        {
            nodes.Add(new GraphNode(Gateway, GraphNodeKind.Gateway, Gateway, null, null));
            edges.AddRange(routed.GroupBy(r => r.To, StringComparer.Ordinal)
                .Select(g => new GraphEdge(Gateway, g.Key, GraphEdgeKind.Route, string.Join("  ", g.Select(Label).Distinct()), Required: false)));
        }

        foreach (var (name, service) in model.Services)
        {
            nodes.Add(new GraphNode(name, GraphNodeKind.Service, name, service.Context, service.Team));
            edges.AddRange(service.Calls.Where(c => model.Services.ContainsKey(c.Key))
                .Select(c => new GraphEdge(name, c.Key, GraphEdgeKind.Call, Label(c.Value), c.Value.Required)));
            foreach (var store in service.Owns.Keys)
            {
                // A store belongs to its service, so its id cannot meet that of another service or store.
                nodes.Add(new GraphNode($"{name}.{store}", GraphNodeKind.Store, store, service.Context, service.Team));
                edges.Add(new GraphEdge(name, $"{name}.{store}", GraphEdgeKind.Owns, "", Required: true));
            }
        }

        nodes = [.. nodes.OrderBy(n => n.Kind)];
        return new SystemGraph(model.System, nodes, [.. edges.OrderBy(e => e.Kind)]);
    }

    private static string Label(Route route) =>
        (route.Methods.Count > 0 ? string.Join(',', route.Methods) + " " : "") + route.Host + route.Path;

    private static string Label(Call call) =>
        ((call.Timeout ?? call.Budget) is { } wait ? UnitText.Format(wait) : "")
        + (call.Retries > 0 ? $" x{call.Retries + 1}" : "");
}

/// <param name="Id">Unique in the graph.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">As in the model.</param>
/// <param name="Context">Its bounded context.</param>
/// <param name="Team">Its own team.</param>
public sealed record GraphNode(string Id, GraphNodeKind Kind, string Name, string? Context, string? Team);

/// <summary>What a node is.</summary>
public enum GraphNodeKind
{
    /// <summary>The way in.</summary>
    Gateway,

    /// <summary>A service.</summary>
    Service,

    /// <summary>A store of a service.</summary>
    Store,
}

/// <param name="From">Id.</param>
/// <param name="To">Id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Label">Paths of a route; timeout and attempts of a call.</param>
/// <param name="Required">Whether the one cannot work without the other.</param>
public sealed record GraphEdge(string From, string To, GraphEdgeKind Kind, string Label, bool Required);

/// <summary>What an edge is.</summary>
public enum GraphEdgeKind
{
    /// <summary>From the gateway to a service.</summary>
    Route,

    /// <summary>From a service to one it waits for.</summary>
    Call,

    /// <summary>From a service to its store.</summary>
    Owns,
}
