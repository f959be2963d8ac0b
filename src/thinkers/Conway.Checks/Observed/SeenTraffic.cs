using Conway.Findings;

namespace Conway.Checks.Observed;

/// <summary>What checks of traffic have in common.</summary>
internal static class SeenTraffic
{
    /// <summary>A run in which nothing happened says nothing.</summary>
    public static string? Lack(CheckSubject subject) =>
        subject.Traffic.Requests == 0 && subject.Edges.Count == 0 ? $"Run {subject.Observed!.Run} saw no request." : null;

    /// <summary>Up to three calls of an edge, with their traces.</summary>
    public static IReadOnlyList<Evidence> Evidence(ObservedEdge edge) =>
        edge.Calls.Count == 0
            ? [new Evidence($"{edge.Caller} -> {edge.Callee}: {edge.Counted} counted by the listener")]
            : [.. edge.Calls.DistinctBy(c => c.Operation).Take(3).Select(c => new Evidence($"{edge.Caller} -> {edge.Callee} {c.Operation} in trace {c.Span.Trace}{(c.IsThroughGateway ? ", through the gateway" : "")}"))];
}
