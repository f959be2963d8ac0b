using Conway.Model;

namespace Conway.Checks.Graph;

/// <summary>The declared synchronous calls between services that exist.</summary>
/// <remarks>Immutable. Everything is in order of declaration, so that findings come in the order of the file.</remarks>
public sealed class CallGraph
{
    private static readonly IReadOnlyList<CallEdge> None = [];

    private readonly Dictionary<string, List<CallEdge>> _from = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CallEdge>> _to = new(StringComparer.Ordinal);

    private CallGraph(IReadOnlyList<string> services, IReadOnlyList<CallEdge> edges)
    {
        Services = services;
        Edges = edges;
        foreach (var edge in edges)
        {
            Add(_from, edge.Caller, edge);
            Add(_to, edge.Callee, edge);
        }

        Components = StrongComponents.Of(services, name => From(name).Select(e => e.Callee));
    }

    public IReadOnlyList<string> Services { get; }

    public IReadOnlyList<CallEdge> Edges { get; }

    /// <summary>Groups of services that reach each other by calls, callers before callees. A service outside every cycle is a group of its own.</summary>
    public StrongComponents Components { get; }

    public static CallGraph Of(SystemModel model) =>
        new([.. model.Services.Keys],
            [.. from service in model.Services
                from call in service.Value.Calls
                where model.Services.ContainsKey(call.Key)
                select new CallEdge(service.Key, call.Key, call.Value)]);

    public IReadOnlyList<CallEdge> From(string service) => _from.TryGetValue(service, out var edges) ? edges : None;

    public IReadOnlyList<CallEdge> To(string service) => _to.TryGetValue(service, out var edges) ? edges : None;

    /// <summary>True when the call is not part of a cycle, so that chains through it end.</summary>
    public bool IsForward(CallEdge edge) => Components.IndexOf(edge.Caller) != Components.IndexOf(edge.Callee);

    private static void Add(Dictionary<string, List<CallEdge>> map, string key, CallEdge edge)
    {
        if (!map.TryGetValue(key, out var list))
        {
            map[key] = list = [];
        }

        list.Add(edge);
    }
}
