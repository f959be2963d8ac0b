using Conway.Lowering;

namespace Conway.Supervision;

/// <summary>How the replicas of a service are started right now: the plan, and the program that came out of its build.</summary>
/// <param name="Program">The program and its arguments: <c>dotnet Orders.dll</c>, or the shell with the service's command.</param>
public sealed record Launch(RunPlan Run, ServicePlan Service, string Program, IReadOnlyList<string> Arguments)
{
    public HealthPlan Health => Service.Health;

    public TimeSpan Drain => Service.Drain;

    public bool Overlap => Service.Overlap;

    /// <summary>The start of one replica on one of its ports.</summary>
    public ProcessStart At(ReplicaPlan replica, int port) =>
        new(Program, Arguments, Service.Directory, ReplicaEnvironment.Of(Run, Service, replica, port));
}
