namespace Conway.Lowering;

/// <summary>The whole environment of one process.</summary>
public static class ReplicaEnvironment
{
    /// <summary>Every variable Conway sets for a replica that listens on this port, sorted by name.</summary>
    /// <param name="port">One of the replica's two ports.</param>
    public static IReadOnlyList<VariablePlan> Of(RunPlan plan, ServicePlan service, ReplicaPlan replica, int port) =>
        [.. service.Environment.Concat(ServiceEnvironment.OfReplica(plan, service, replica, port)).OrderBy(v => v.Name, StringComparer.Ordinal)];
}
