using System.Globalization;
using Conway.Findings;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>That what is named exists.</summary>
/// <remarks>Secrets, accounts, volumes and classes are often made elsewhere. Only <see cref="LintOptions.IsComplete"/> makes their absence a finding; without it they are undecided.
/// A key that a given ConfigMap or Secret does not have is a finding in any case.</remarks>
internal static class ReferenceRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Missing("config-map-exists", Severity.Error, "ConfigMap", "The ConfigMap that a pod names exists", "The pod does not start.", "KL:env-value-from"),
        Missing("secret-exists", Severity.Error, "Secret", "The Secret that a pod names exists", "The pod does not start.", "KL:env-value-from"),
        Rule("key-exists", Severity.Error, "The key that a pod names is in the ConfigMap or Secret", "The pod does not start.", "Name a key that is there, or write 'optional: true'.", "KL:env-value-from", set =>
            References.All(set).Where(r => r.Key is not null && References.Keys(set, r) is { } keys && !keys.Contains(r.Key))
                .Select(r => new Hit(r.By, r.At, $"names the key '{r.Key}' of the {r.Kind} '{r.Name}', which does not have it", $"{r.Kind} {r.Name} {r.Key}") { Pod = r.Pod })),
        Missing("account-exists", Severity.Warning, "ServiceAccount", "The service account of a pod exists", "No pod is made.", "KL:non-existent-service-account C-0307"),
        Missing("claim-exists", Severity.Warning, "PersistentVolumeClaim", "The claim that a pod mounts exists", "The pod waits for ever.", ""),
        Missing("priority-exists", Severity.Warning, "PriorityClass", "The priority class of a pod exists", "No pod is made.", ""),
        Missing("ingress-class-exists", Severity.Warning, "IngressClass", "The class of an Ingress exists", "Nobody serves it.", ""),
        Rule("volume-exists", Severity.Error, "What a container mounts is a volume of its pod", "The API refuses the pod.", "Add the volume, or leave out the mount.", "", InContainers(static c =>
            c.At["volumeMounts"].List().Where(m => m["name"].Word() is { } name && c.Pod.Volumes.All(v => v["name"]?.Text != name) && (c.Pod.Owner.Spec?["volumeClaimTemplates"]).List().All(t => t["metadata", "name"]?.Text != name))
                .Select(m => new Wrong($"mounts '{m["name"]!.Text}', which is no volume of its pod", m["name"], m["name"]!.Text!)))),
        Rule("role-exists", Severity.Warning, "The role that is bound exists", "The account has no rights, and finds that out at work.", "Name a role of the same namespace, or a ClusterRole.", "",
            Objects(static (o, set) => o.Root["roleRef", "kind"]?.Text == "Role" && o.Root["roleRef", "name"].Word() is { } name && set.Find("Role", o.Namespace, name) is null && (set.Options.IsComplete || set.Of("Role").Any(r => r.Namespace == o.Namespace))
                ? new Wrong($"binds to the Role '{name}', which is not there", o.Root["roleRef", "name"]) : null, "RoleBinding")),
        Rule("quota-fits", Severity.Error, "The quota of a namespace holds what is asked for in it", "Some pods are never made.", "Raise the quota, or ask for less.", "", Quotas),
    ];

    private static LintRule Missing(string id, Severity severity, string kind, string requirement, string why, string aliases) =>
        Rule(id, severity, requirement, why, $"Add the {kind}, or name one that is there.", aliases, set => !set.Options.IsComplete ? [] :
            References.Absent(kind, set).Select(r => new Hit(r.By, r.At, $"names the {kind} '{r.Name}', which is not there", $"{kind} {r.Name}") { Pod = r.Pod }));

    /// <summary>Of what a rule's references lead to.</summary>
    internal static string? KindOf(string id) => id switch
    {
        "K8S-config-map-exists" => "ConfigMap",
        "K8S-secret-exists" => "Secret",
        "K8S-account-exists" => "ServiceAccount",
        "K8S-claim-exists" => "PersistentVolumeClaim",
        "K8S-priority-exists" => "PriorityClass",
        "K8S-ingress-class-exists" => "IngressClass",
        _ => null,
    };

    private static IEnumerable<Hit> Quotas(ManifestSet set)
    {
        foreach (var quota in set.Of("ResourceQuota").Where(q => q.Spec?["scopes"].Set() is null && q.Spec?["scopeSelector"].Set() is null))
        {
            foreach (var (key, amount) in quota.Spec?["hard"]?.Entries ?? [])
            {
                if (Values.Quantity(amount.Text) is { } hard && Asked(key, set, quota.Namespace) is { } asked && asked > hard * (1 + 1e-9))
                {
                    yield return new Hit(quota, amount, $"allows {amount.Text} of {key}, and its workloads ask for {Shown(asked, key)}", key) { Measure = new Measure(asked, hard, key.EndsWith("cpu", StringComparison.Ordinal) ? "cores" : key == "pods" ? "pods" : "bytes") };
                }
            }
        }
    }

    /// <summary>What the workloads ask for at their least number of replicas; null for what is not counted here.</summary>
    private static double? Asked(string key, ManifestSet set, string ns)
    {
        var (list, resource) = key switch
        {
            "pods" or "count/pods" => ("", "pods"),
            "cpu" or "requests.cpu" => ("requests", "cpu"),
            "memory" or "requests.memory" => ("requests", "memory"),
            "requests.ephemeral-storage" => ("requests", "ephemeral-storage"),
            "limits.cpu" => ("limits", "cpu"),
            "limits.memory" => ("limits", "memory"),
            _ => ("", ""),
        };
        if (resource.Length == 0)
        {
            return null;
        }

        double sum = 0;
        foreach (var pod in set.PodsIn(ns).Where(p => p.Owner.Kind is "Deployment" or "StatefulSet" or "Rollout" or "ReplicaSet" or "Pod"))
        {
            var count = pod.Owner.Is("Pod") ? 1 : set.ScalerOf(pod.Owner) is { } scaler ? scaler.Spec?["minReplicas"].Number() ?? scaler.Spec?["minReplicaCount"].Number() ?? 1 : pod.Owner.Spec?["replicas"].Set() is { } replicas ? replicas.Number() ?? 0 : 1;
            sum += count * (resource == "pods" ? 1 : pod.Containers.Where(c => c.Stays).Sum(c => Values.Quantity((c.At["resources", list, resource].Set() ?? (list == "requests" ? c.At["resources", "limits", resource].Set() : null)).Word()) ?? 0));
        }

        return sum;
    }

    private static string Shown(double amount, string key) => key.EndsWith("memory", StringComparison.Ordinal) || key.EndsWith("storage", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"{amount / (1 << 20):0.#}Mi")
        : string.Create(CultureInfo.InvariantCulture, $"{amount:0.###}");
}
