using Conway.Lowering;
using Conway.Model;
using Conway.Supervision;
using Conway.Traffic;

namespace Conway.Node;

/// <summary>Decides who can be called now. Pure.</summary>
internal static class Reachable
{
    /// <summary>A replica may be picked when it is healthy itself and its service has passed its gate.</summary>
    public static LiveEndpoints Of(IEnumerable<ServiceUnit> units) => new(new NameMap<ValueList<Endpoint>>(
        units.Select(u => KeyValuePair.Create(u.Plan.Name, new ValueList<Endpoint>(
            u.Supervisor.Replicas.Where(r => r.State != ReplicaState.Stopped).Select(r => new Endpoint(r.Name, EngineTables.Address(r.Port), HealthOf(u, r))))))));

    /// <summary>Which of the services it waits for have no healthy replica yet.</summary>
    public static IReadOnlyList<string> WaitingFor(ServiceUnit unit, IReadOnlyDictionary<string, ServiceUnit> all) =>
        unit.GateOpen ? [] : [.. unit.Plan.WaitsFor.Where(name =>
            all.TryGetValue(name, out var callee) && !(callee.GateOpen && callee.Supervisor.Replicas.Any(r => r.State == ReplicaState.Healthy)))];

    private static EndpointHealth HealthOf(ServiceUnit unit, ReplicaStatus replica) => replica.State switch
    {
        ReplicaState.Healthy when unit.GateOpen => EndpointHealth.Healthy,
        ReplicaState.Stopping => EndpointHealth.Draining,
        _ => EndpointHealth.Unhealthy,
    };
}
