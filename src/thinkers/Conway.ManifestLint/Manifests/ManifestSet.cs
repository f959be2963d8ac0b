
namespace Conway.ManifestLint.Manifests;

/// <summary>All objects that were given, and what refers to what among them. Immutable.</summary>
internal sealed class ManifestSet
{
    // Others have a Service, an Ingress or a NetworkPolicy too, of which these rules know nothing.
    private static readonly Dictionary<string, string[]> Groups = new(StringComparer.Ordinal)
    {
        ["Service"] = [""],
        ["ConfigMap"] = [""],
        ["Secret"] = [""],
        ["ServiceAccount"] = [""],
        ["PersistentVolumeClaim"] = [""],
        ["ResourceQuota"] = [""],
        ["Namespace"] = [""],
        ["Ingress"] = ["networking.k8s.io", "extensions"],
        ["IngressClass"] = ["networking.k8s.io"],
        ["NetworkPolicy"] = ["networking.k8s.io", "extensions"],
        ["PodDisruptionBudget"] = ["policy"],
        ["HorizontalPodAutoscaler"] = ["autoscaling"],
        ["PriorityClass"] = ["scheduling.k8s.io"],
        ["Role"] = ["rbac.authorization.k8s.io"],
        ["ClusterRole"] = ["rbac.authorization.k8s.io"],
        ["RoleBinding"] = ["rbac.authorization.k8s.io"],
        ["ClusterRoleBinding"] = ["rbac.authorization.k8s.io"],
        ["Deployment"] = ["apps", "extensions"],
        ["StatefulSet"] = ["apps"],
        ["DaemonSet"] = ["apps", "extensions"],
        ["ReplicaSet"] = ["apps", "extensions"],
        ["Rollout"] = ["argoproj.io"],
        ["Job"] = ["batch"],
        ["CronJob"] = ["batch"],
        ["Pod"] = [""],
        ["HTTPRoute"] = ["gateway.networking.k8s.io"],
        ["GRPCRoute"] = ["gateway.networking.k8s.io"],
    };

    private readonly Dictionary<(string Kind, string Namespace, string Name), KubeObject> _byName = [];
    private readonly Dictionary<string, KubeObject[]> _byKind;
    private readonly Dictionary<string, Pod[]> _pods;

    public ManifestSet(IReadOnlyList<KubeObject> objects, LintOptions options, CancellationToken cancellationToken)
    {
        (Objects, Options, Cancellation) = (objects, options, cancellationToken);
        var known = objects.Where(o => !Groups.TryGetValue(o.Kind, out var groups) || groups.Contains(o.Group)).ToArray();
        foreach (var one in known)
        {
            _byName.TryAdd((one.Kind, one.Namespace, one.Name), one);
        }

        _byKind = known.GroupBy(o => o.Kind, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        var selectable = objects.Select(Pod.Selectable).OfType<Pod>().ToArray();
        Pods = [.. selectable.Where(p => p.Spec.Entries.Count > 0)];
        Containers = [.. Pods.SelectMany(p => p.Containers)];
        _pods = selectable.GroupBy(p => p.Owner.Namespace, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    public LintOptions Options { get; }

    public CancellationToken Cancellation { get; }

    public IReadOnlyList<KubeObject> Objects { get; }

    public IReadOnlyList<Pod> Pods { get; }

    public IReadOnlyList<Container> Containers { get; }

    public IReadOnlyList<KubeObject> Of(params ReadOnlySpan<string> kinds)
    {
        Cancellation.ThrowIfCancellationRequested();
        var found = new List<KubeObject>();
        foreach (var kind in kinds)
        {
            found.AddRange(_byKind.GetValueOrDefault(kind) ?? []);
        }

        return found;
    }

    public KubeObject? Find(string kind, string ns, string name) => _byName.GetValueOrDefault((kind, ns, name));

    /// <summary>Policies of Cilium, Calico and the cluster's administrators, of which these rules know nothing but whom those of Cilium take.</summary>
    public IReadOnlyList<KubeObject> OtherPolicies => field ??= [.. Objects
        .Where(o => o.Kind is "CiliumNetworkPolicy" or "CiliumClusterwideNetworkPolicy" or "GlobalNetworkPolicy" or "ClusterNetworkPolicy" or "AdminNetworkPolicy" || (o.Kind == "NetworkPolicy" && !Groups[o.Kind].Contains(o.Group)))];

    /// <summary>Whether a policy of others may hold for a pod.</summary>
    public bool IsUnderOtherPolicies(Pod pod) => OtherPolicies.Any(o =>
        (o.Kind is not ("CiliumNetworkPolicy" or "NetworkPolicy") || o.Namespace == pod.Owner.Namespace)
        && (!o.Kind.StartsWith("Cilium", StringComparison.Ordinal)
            || (o.Root["specs"] is { } specs ? specs.Items : o.Spec is { } spec ? [spec] : []) is var parts && (parts.Any(p => p["endpointSelector"].Set() is not { } selector || Selector.Takes(selector, pod.Labels)) || o.Root["specs"] is null && o.Spec is null)));

    /// <summary>Pods of a namespace, those of which only the labels are written included.</summary>
    public IReadOnlyList<Pod> PodsIn(string ns) => _pods.GetValueOrDefault(ns) ?? [];

    /// <summary>What a HorizontalPodAutoscaler or ScaledObject scales, by namespace, kind and name.</summary>
    public IReadOnlyDictionary<(string, string, string), KubeObject> Scalers => field ??= Of("HorizontalPodAutoscaler", "ScaledObject")
        .Select(h => (h, Target: h.Spec?["scaleTargetRef"]))
        .Where(h => h.Target?["name"].Word() is not null)
        .GroupBy(h => (h.h.Namespace, h.Target!["kind"].Word() ?? "Deployment", h.Target["name"].Word()!))
        .ToDictionary(g => g.Key, g => g.First().h);

    public KubeObject? ScalerOf(KubeObject workload) => Scalers.GetValueOrDefault((workload.Namespace, workload.Kind, workload.Name));
}
