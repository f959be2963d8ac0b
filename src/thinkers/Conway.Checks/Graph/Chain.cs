namespace Conway.Checks.Graph;

/// <summary>Calls one after another, from the first caller to the last callee.</summary>
internal sealed record Chain(IReadOnlyList<CallEdge> Calls)
{
    public IReadOnlyList<string> Names => [Calls[0].Caller, .. Calls.Select(c => c.Callee)];
}

/// <summary>The heaviest chain to each service, where the weights of its calls are combined along the way.</summary>
/// <remarks>One pass over the services, callers first; calls inside a cycle are left out, since a chain through them has no end.</remarks>
internal sealed class HeaviestChains
{
    private readonly Dictionary<string, (double Weight, CallEdge? Last)> _best = new(StringComparer.Ordinal);

    /// <param name="graph">The calls.</param>
    /// <param name="entry">Weight of a request that enters the system at a service.</param>
    /// <param name="extend">Weight behind a call, from the weight before it.</param>
    public HeaviestChains(CallGraph graph, Func<string, double> entry, Func<double, CallEdge, double> extend)
    {
        foreach (var service in graph.Components.All.SelectMany(c => c))
        {
            var best = (Weight: entry(service), Last: (CallEdge?)null);
            foreach (var edge in graph.To(service).Where(graph.IsForward))
            {
                var weight = extend(_best[edge.Caller].Weight, edge);
                if (weight > best.Weight)
                {
                    best = (weight, edge);
                }
            }

            _best[service] = best;
        }
    }

    public double WeightOf(string service) => _best[service].Weight;

    /// <summary>The chain that ends at a service; null when the heaviest way to it is to enter there.</summary>
    public Chain? To(string service)
    {
        var calls = new List<CallEdge>();
        for (var edge = _best[service].Last; edge is not null; edge = _best[edge.Caller].Last)
        {
            calls.Add(edge);
        }

        calls.Reverse();
        return calls.Count == 0 ? null : new Chain(calls);
    }
}
