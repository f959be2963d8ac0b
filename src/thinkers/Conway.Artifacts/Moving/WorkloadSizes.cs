using Conway.Artifacts.Kubernetes;

namespace Conway.Artifacts;

/// <summary>What services and jobs ask for.</summary>
internal static class WorkloadSizes
{
    /// <summary>Services by name, then jobs by name: a job runs one pod at a time, and none between.</summary>
    public static IReadOnlyList<WorkloadSize> Of(IReadOnlyList<KubeGroup> groups) =>
    [
        .. from one in groups
           where one.Job is null
           select one.Service into service
           where service is not null
           select new WorkloadSize(service.Plan.Name, service.Kind, service.Least, service.Most, service.Size.Cpu, service.Size.Memory, service.Plan.Path),
        .. from one in groups
           where one is { Service: not null, Job: not null }
           select (Job: one.Job!, one.Service!.Size) into job
           select new WorkloadSize(job.Job.Name, job.Job.Schedule is null ? "Job" : "CronJob", 0, 1, job.Size.Cpu, job.Size.Memory, job.Job.Path),
    ];
}
