using Conway.Supervision;

namespace Conway.Cli;

/// <summary>What a run shows of a service, from the two places that know it: the node in this process, and the API of one in another.</summary>
internal static class RunServices
{
    public static RunService Of(Conway.Node.ServiceView service) => new()
    {
        Name = service.Name,
        State = Word(service.State),
        WantedReplicas = service.Wanted,
        HealthyReplicas = service.Replicas.Count(r => r.State == ReplicaState.Healthy),
        WaitingFor = service.WaitingFor,
        Reason = service.Build.State == Conway.Node.BuildState.Failed
            ? $"does not build: {service.Build.Lines.FirstOrDefault() ?? "see the build's log"}"
            : service.Replicas.Select(r => r.Reason).FirstOrDefault(r => r is not null),
        LastLog = service.Replicas.Select(r => r.LastLog).LastOrDefault(l => l is not null),
    };

    public static RunService Of(ServiceView service) => new()
    {
        Name = service.Name,
        State = service.State,
        WantedReplicas = service.Wanted,
        HealthyReplicas = service.Replicas.Count(r => r.State == "healthy"),
        WaitingFor = service.WaitingFor,
        Reason = service.Build is { State: "failed" } build
            ? $"does not build: {build.Lines.FirstOrDefault() ?? "see the build's log"}"
            : service.Replicas.Select(r => r.Reason).FirstOrDefault(r => r is not null),
        LastLog = service.Replicas.Select(r => r.LastLog).LastOrDefault(l => l is not null),
    };

    private static string Word(ReplicaState state) => state.ToString().ToLowerInvariant();
}
