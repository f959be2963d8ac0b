using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Kubernetes;

/// <summary>Objects of a cluster that belong together: what every rendering of the model is made of.</summary>
/// <param name="Name">Of the service or job; <see cref="Whole"/> or <see cref="Edge"/>.</param>
/// <param name="Path">The part of the model that they say.</param>
/// <param name="Service">The service that they belong to; null for none. For a job the one that it runs for.</param>
/// <param name="Job">The job that they belong to; null for none.</param>
/// <param name="Objects">Made for this call: whoever asks may change them.</param>
internal sealed record KubeGroup(string Name, string Path, KubeService? Service, JobPlan? Job, IReadOnlyList<YamlMap> Objects)
{
    /// <summary>What holds for the namespace. No service can be called so.</summary>
    public const string Whole = "Namespace";

    /// <summary>The way in. No service can be called so.</summary>
    public const string Edge = "Edge";

    /// <summary>All of them: the namespace, the edge when something leads in, services by name, jobs by name.</summary>
    public static IReadOnlyList<KubeGroup> All(SystemPlan system, List<Finding> findings)
    {
        KubernetesTarget.CheckNamespace(system, findings);
        EdgeObjects.Check(system, findings);
        var services = system.Services.Select(service => KubeService.Of(system, service, findings)).ToArray();
        var jobs = JobPlan.All(system, findings);
        var groups = new List<KubeGroup>();
        foreach (var service in services)
        {
            KubernetesTarget.CheckSecrets(service.Plan, findings);
            KubernetesTarget.CheckExposure(service.Plan, findings);
            if (service.IsScaled)
            {
                ScaleTrigger.Check(system, service.Plan, findings);
            }

            groups.Add(new KubeGroup(service.Name, service.Plan.Path, service, null,
                [.. ServiceObjects.Of(system, service), .. Workloads.Of(system, service), NetworkPolicies.OfService(system, service, jobs, findings), .. EdgeObjects.OfService(system, service)]));
        }

        foreach (var job in jobs)
        {
            var service = services.First(service => service.Plan.Name == job.Service.Name);
            groups.Add(new KubeGroup(job.Label, job.Path, service, job, [.. Mesh.Of(system).OfJob(system, job), job.Write(system, service), NetworkPolicies.OfJob(system, job, findings)]));
        }

        groups.Insert(0, new KubeGroup(Whole, "system", null, null, [.. NamespaceObjects.Of(system, services, jobs)]));
        if (EdgeObjects.Gateway(system).ToArray() is { Length: > 0 } edge)
        {
            groups.Insert(1, new KubeGroup(Edge, "gateway", null, null, edge));
        }

        return groups;
    }
}
