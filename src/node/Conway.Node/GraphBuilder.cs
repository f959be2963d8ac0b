using Conway.Lowering;
using Conway.Model;
using Conway.Observations;
using Conway.Supervision;

namespace Conway.Node;

/// <summary>Draws declared and observed edges on one picture. Pure.</summary>
internal static class GraphBuilder
{
    /// <param name="live">What the listeners saw in the window.</param>
    /// <param name="spans">What paired spans say; used for edges that no listener saw, such as direct dials of a service's own port.</param>
    public static GraphView Build(
        RunPlan plan, SystemModel model, IReadOnlyList<ServiceView> services, IReadOnlyList<LiveTraffic> live, IReadOnlyList<ObservedTraffic> spans, TimeSpan window)
    {
        var observed = live.ToDictionary(t => (t.Caller, t.Callee), t => new EdgeTraffic(t.Rate, t.ErrorRatio, t.Retries / t.Over.TotalSeconds, t.P50, t.P99));
        foreach (var group in spans.GroupBy(s => (s.Caller, s.Callee)).Where(g => !observed.ContainsKey(g.Key)))
        {
            observed[group.Key] = OfSpans([.. group]);
        }

        var edges = new List<GraphEdge>();
        foreach (var target in plan.Routes.Select(r => r.Route.To).Distinct())
        {
            edges.Add(new GraphEdge("gateway", target, true, false, "http", Taken("gateway", target)));
        }

        foreach (var listener in plan.Listeners)
        {
            edges.Add(new GraphEdge(listener.Caller, listener.Callee, true, listener.Required, listener.Protocol.ToString().ToLowerInvariant(), Taken(listener.Caller, listener.Callee)));
        }

        edges.AddRange(plan.Services.Values.SelectMany(s => s.Stores.Select(store => new GraphEdge(s.Name, store.Name, true, true, "sql", null))));
        edges.AddRange(observed.Where(o => plan.Services.ContainsKey(o.Key.Callee)).Select(o => new GraphEdge(o.Key.Caller, o.Key.Callee, false, false, "http", o.Value)));

        var nodes = new List<GraphNode>
        {
            // Nobody calls the gateway from inside: what it passed on is what came in.
            new("gateway", "gateway", null, null, null, 1, 1, Sum([.. edges.Where(e => e.From == "gateway" && e.Traffic is not null).Select(e => e.Traffic!)])),
        };
        nodes.AddRange(services.Select(s => new GraphNode(
            s.Name, "service", s.State, s.Context, s.Team, s.Replicas.Count, s.Replicas.Count(r => r.State == ReplicaState.Healthy),
            Sum([.. edges.Where(e => e.To == s.Name && e.Traffic is not null).Select(e => e.Traffic!)]))));
        nodes.AddRange(plan.Services.Values.SelectMany(s => s.Stores.Select(store => (s, store))).Select(owned => new GraphNode(
            owned.store.Name, "store", null, model.Services[owned.s.Name].Context, model.TeamOf(model.Services[owned.s.Name]), 1, 1, null)));
        nodes.AddRange(edges.Select(e => e.From).Distinct().Where(from => nodes.All(n => n.Id != from)).ToArray()
            .Select(from => new GraphNode(from, "unknown", null, null, null, 0, 0, null)));
        return new GraphView(window, nodes, edges);

        EdgeTraffic? Taken(string caller, string callee) => observed.Remove((caller, callee), out var traffic) ? traffic : null;
    }

    private static EdgeTraffic OfSpans(IReadOnlyList<ObservedTraffic> cells)
    {
        var count = cells.Sum(c => c.Count);
        var seconds = Math.Max(1, (cells.Max(c => c.Until) - cells.Min(c => c.From)).TotalSeconds);
        return new EdgeTraffic(
            count / seconds, count == 0 ? 0 : cells.Sum(c => c.Errors) / (double)count, cells.Sum(c => c.Retries) / seconds,
            cells.Max(c => c.Latency.P50), cells.Max(c => c.Latency.P99));
    }

    /// <summary>All edges into a service. Percentiles of different edges cannot be added; the worst is an upper bound and shown as such.</summary>
    private static EdgeTraffic? Sum(IReadOnlyList<EdgeTraffic> edges)
    {
        var rate = edges.Sum(e => e.RequestsPerSecond);
        return edges.Count == 0 ? null : new EdgeTraffic(
            rate, rate == 0 ? 0 : edges.Sum(e => e.ErrorRatio * e.RequestsPerSecond) / rate, edges.Sum(e => e.RetriesPerSecond), edges.Max(e => e.P50), edges.Max(e => e.P99));
    }
}
