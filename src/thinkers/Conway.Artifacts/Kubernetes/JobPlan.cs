using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>A job of the model in a cluster.</summary>
/// <param name="Label">Name of its objects and its pods.</param>
/// <param name="Service">The service whose image, variables and network it has.</param>
internal sealed partial record JobPlan(string Name, Job Job, string Label, ServicePlan Service)
{
    private const int Retries = 2;
    private const int LateSeconds = 300;
    private const int Kept = 3;
    private const int KeptSeconds = 3600;

    /// <summary>When it runs, in five words; null when it runs with each release.</summary>
    public string? Schedule => Job.Schedule is { } schedule ? Spaces().Replace(schedule.Trim(), " ") : null;

    /// <summary>What it runs, in a few characters.</summary>
    public string CommandHash => ObjectNames.Hash(string.Join('\n', CommandWords.Of(Job.Command!)));

    public string Path => $"jobs.{Name}";

    /// <summary>The jobs that can be deployed, by name; a finding for each of the others.</summary>
    public static IReadOnlyList<JobPlan> All(SystemPlan system, List<Finding> findings)
    {
        var jobs = new List<JobPlan>();
        foreach (var (name, job) in system.Model.Jobs.Where(job => system.Model.Services.ContainsKey(job.Value.Service)).OrderBy(job => job.Key, StringComparer.Ordinal))
        {
            var plan = new JobPlan(name, job, ObjectNames.Derived(name, "-job", taken => system.Services.Any(service => service.Label == taken), ServicePlan.LabelMax), system[job.Service]);
            var why = job.Command is null ? "it has no command, and what the service does at a time is not known to a cluster"
                : plan.Service.Files.Count > 0 ? $"'{job.Service}' keeps its data in a file, which another pod cannot open beside it" : null;
            if (why is null)
            {
                jobs.Add(plan);
            }
            else
            {
                findings.Add(new Finding { Rule = ArtifactFindings.NotCarriedOver, Message = $"The job '{name}' is not deployed: {why}.", Mend = job.Command is null ? "Write its 'command'." : "Give the store an engine that runs on a server, or let the service do the work itself.", ModelPath = $"jobs.{name}" });
            }
        }

        return jobs;
    }

    public YamlMap Write(SystemPlan system, KubeService service) => Schedule is null ? Once(system, service) : AtTimes(system, service);

    /// <summary>A Job cannot be changed and runs once, so another image, command or setting is another Job.</summary>
    private YamlMap Once(SystemPlan system, KubeService service)
    {
        var config = PodParts.ConfigOf(Service);
        var hash = ObjectNames.Hash($"{Service.Image}\n{CommandHash}\n{(config.Count > 0 ? PodParts.Checksum(config) : "")}");
        var isKept = system.Model.Deploy.Gitops.By is not null;
        var job = KubeMetadata.Object(system, Service, "batch/v1", "Job", $"{Label}-{hash}", Label, "job", ArtifactRules.ReleaseJob).Set("spec", new YamlMap { Origin = new Origin(Path, ArtifactRules.ReleaseJob) }
            .Set("backoffLimit", Retries)
            .SetIf(!isKept, "ttlSecondsAfterFinished", () => KeptSeconds)
            .Set("template", PodParts.Template(system, service, Label, "job", CommandWords.Of(Job.Command!), $"{Path}.command")));
        if (isKept)
        {
            KubeMetadata.Ignore(job, "job-ttl", "stays until the next release takes its place; what is taken away earlier would be made, and run, again", new Origin("deploy.gitops", ArtifactRules.GitOpsJob));
        }

        return job;
    }

    private YamlMap AtTimes(SystemPlan system, KubeService service)
    {
        var job = new YamlMap().Set("backoffLimit", Retries).Set("template", PodParts.Template(system, service, Label, "job", CommandWords.Of(Job.Command!), $"{Path}.command"));
        return KubeMetadata.Object(system, Service, "batch/v1", "CronJob", Label, Label, "job", ArtifactRules.Job).Set("spec", new YamlMap { Origin = new Origin(Path, ArtifactRules.Job) }
            .Set("schedule", Schedule!, ArtifactRules.Declared, $"{Path}.schedule")
            .Set("timeZone", Job.Zone, ArtifactRules.Declared, $"{Path}.zone")
            .Set("concurrencyPolicy", Job.Overlap.ToString(), ArtifactRules.Declared, $"{Path}.overlap")
            .Set("startingDeadlineSeconds", LateSeconds)
            .Set("successfulJobsHistoryLimit", Kept)
            .Set("failedJobsHistoryLimit", Kept)
            .Set("jobTemplate", new YamlMap().Set("spec", job)));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
