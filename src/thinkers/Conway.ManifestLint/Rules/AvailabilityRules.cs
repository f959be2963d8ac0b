using System.Globalization;
using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>That some pods are always there.</summary>
internal static class AvailabilityRules
{
    private const string Host = "kubernetes.io/hostname";

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Replicas("replicas", 2, "KL:minimum-three-replicas PO:deploymentMissingReplicas KS:deployment-replicas"),
        Replicas("three-replicas", 3, "KL:minimum-three-replicas") with { IsOptional = true, Severity = Severity.Info },
        Rule("replicas-beside-autoscaler", Severity.Warning, "Who is scaled by an autoscaler has no replicas of its own", "Each time it is applied the number jumps back, until the autoscaler mends it.",
            "Leave out 'replicas'.", "KS:deployment-targeted-by-hpa-does-not-have-replicas-configured",
            Objects(static (o, set) => o.Spec?["replicas"].Set() is { } at && set.ScalerOf(o) is { } scaler ? new Wrong($"has replicas, and {scaler.Title} scales it", at) : null, "Deployment", "StatefulSet", "Rollout")),
        Rule("autoscaler-range", Severity.Warning, "An autoscaler has room", "It cannot scale.",
            "Write a 'maxReplicas' that is larger than 'minReplicas'.", "PO:hpaMaxAvailability",
            Objects(static (o, _) => Least(o) is { } least && o.Spec?["maxReplicas"].Number() is { } most && most <= least
                ? new Wrong($"goes from {least} to {most} replicas, which is no room", o.Spec["maxReplicas"]) { Measure = new Measure(most, least, "replicas"), Weight = most < least ? Severity.Error : null } : null, "HorizontalPodAutoscaler")),
        Floor("autoscaler-replicas", 2, "two", "PO:hpaMinAvailability KS:horizontalpodautoscaler-replicas KL:hpa-minimum-three-replicas"),
        Floor("autoscaler-three-replicas", 3, "three", "KL:hpa-minimum-three-replicas") with { IsOptional = true, Severity = Severity.Info },
        Rule("autoscaler-requests", Severity.Error, "What is scaled by its use asks for what it is measured by", "The autoscaler never scales: a share of nothing cannot be told.",
            "Write 'resources: { requests: { cpu: 100m } }' in each container.", "", Unmeasured),
        Rule("disruption-budget", Severity.Warning, "A replicated workload has a disruption budget", "A drain of nodes may take all of its pods at once.",
            "Add a PodDisruptionBudget: 'spec: { maxUnavailable: 1, selector: { matchLabels: … } }'.", "PO:missingPodDisruptionBudget KS:deployment-has-poddisruptionbudget KS:statefulset-has-poddisruptionbudget",
            InPods(static (p, set) => !p.IsReplicated || p.Owner.Spec?["replicas"].Number() == 0 || Budgets(p, set).Any() ? [] : [new Wrong("is selected by no PodDisruptionBudget", p.Owner.Head)])),
        Rule("budget-blocks", Severity.Warning, "A disruption budget lets some pod go", "No node can be drained: upgrades of the cluster stand still.",
            "Write 'maxUnavailable: 1' instead of minAvailable.", "KL:pdb-max-unavailable KL:pdb-min-available PO:pdbDisruptionsIsZero",
            Objects(Blocks, "PodDisruptionBudget")),
        Rule("budget-policy", Severity.Error, "A disruption budget says how many, in one way", "It protects nothing, or the API refuses it.",
            "Write either 'maxUnavailable: 1' or 'minAvailable: 1'.", "KS:poddisruptionbudget-has-policy",
            Objects(static (o, _) => (o.Spec?["minAvailable"].Set(), o.Spec?["maxUnavailable"].Set()) switch
            {
                (null, null) => new Wrong("says neither minAvailable nor maxUnavailable", o.Spec),
                (not null, { } both) => new Wrong("says both minAvailable and maxUnavailable", both),
                _ => null,
            }, "PodDisruptionBudget")),
        Rule("budget-unhealthy", Severity.Info, "A disruption budget says whether pods that never got ready may be evicted", "One pod that cannot start stops the drain of its node for ever.",
            "Write 'unhealthyPodEvictionPolicy: AlwaysAllow'.", "KL:pdb-unhealthy-pod-eviction-policy",
            Objects(static (o, _) => o.Spec?["unhealthyPodEvictionPolicy"].Word() is not null ? null : new Wrong("has no unhealthyPodEvictionPolicy", o.Spec?["unhealthyPodEvictionPolicy"] ?? o.Spec), "PodDisruptionBudget")),
        Rule("spread-over-hosts", Severity.Info, "Replicas are kept on several nodes", "One node that fails takes all of them.",
            $"Write 'topologySpreadConstraints: [{{ maxSkew: 1, topologyKey: {Host}, whenUnsatisfiable: ScheduleAnyway, labelSelector: … }}]', or a podAntiAffinity by host.",
            "KL:no-anti-affinity KS:deployment-has-host-podantiaffinity KS:statefulset-has-host-podantiaffinity",
            Pods(static p => !p.IsReplicated || p.Owner.Spec?["replicas"].Number() is 0 or 1 || IsSpread(p, Host) ? null : new Wrong("is not spread over nodes", p.Spec["topologySpreadConstraints"] ?? p.Spec["affinity"]))),
        Rule("spread-constraints", Severity.Info, "Replicas are spread by topologySpreadConstraints", "One zone that fails takes all of them.",
            "Write 'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: … }]'.", "PO:topologySpreadConstraint KS:pod-topology-spread-constraints",
            Pods(static p => p.IsReplicated && p.Spec["topologySpreadConstraints"].List().Count == 0 ? new Wrong("has no topologySpreadConstraints") : null)) with { IsOptional = true },
        Rule("spread-selector", Severity.Warning, "What spreads or keeps apart takes the pods themselves", "It counts the pods of somebody else, or none, and spreads nothing.",
            "Give the labelSelector labels of this pod's template.", "",
            InPods(static (p, _) => p.Spec["topologySpreadConstraints"].List().Where(t => t["labelSelector"].Set() is { } s && !Selector.Takes(s, p.Labels))
                .Select(t => new Wrong($"spreads {Selector.Text(t["labelSelector"])}, which are not its own pods", t["labelSelector"], t["topologyKey"]?.Text ?? "")))),
        Rule("spread-valid", Severity.Error, "What spreads is such as the API takes", "The API refuses the pod.",
            "Write 'maxSkew: 1', a 'topologyKey', a 'labelSelector', and DoNotSchedule or ScheduleAnyway as 'whenUnsatisfiable'; 'minDomains' only with DoNotSchedule.", "KS:pod-topology-spread-constraints",
            InPods(static (p, _) => p.Spec["topologySpreadConstraints"].List().Select((t, i) => (At: t, Index: i, Says: Invalid(t))).Where(t => t.Says is not null).Select(t => new Wrong(t.Says!, t.At, $"{t.Index}")))),
        Rule("node-affinity", Severity.Info, "The pod says on which nodes it may run", "It may land on a node of another kind or architecture.",
            "Write 'affinity: { nodeAffinity: … }' or 'nodeSelector'.", "KL:no-node-affinity",
            Pods(static p => p.Spec["affinity", "nodeAffinity"].Set() is null && p.Spec["nodeSelector"].Set() is null ? new Wrong("has neither nodeAffinity nor nodeSelector", p.Spec["affinity"]) : null)) with { IsOptional = true },
    ];

    private static LintRule Replicas(string id, int least, string aliases) =>
        Rule(id, Severity.Warning, $"A Deployment has {(least == 2 ? "two" : "three")} replicas or more", "One pod that goes, even for a release of the node, is an outage.",
            $"Write 'replicas: {least}', or let an autoscaler do it.", aliases,
            Objects((o, set) => set.ScalerOf(o) is not null ? null : o.Spec?["replicas"].Set() is not { } at ? new Wrong("has no replicas, which means 1") { Measure = new Measure(1, least, "replicas") }
                : at.Number() is { } count && count < least && count != 0 ? new Wrong($"has {count} replica{(count == 1 ? "" : "s")}", at) { Measure = new Measure(count, least, "replicas") } : null, "Deployment", "Rollout"));

    private static IEnumerable<KubeObject> Budgets(Pod pod, ManifestSet set) => set.Of("PodDisruptionBudget").Where(b => b.Namespace == pod.Owner.Namespace && b.Spec?["selector"].Set() is { } selector && Selector.Takes(selector, pod.Labels));

    private static Wrong? Blocks(KubeObject budget, ManifestSet set)
    {
        if (budget.Spec?["maxUnavailable"].Set() is { } most)
        {
            if (most.Text is "0" or "0%")
            {
                return new Wrong($"has maxUnavailable {most.Text}", most);
            }
        }

        if (budget.Spec?["minAvailable"].Set() is not { } least)
        {
            return null;
        }

        if (Share(least) is { } share)
        {
            return share >= 100 ? new Wrong($"has minAvailable {least.Text}", least) : null;
        }

        if (least.Number() is not { } count || budget.Spec["selector"].Set() is not { } selector)
        {
            return null;
        }

        // All that it selects together: a budget may be over several workloads.
        var pods = set.PodsIn(budget.Namespace).Where(p => p.IsReplicated && Selector.Takes(selector, p.Labels)).ToArray();
        if (pods.Length == 0)
        {
            return null;
        }

        var there = pods.Sum(p => set.ScalerOf(p.Owner) is { } scaler ? scaler.Spec?["minReplicas"].Number() ?? scaler.Spec?["minReplicaCount"].Number() ?? 1 : p.Owner.Spec?["replicas"].Number() ?? 1);
        return there > 0 && count >= there
            ? new Wrong(string.Create(CultureInfo.InvariantCulture, $"has minAvailable {count}, and there are {there} replica{(there == 1 ? "" : "s")}"), least) { Measure = new Measure(count, there, "replicas") } : null;
    }

    private static string? Invalid(Part constraint) =>
        constraint["topologyKey"].Word() is null ? "has a topologySpreadConstraint without topologyKey"
        : constraint["maxSkew"].Number() is not > 0 ? $"has a topologySpreadConstraint with maxSkew {constraint["maxSkew"].Word() ?? "left out"}"
        : constraint["whenUnsatisfiable"].Word() is not ("DoNotSchedule" or "ScheduleAnyway") ? $"has a topologySpreadConstraint with whenUnsatisfiable {constraint["whenUnsatisfiable"].Word() ?? "left out"}"
        : constraint["minDomains"].Set() is { } domains && (domains.Number() is not > 0 || constraint["whenUnsatisfiable"]!.Text != "DoNotSchedule") ? $"has a topologySpreadConstraint with minDomains {domains.Text}"
        : constraint["labelSelector"].Set() is null ? "has a topologySpreadConstraint without labelSelector, which takes no pod" : null;

    private static double? Share(Part part) => part.Text is { } text && text.EndsWith('%') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : null;

    private static bool IsSpread(Pod pod, string topology) =>
        pod.Spec["topologySpreadConstraints"].List().Any(t => t["topologyKey"]?.Text == topology)
        || pod.Spec["affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution"].List()
            .Concat(pod.Spec["affinity", "podAntiAffinity", "preferredDuringSchedulingIgnoredDuringExecution"].List().Select(t => t["podAffinityTerm"]).OfType<Part>())
            .Any(t => t["topologyKey"]?.Text == topology && KeepsApart(pod, t));

    // Kept away from others, or from its own kind in another namespace, all replicas may still be on one node.
    private static bool KeepsApart(Pod pod, Part term) =>
        (term["labelSelector"].Set() is not { } selector || Selector.Takes(selector, pod.Labels))
        && (term["namespaces"].List() is { Count: 0 } || term["namespaceSelector"].Set() is not null || term["namespaces"].List().Any(n => n.Text == pod.Owner.Namespace));

    private static long? Least(KubeObject scaler) => scaler.Spec?["minReplicas"].Set() is { } min ? min.Number() : 1;

    private static LintRule Floor(string id, int least, string word, string aliases) =>
        Rule(id, Severity.Warning, $"An autoscaler keeps {word} replicas at least", "One pod that goes, even for a release of the node, is an outage.",
            $"Write 'minReplicas: {least}'.", aliases,
            Objects((o, _) => Least(o) is { } count && count < least ? new Wrong($"goes down to {count} replica{(count == 1 ? "" : "s")}", o.Spec?["minReplicas"].Set() ?? o.Spec) { Measure = new Measure(count, least, "replicas") } : null, "HorizontalPodAutoscaler"));

    private static IEnumerable<Hit> Unmeasured(ManifestSet set) =>
        from scaler in set.Of("HorizontalPodAutoscaler")
        let target = set.Find(scaler.Spec?["scaleTargetRef", "kind"].Word() ?? "Deployment", scaler.Namespace, scaler.Spec?["scaleTargetRef", "name"].Word() ?? "")
        where target is not null
        let pod = Pod.Of(target)
        where pod is not null
        from metric in scaler.Spec!["metrics"].List()
        where metric["type"]?.Text == "Resource" && metric["resource", "target", "type"]?.Text == "Utilization"
        let name = metric["resource", "name"].Word()
        where name is not null
        from container in pod.Containers
        where container.Stays && container.At["resources", "requests", name].Set() is null && container.At["resources", "limits", name].Set() is null
        select new Hit(scaler, metric, $"scales by the use of {name}, and {container.Title} of {target.Title} does not ask for any", $"{name} {container.Name}");
}
