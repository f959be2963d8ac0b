using System.Text.Json.Serialization;

namespace Conway.Console.Api;

/// <summary>What stands in the graph.</summary>
[JsonConverter(typeof(Wording<GraphNodeKind>))]
public enum GraphNodeKind
{
    Service,
    Gateway,
    Store,

    /// <summary>A caller that is none of ours.</summary>
    Unknown,
}

/// <summary>A part of the picture. Figures are null when nothing was observed.</summary>
public sealed record GraphNode(
    string Id, GraphNodeKind Kind, ServiceState State, string? Context, string? Team, int Replicas, int Healthy,
    double? RequestsPerSecond, double? ErrorRatio, double? P99Ms);

/// <summary>A call: observed and not declared is drift, declared and not observed is unexercised.</summary>
public sealed record GraphEdge(
    string From, string To, bool Declared, bool Observed, bool Required, string Protocol,
    double? RequestsPerSecond, double? ErrorRatio, double? RetriesPerSecond, double? P50Ms, double? P99Ms);

/// <summary>What was declared and what was seen, on one picture.</summary>
public sealed record Graph(double WindowMs, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges);
