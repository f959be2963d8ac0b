using Conway.Findings;
using Conway.ManifestFacts;

namespace Conway.Checks.Rules;

/// <summary>CW6104: a deployment that will hurt on a bad day.</summary>
/// <remarks>Per workload of a service: no limit of memory, nothing that asks for its health, an image without a fixed version, one replica where the service is tagged <c>critical</c> or has an SLO
/// of 99.9 % and more. Compose files are taken for development: there only the image counts.</remarks>
public sealed class UnsafeDeployment : ICheck
{
    private const double HighAvailability = 99.9;

    public FindingRule Rule { get; } = new(
        "CW6104", Severity.Warning, "Deployment that is not safe",
        "What runs tomorrow is not what was tested, or one greedy or failing process takes others with it.");

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Manifests;

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

        var described = subject.Model.Services[service];
        var isCritical = described.Tags.Contains("critical") || described.Slo?.Availability?.Percent >= HighAvailability;
        if (isCritical && workload.Kind != WorkloadKind.DaemonSet && !workload.IsScaled && workload.Replicas is null or 1)
        {
            yield return ($"one replica of a service that {(described.Tags.Contains("critical") ? "is critical" : $"promises {described.Slo!.Availability}")}", "Run two replicas at least.");
        }
    }

    // registry:5000/shop/orders:1.4.2, orders@sha256:…
    private static bool IsPinned(string image)
    {
        if (image.Contains("@sha256:", StringComparison.Ordinal) || image.Contains("${", StringComparison.Ordinal))
        {
            return true;
        }

        var last = image[(image.LastIndexOf('/') + 1)..];
        var colon = last.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && last[(colon + 1)..] is not ("latest" or "main" or "master" or "dev" or "edge" or "nightly" or "");
    }
}
