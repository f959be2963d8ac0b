using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What the objects of one service in a cluster have in common.</summary>
/// <param name="Plan">The service.</param>
/// <param name="Least">Replicas that always run; one for each node where it runs on each.</param>
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

    /// <summary>Whether one runs on each node.</summary>
    public bool IsEverywhere => Plan.Service.Placement == Placement.EachNode && !IsStateful;

    /// <summary>Whether the number of its replicas follows the load.</summary>
    public bool IsScaled => Most > Least;

    /// <summary>The kind of its workload.</summary>
    public string Kind => IsStateful ? "StatefulSet" : IsEverywhere ? "DaemonSet" : "Deployment";

    public static KubeService Of(SystemPlan system, ServicePlan plan, List<Finding> findings)
    {
        var service = plan.Service;
        var (least, most) = (service.Replicas, service.Replicas);
        if (plan.Files.Count > 0)
        {
            TellStateful(plan, findings);
            (least, most) = (Math.Min(1, service.Replicas), Math.Min(1, service.Replicas));
        }
        else if (service.Placement == Placement.EachNode)
        {
            if (system.Model.Deploy.Nodes is null && findings.All(finding => finding.ModelPath != "deploy.nodes"))
            {
                findings.Add(ArtifactFindings.Needed("deploy.nodes", $"'{plan.Name}' runs on each node, and nothing says how many there are, so there is no quota to give.", "Write 'deploy: { nodes: 12 }' with the most that the cluster may have, in the settings of the environment."));
            }

            (least, most) = (system.Model.Deploy.Nodes ?? 1, system.Model.Deploy.Nodes ?? 1);
        }
        else if (service.Replicas > 0)
        {
            least = Math.Max(LeastScaled, service.Replicas);
            most = service.Scale?.By == ScaleBy.None ? least : service.Scale?.Most ?? least * MostTimes;
            if (most < least)
            {
                findings.Add(ArtifactFindings.Needed($"{plan.Path}.scale.most", $"'{plan.Name}' may have {Text(most)} replicas at the most, and at least {Text(least)} run.", $"Write {Text(least)} or more; or 'scale: none' for a number that stays."));
            }
        }

        if (service.Scale is not null && (plan.Files.Count > 0 || service.Placement == Placement.EachNode))
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.NotCarriedOver,
                Message = $"'{plan.Name}' is not scaled: {(plan.Files.Count > 0 ? "it keeps its data in a file" : "one runs on each node")}.",
                Mend = plan.Files.Count > 0 ? "Give the store an engine that runs on a server, such as postgresql; or take 'scale' out." : "Take 'scale' out, or 'placement'.",
                ModelPath = $"{plan.Path}.scale",
            });
        }

        return new KubeService(plan, least, most, PodSize.Of(plan, Math.Max(1, least)), IsCriticalIn(system, plan));
    }

    /// <summary>Whether others make room for a service.</summary>
    public static bool IsCriticalIn(SystemPlan system, ServicePlan plan) =>
        plan.Service.Tags.Contains("critical") || (plan.Service.Slo?.Availability is { } promised && promised >= system.Model.Checks.Deployment.Critical);

    private static void TellStateful(ServicePlan plan, List<Finding> findings)
    {
        var service = plan.Service;
        if (service.Replicas <= 1 && service.Placement != Placement.EachNode)
        {
            return;
        }

        var (many, part, instead) = service.Placement == Placement.EachNode ? ("runs on each node", "placement", "take 'placement' out") : ($"has {Text(service.Replicas)} replicas", "replicas", "write 'replicas: 1'");
        findings.Add(new Finding
        {
            Rule = ArtifactFindings.StateAndReplicas,
            Message = $"'{plan.Name}' {many} and keeps '{plan.Files[0]}' in a file, so only one replica is deployed.",
            Mend = $"Give the store an engine that runs on a server, such as postgresql; or {instead}.",
            ModelPath = $"{plan.Path}.{part}",
        });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
