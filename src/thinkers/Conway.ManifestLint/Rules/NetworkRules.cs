using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>Who reaches whom inside of the cluster.</summary>
/// <remarks>Pods may be made by others than the manifests say, by an operator or another team. So a selector that takes none is told only where some workload stands in the same namespace.</remarks>
internal static partial class NetworkRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("service-selects", Severity.Warning, "A Service selects pods", "Nothing answers behind it.",
            "Give the selector labels of the pods' template.", "KL:dangling-service KS:service-targets-pod C-0293",
            Objects(static (o, set) => o.Spec?["selector"] is { Entries.Count: > 0 } selector && o.Spec["type"]?.Text != "ExternalName" && IsNobody(set, o.Namespace, p => Selector.TakesAll(selector, p.Labels))
                ? new Wrong($"selects {Selector.Text(selector)}, and no pod has that", selector) : null, "Service")),
        Rule("service-port", Severity.Error, "A Service leads to a port that its pods have", "Every connection is refused.",
            "Name one of the container's ports in targetPort.", "KL:invalid-target-ports", InObjects(Ports, "Service")),
        Rule("service-type", Severity.Warning, "A Service is not open to the outside by itself", "It stands beside the gateway with its rules, its limits and its certificates.",
            "Write 'type: ClusterIP', and lead to it by an Ingress or HTTPRoute.", "KL:exposed-services KS:service-type",
            Objects(static (o, _) => o.Spec?["type"].Word() is "NodePort" or "LoadBalancer" ? new Wrong($"is of type {o.Spec["type"]!.Text}", o.Spec["type"]) : null, "Service")),
        Rule("stateful-service", Severity.Error, "A StatefulSet has its headless Service", "Its pods have no names of their own in the network.",
            "Add a Service with 'clusterIP: None' and name it in serviceName.", "KS:statefulset-has-servicename",
            Objects(static (o, set) => o.Spec?["serviceName"].Word() is not { } name ? new Wrong("has no serviceName", o.Spec) { Weight = Severity.Warning }
                : set.Find("Service", o.Namespace, name) is { } service
                    ? service.Spec?["clusterIP"]?.Text != "None" ? new Wrong($"names the Service '{name}', which is not headless", o.Spec["serviceName"])
                        : Pod.Of(o) is { } pod && service.Spec["selector"] is { Entries.Count: > 0 } selector && !Selector.TakesAll(selector, pod.Labels) ? new Wrong($"names the Service '{name}', which selects other pods", o.Spec["serviceName"]) : null
                : set.Options.IsComplete || set.Of("Service").Any(s => s.Namespace == o.Namespace) ? new Wrong($"names the Service '{name}', which is not there", o.Spec["serviceName"]) : null, "StatefulSet")),
        Rule("network-policy", Severity.Warning, "A network policy holds for every pod", "Whoever gets into one pod reaches all others, and the internet.",
            "Add a NetworkPolicy that selects it, with 'policyTypes: [Ingress, Egress]'.", "KL:non-isolated-pod PO:missingNetworkPolicy KS:pod-networkpolicy CKV2_K8S_6 C-0030 C-0054 C-0260",
            InPods(static (p, set) => IsElsewhere(p, set) || Open(p, set) != "comes in and goes out" ? [] : [new Wrong("has no NetworkPolicy for what comes in and goes out", p.Owner.Head)])),
        Rule("network-policy-sides", Severity.Warning, "Network policies hold for what comes in and for what goes out", "What is open on one side is how a break-in goes on.",
            "Write 'policyTypes: [Ingress, Egress]' in the NetworkPolicy, and what is allowed on each side.", "PO:missingNetworkPolicy KS:pod-networkpolicy C-0030",
            InPods(static (p, set) => !IsElsewhere(p, set) && Open(p, set) is ("comes in" or "goes out") and var open ? [new Wrong($"has no NetworkPolicy for what {open}", p.Owner.Head)] : [])),
        Rule("policy-selects", Severity.Warning, "A NetworkPolicy selects pods", "It protects nobody, while all think that it does.",
            "Give spec.podSelector labels of the pods' template.", "KL:dangling-networkpolicy KS:networkpolicy-targets-pod C-0299",
            Objects(static (o, set) => o.Spec?["podSelector"] is { } selector && !IsEmpty(selector) && IsNobody(set, o.Namespace, p => Selector.Takes(selector, p.Labels))
                ? new Wrong($"selects {Selector.Text(selector)}, and no pod has that", selector) : null, "NetworkPolicy")),
        Rule("policy-peers", Severity.Warning, "The peers of a NetworkPolicy exist", "What should be allowed is not.",
            "Give the peer's podSelector labels of the pods that are meant.", "KL:dangling-networkpolicypeer-podselector", InObjects(Peers, "NetworkPolicy")),
        Rule("monitor-selects", Severity.Warning, "A ServiceMonitor or PodMonitor selects something", "Nothing is measured, and no alert ever fires.",
            "Give spec.selector labels of the Service.", "KL:dangling-servicemonitor",
            Objects(static (o, set) => o.Spec?["selector"] is not { } selector || IsEmpty(selector) || o.Spec["namespaceSelector"].Set() is not null ? null
                : o.Is("ServiceMonitor") ? set.Of("Service").Any(s => s.Namespace == o.Namespace) && !set.Of("Service").Any(s => s.Namespace == o.Namespace && Selector.Takes(selector, s.Labels)) ? new Wrong($"selects {Selector.Text(selector)}, and no Service has that", selector) : null
                : IsNobody(set, o.Namespace, p => Selector.Takes(selector, p.Labels)) ? new Wrong($"selects {Selector.Text(selector)}, and no pod has that", selector) : null, "ServiceMonitor", "PodMonitor")),
        Rule("budget-selects", Severity.Warning, "A disruption budget selects pods", "It protects nobody.",
            "Give spec.selector labels of the pods' template.", "",
            Objects(static (o, set) => o.Spec?["selector"] is { } selector && !IsEmpty(selector) && IsNobody(set, o.Namespace, p => Selector.Takes(selector, p.Labels)) ? new Wrong($"selects {Selector.Text(selector)}, and no pod has that", selector) : null, "PodDisruptionBudget")),
        Rule("autoscaler-target", Severity.Warning, "What an autoscaler scales exists", "Nothing is scaled.",
            "Name the workload in scaleTargetRef.", "KL:dangling-hpa KS:horizontalpodautoscaler-has-target C-0300",
            Objects(static (o, set) => o.Spec?["scaleTargetRef"] is { } target && target["name"].Word() is { } name && (target["kind"].Word() ?? "Deployment") is var kind
                && kind is "Deployment" or "StatefulSet" or "ReplicaSet" or "Rollout" && set.Find(kind, o.Namespace, name) is null && (set.Options.IsComplete || set.PodsIn(o.Namespace).Count > 0)
                ? new Wrong($"scales the {kind} '{name}', which is not there", target["name"]) : null, "HorizontalPodAutoscaler", "ScaledObject")),
    ];

    private static bool IsEmpty(Part selector) => selector["matchLabels"] is not { Entries.Count: > 0 } && selector["matchExpressions"].List().Count == 0;

    private static bool IsNobody(ManifestSet set, string ns, Func<Pod, bool> takes)
    {
        var pods = set.PodsIn(ns);
        return (pods.Count > 0 || set.Options.IsComplete) && !pods.Any(takes);
    }

    private static IEnumerable<Wrong> Ports(KubeObject service, ManifestSet set)
    {
        var selector = service.Spec?["selector"];
        var pods = selector is { Entries.Count: > 0 } ? set.PodsIn(service.Namespace).Where(p => Selector.TakesAll(selector, p.Labels)).ToArray() : [];
        foreach (var port in (service.Spec?["ports"]).List())
        {
            var at = port["targetPort"].Set();
            if (at is not null && (at.IsQuoted || at.Number() is null) && at.Text is { } word && (word.Length > 15 || !PortName().IsMatch(word)))
            {
                yield return new Wrong($"leads to the port '{word}', which is no name of a port", at, word);
                continue;
            }

            if (at?.Number() is < 1 or > 65535 || port["port"].Number() is < 1 or > 65535)
            {
                yield return new Wrong($"has the port {at?.Text ?? port["port"]!.Text}, which is not from 1 to 65535", at ?? port["port"], at?.Text ?? "");
                continue;
            }

            foreach (var pod in pods)
            {
                var ports = pod.Containers.Where(c => c.Stays).SelectMany(c => c.Ports).ToArray();
                if (at is not null && (at.IsQuoted || at.Number() is null))
                {
                    if (ports.All(p => p["name"]?.Text != at.Text))
                    {
                        yield return new Wrong($"leads to the port '{at.Text}', which {pod.Owner.Title} does not have", at, at.Text ?? "");
                    }
                }
                else if ((at ?? port["port"]).Number() is { } number && ports.Length > 0 && ports.All(p => p["containerPort"].Number() != number))
                {
                    // It works when the process listens there all the same.
                    yield return new Wrong($"leads to port {number}, which {pod.Owner.Title} does not declare", at ?? port["port"], $"{number}") { Weight = Severity.Warning };
                }
            }
        }
    }

    // On the node's own network no policy holds; and of those of Cilium and Calico nothing is known here.
    private static bool IsElsewhere(Pod pod, ManifestSet set) => pod.Spec["hostNetwork"].IsTrue() || set.IsUnderOtherPolicies(pod);

    private static string Open(Pod pod, ManifestSet set)
    {
        var (ingress, egress) = (false, false);
        foreach (var policy in set.Of("NetworkPolicy").Where(n => n.Namespace == pod.Owner.Namespace && n.Spec is not null && Selector.Takes(n.Spec["podSelector"], pod.Labels)))
        {
            var types = policy.Spec!["policyTypes"].List();

            // Without types a policy is for what comes in, and for what goes out only if it says something of that.
            ingress |= types.Count == 0 || types.Any(t => t.Text == "Ingress");
            egress |= types.Count == 0 ? policy.Spec["egress"] is not null : types.Any(t => t.Text == "Egress");
        }

        return (ingress, egress) switch { (true, true) => "", (true, false) => "goes out", (false, true) => "comes in", _ => "comes in and goes out" };
    }

    private static IEnumerable<Wrong> Peers(KubeObject policy, ManifestSet set)
    {
        foreach (var (rules, side) in new[] { (policy.Spec?["ingress"], "from"), (policy.Spec?["egress"], "to") })
        {
            foreach (var peer in rules.List().SelectMany(r => r[side].List()))
            {
                // With a namespaceSelector the pods are elsewhere, and may be anybody's.
                if (peer["podSelector"] is { } selector && !IsEmpty(selector) && peer["namespaceSelector"] is null && IsNobody(set, policy.Namespace, p => Selector.Takes(selector, p.Labels)))
                {
                    yield return new Wrong($"allows {side} {Selector.Text(selector)}, and no pod has that", selector, $"{side} {Selector.Text(selector)}");
                }
            }
        }
    }

    [GeneratedRegex(@"^(?=.*[a-z])[a-z0-9]([a-z0-9]|-(?!-))*(?<!-)$", RegexOptions.CultureInvariant)]
    private static partial Regex PortName();
}
