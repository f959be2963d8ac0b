using Conway.Findings;
using Conway.ManifestFacts;

namespace Conway.Checks.Rules;

/// <summary>CW6104: a deployment that will hurt on a bad day.</summary>
/// <remarks>Per workload of a service: no limit of memory, nothing that asks for its health, an image without a fixed version, one replica where the service is tagged <c>critical</c> or has an SLO
/// of 99.9 % and more. Compose files are taken for development: there only the image counts. For all of them together: no pipeline in the repository.</remarks>
public sealed class UnsafeDeployment : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW6104", Severity.Warning, "Deployment that is not safe",
        "What runs tomorrow is not what was tested, or one greedy or failing process takes others with it.");

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Manifests;

    public string? Limits => "checks.deployment";

    public string? Lacks(CheckSubject subject) => subject.Manifests!.Workloads.Length == 0 ? "No Compose file and no Kubernetes manifest was found." : null;

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        foreach (var workload in subject.Manifests!.Workloads)
        {
            if (subject.WorkloadService(workload.Name) is { } service && Wrong(subject, workload, service).ToArray() is { Length: > 0 } wrong)
            {
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = $"services.{service}",
                    Subject = $"{workload.Kind} {workload.Name}",
                    Place = workload.Place,
                    Message = $"{workload.Kind} '{workload.Name}': {string.Join("; ", wrong.Select(w => w.Says))}.",
                    Mend = $"{string.Join(" ", wrong.Select(w => w.Mend))}",
                    Measure = new Measure(wrong.Length, 0, "risks"),
                    Evidence = [.. wrong.Select(w => new Evidence(w.Says, workload.Place))],
                };
            }
        }

        if (ByHand(subject) is { } byHand)
        {
            yield return byHand;
        }
    }

    /// <summary>Workloads of the system, and no pipeline that could have put them there.</summary>
    private Finding? ByHand(CheckSubject subject)
    {
        var manifests = subject.Manifests!;
        var deployed = manifests.Workloads.Where(w => w.Kind != WorkloadKind.Compose && subject.WorkloadService(w.Name) is not null).ToArray();
        return !manifests.KnowsPipelines || manifests.Pipelines.Length > 0 || deployed.Length == 0 ? null : new Finding
        {
            Rule = Rule,
            ModelPath = "services",
            Subject = "pipeline",
            Place = deployed[0].Place,
            Message = $"{Spoken.Times(deployed.Length, "workload")} of the system {(deployed.Length == 1 ? "is" : "are")} described, and the repository has no pipeline that builds, tests and deploys {(deployed.Length == 1 ? "it" : "them")}.",
            Mend = "Let a pipeline build, test and deploy each commit, and nobody else: begin with one that runs the tests.",
            Measure = new Measure(0, 1, "pipelines"),
            Evidence = [.. deployed.Take(Finding.EvidenceMax).Select(w => new Evidence($"{w.Kind} {w.Name}", w.Place))],
        };
    }

    private static IEnumerable<(string Says, string Mend)> Wrong(CheckSubject subject, Workload workload, string service)
    {
        if (workload.Image.Length > 0 && !IsPinned(workload.Image))
        {
            yield return ($"the image {workload.Image} has no fixed version", "Name the version or the digest of the image.");
        }

        if (workload.Kind is WorkloadKind.Compose or WorkloadKind.Job or WorkloadKind.CronJob)
        {
            yield break;
        }

        if (!workload.HasMemoryLimit)
        {
            yield return ("no limit of memory", "Set resources.limits.memory.");
        }

        if (!workload.HasHealthCheck)
        {
            yield return ("nothing asks for its health", "Set a readinessProbe.");
        }

        var (described, limits) = (subject.Model.Services[service], subject.Limits.Deployment);
        var isTagged = described.Tags.Contains("critical");
        if ((isTagged || described.Slo?.Availability?.Percent >= limits.Critical.Percent) && workload.Kind != WorkloadKind.DaemonSet && !workload.IsScaled && (workload.Replicas ?? 1) is >= 1 and var replicas && replicas < limits.Replicas)
        {
            yield return (
                $"{(replicas == 1 ? "one replica" : Spoken.Times(replicas, "replica"))} of a service that {(isTagged ? "is critical" : $"promises {described.Slo!.Availability}")}",
                $"Run {(limits.Replicas == 2 ? "two" : Spoken.Count(limits.Replicas))} replicas at least.");
        }
    }

    // registry:5000/shop/orders:1.4.2, orders@sha256:…, orders:${TAG}, but not orders:${TAG:-latest}
    private static bool IsPinned(string image)
    {
        if (image.Contains("@sha256:", StringComparison.Ordinal))
        {
            return true;
        }

        var variable = image.LastIndexOf("${", StringComparison.Ordinal);
        if (variable >= 0 && image.EndsWith('}'))
        {
            var fallback = image.IndexOf('-', variable);
            if (fallback < 0 || image[..variable] is not [.., ':'])
            {
                return true;
            }

            image = $"{image[..variable]}{image[(fallback + 1)..^1]}";
        }

        var last = image[(image.LastIndexOf('/') + 1)..];
        var colon = last.IndexOf(':', StringComparison.Ordinal);
        return last.Contains("${", StringComparison.Ordinal) || (colon > 0 && last[(colon + 1)..] is not ("latest" or "main" or "master" or "dev" or "edge" or "nightly" or ""));
    }
}
