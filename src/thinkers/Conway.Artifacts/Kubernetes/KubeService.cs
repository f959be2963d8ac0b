using Conway.Artifacts.Plans;
using Conway.Findings;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What the objects of one service in a cluster have in common.</summary>
/// <param name="Plan">The service.</param>
/// <param name="Least">Replicas that always run.</param>
/// <param name="Most">Replicas that may run; the same as <paramref name="Least"/> where nothing scales.</param>
/// <param name="Size">What one replica may use.</param>
/// <param name="IsCritical">Whether others make room for it.</param>
internal sealed record KubeService(ServicePlan Plan, int Least, int Most, PodSize Size, bool IsCritical)
{
    private const int LeastScaled = 2;
    private const int MostTimes = 3;

    public string Name => Plan.Label;

    /// <summary>Whether it keeps its data in files of its own.</summary>
    public bool IsStateful => Plan.Files.Count > 0;

    /// <summary>Whether the number of its replicas follows the load.</summary>
    public bool IsScaled => Most > Least;

    public static KubeService Of(SystemPlan system, ServicePlan plan, List<Finding> findings)
    {
        var service = plan.Service;
        var (least, most) = (service.Replicas, service.Replicas);
        if (plan.Files.Count > 0)
        {
            if (service.Replicas > 1)
            {
                findings.Add(new Finding
                {
                    Rule = ArtifactFindings.StateAndReplicas,
                    Message = $"'{plan.Name}' has {service.Replicas} replicas and keeps '{plan.Files[0]}' in a file, so only one replica is deployed.",
                    Mend = "Give the store an engine that runs on a server, such as postgresql; or write 'replicas: 1'.",
                    ModelPath = $"{plan.Path}.replicas",
                });
            }

            (least, most) = (Math.Min(1, service.Replicas), Math.Min(1, service.Replicas));
        }
        else if (service.Replicas > 0)
        {
            least = Math.Max(LeastScaled, service.Replicas);
            most = least * MostTimes;
        }

        return new KubeService(plan, least, most, PodSize.Of(plan, Math.Max(1, least)), IsCriticalIn(system, plan));
    }

    /// <summary>Whether others make room for a service.</summary>
    public static bool IsCriticalIn(SystemPlan system, ServicePlan plan) =>
        plan.Service.Tags.Contains("critical") || (plan.Service.Slo?.Availability is { } promised && promised >= system.Model.Checks.Deployment.Critical);
}
