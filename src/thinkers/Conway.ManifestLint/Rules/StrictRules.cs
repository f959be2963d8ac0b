using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>What one tool asks in another way than the other rules, for those whose gate is that tool. All are optional.</summary>
internal static class StrictRules
{
    private static readonly string[] Given =
        ["CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "NET_RAW", "SETGID", "SETUID", "SETFCAP", "SETPCAP", "NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE"];

    private static readonly HashSet<string> Telling = new(["app", "k8s-app", "tier", "phase", "version", "owner", "env"], StringComparer.Ordinal);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Strict("net-raw", "The capability NET_RAW is dropped", "Packets can be forged, and others on the network listened to.", "Write 'securityContext: { capabilities: { drop: [ALL] } }' in the container.",
            "KL:drop-net-raw-capability CKV_K8S_28 C-0211", Containers(static c => c.Pod.IsWindows || (Drops(c, "ALL") || Drops(c, "NET_RAW")) && !(c.SecurityContext?["capabilities", "add"]).List().Any(a => Name(a) is "NET_RAW" or "ALL")
                ? null : new Wrong("has the capability NET_RAW", c.SecurityContext ?? c.At))),
        Strict("given-capabilities", "Each capability that the runtime gives is dropped, by name or all of them", "The usual ones allow to forge packets, change owners and skip checks of access.", "Write 'securityContext: { capabilities: { drop: [ALL] } }' in the container.",
            "PO:insecureCapabilities", Containers(static c => c.Pod.IsWindows || Drops(c, "ALL") ? null
                : Given.FirstOrDefault(g => !Drops(c, g)) is { } kept ? new Wrong($"keeps the capability {kept}", c.SecurityContext ?? c.At) : null)),
        Strict("hardened", "Something hardens the container: seccomp, AppArmor, SELinux or dropped capabilities", "Every hole of the kernel can be reached.", "Write 'securityContext: { seccompProfile: { type: RuntimeDefault } }' in the pod.",
            "PO:linuxHardening", Containers(static c => c.Pod.IsWindows || IsHardened(c) ? null : new Wrong("is hardened by nothing", c.SecurityContext ?? c.At))),
        Strict("token-mounted", "No token of an account is mounted, even when the pod says so", "Who gets into the container can speak to the API in its name.", "Write 'automountServiceAccountToken: false' in the pod.",
            "PO:automountServiceAccountToken CKV_K8S_38 C-0034 C-0190", InPods(static (p, set) => p.Spec["automountServiceAccountToken"].Bool() ?? set.Find("ServiceAccount", p.Owner.Namespace, p.ServiceAccount)?.Root["automountServiceAccountToken"].Bool() ?? true
                ? [new Wrong("mounts the token of its account", p.Spec["automountServiceAccountToken"])] : [])),
        Strict("requests-written", "CPU and memory are asked for in so many words", "Without a request the limit is taken for one, which may be far more than is needed.", "Write 'resources: { requests: { cpu: 100m, memory: 128Mi } }'.",
            "KS:container-resources C-0268 C-0269 C-0050 C-0004", InContainers(static c => c.Kind == ContainerKind.Ephemeral ? [] : new[] { "cpu", "memory" }.Where(r => c.At["resources", "requests", r].Set() is null).Select(r => new Wrong($"has no {r} in resources.requests", c.At["resources"], r)))),
        Strict("service-probes", "Of a pod behind a Service some container has a readiness probe, and some a liveness probe", "Requests reach it before it can answer them, or still when it hangs.", "Write 'readinessProbe' and 'livenessProbe' in the container that answers.",
            "KS:pod-probes", InPods(static (p, set) => p.IsTask || !set.Of("Service").Any(s => s.Namespace == p.Owner.Namespace && s.Spec?["selector"] is { Entries.Count: > 0 } selector && Selector.TakesAll(selector, p.Labels)) ? []
                : new[] { "readinessProbe", "livenessProbe" }.Where(k => !p.Containers.Any(c => c.Stays && c.At[k].Set() is not null)).Select(k => new Wrong($"is behind a Service and has no {k}", null, k)))),
        Strict("restart-never", "What has failed is started again", "A failure that would have passed is final.", "Write 'restartPolicy: OnFailure' or Always.",
            "KL:restart-policy", Pods(static p => p.Spec["restartPolicy"] is { Text: "Never" } at ? new Wrong("has restartPolicy Never", at) : null)),
        Strict("instance-is-name", "The label app.kubernetes.io/instance of what makes pods is its name", "Tools that go by the label mix up what belongs together.", "Write 'app.kubernetes.io/instance: NAME' in metadata.labels.",
            "PO:metadataAndInstanceMismatched", Objects(static (o, _) => Pod.Of(o) is null || o.Labels.GetValueOrDefault("app.kubernetes.io/instance") == o.Name ? null
                : new Wrong(o.Labels.TryGetValue("app.kubernetes.io/instance", out var other) ? $"has app.kubernetes.io/instance '{other}', which is not its name" : "has no label app.kubernetes.io/instance", o.Metadata?["labels"]))),
        Strict("budget-over-autoscaler", "A disruption budget asks for no more pods than the autoscaler keeps", "No node can be drained when there is little to do.", "Write 'maxUnavailable: 1' instead of minAvailable.",
            "PO:pdbMinAvailableGreaterThanHPAMinReplicas", Objects(static (o, set) => o.Spec?["minAvailable"].Number() is { } least && o.Spec["selector"].Set() is { } selector
                && set.PodsIn(o.Namespace).Where(p => Selector.Takes(selector, p.Labels)).Select(p => set.ScalerOf(p.Owner)).OfType<KubeObject>().FirstOrDefault(s => s.Spec?["minReplicas"].Number() < least) is { } scaler
                ? new Wrong($"has minAvailable {least}, and {scaler.Title} keeps {scaler.Spec!["minReplicas"]!.Text}", o.Spec["minAvailable"]) { Measure = new Measure(least, scaler.Spec["minReplicas"].Number()!.Value, "replicas") } : null, "PodDisruptionBudget")),
        Strict("pod-files", "The pod says as whom it writes files, and its SELinux level", "Volumes stay unreadable, or their owners are changed one by one at each start.", "Write 'securityContext: { fsGroup: 10001, fsGroupChangePolicy: OnRootMismatch, seLinuxOptions: { level: \"s0:c1,c2\" } }' in the pod.",
            "C-0211", InPods(static (p, _) => p.IsWindows ? [] : new[] { "fsGroup", "fsGroupChangePolicy", "seLinuxOptions" }
                .Where(k => p.SecurityContext?[k].Set() is null && (k != "seLinuxOptions" || !p.Containers.All(c => c.SecurityContext?[k].Set() is not null))).Select(k => new Wrong($"has no {k} in its securityContext", p.SecurityContext, k)))),
        Strict("root-group", "No supplementary group is 0", "Files of root's group can be read and written.", "Leave 0 out of 'supplementalGroups'.",
            "C-0211", InPods(static (p, _) => (p.SecurityContext?["supplementalGroups"]).List().Where(g => g.Number() == 0).Select(g => new Wrong("has the supplementary group 0", g)))),
        Strict("namespace-security", "A namespace enforces a Pod Security Standard", "What nobody has looked at may run there with any rights.", "Write the label 'pod-security.kubernetes.io/enforce: restricted' on the Namespace.",
            "C-0192 C-0193 C-0194 C-0195 C-0196 C-0199 C-0202 C-0203 C-0204", Objects(static (o, _) => o.Name.StartsWith("kube-", StringComparison.Ordinal) || o.Labels.GetValueOrDefault("pod-security.kubernetes.io/enforce") is "baseline" or "restricted" ? null
                : new Wrong("enforces no Pod Security Standard", o.Metadata?["labels"]), "Namespace")),
        Strict("namespace-restricted", "A namespace enforces the standard restricted", "What runs as root may run there.", "Write the label 'pod-security.kubernetes.io/enforce: restricted' on the Namespace.",
            "C-0197 C-0198 C-0200 C-0201", Objects(static (o, _) => o.Name.StartsWith("kube-", StringComparison.Ordinal) || o.Labels.GetValueOrDefault("pod-security.kubernetes.io/enforce") == "restricted" ? null
                : new Wrong("does not enforce the standard restricted", o.Metadata?["labels"]), "Namespace")),
        Strict("default-account-token", "The account default mounts no token", "Pods that say nothing of an account can speak to the API.", "Write 'automountServiceAccountToken: false' in the ServiceAccount default.",
            "C-0189", Objects(static (o, _) => o.Name == "default" && !o.Root["automountServiceAccountToken"].IsFalse() ? new Wrong("mounts its token", o.Root["automountServiceAccountToken"]) : null, "ServiceAccount")),
        Strict("bound-token", "No token is mounted of an account that has rights", "Who gets into the container has these rights.", "Write 'automountServiceAccountToken: false' in the pod, unless it asks the API.",
            "C-0261", InPods(static (p, set) => (p.Spec["automountServiceAccountToken"].Bool() ?? set.Find("ServiceAccount", p.Owner.Namespace, p.ServiceAccount)?.Root["automountServiceAccountToken"].Bool() ?? true)
                && set.Of("RoleBinding", "ClusterRoleBinding").FirstOrDefault(b => b.Root["subjects"].List().Any(s => s["kind"]?.Text == "ServiceAccount" && s["name"]?.Text == p.ServiceAccount && (s["namespace"].Word() ?? b.Namespace) == p.Owner.Namespace)) is { } binding
                ? [new Wrong($"mounts the token of the account '{p.ServiceAccount}', to which {binding.Title} gives rights", p.Spec["automountServiceAccountToken"])] : [])),
        Strict("seccomp-default", "The seccomp profile is that of the runtime", "A profile of one's own lets through what nobody has looked at again.", "Write 'seccompProfile: { type: RuntimeDefault }' in the pod.",
            "C-0210", Containers(static c => c.Pod.IsWindows || c.Security("seccompProfile")?["type"]?.Text == "RuntimeDefault" ? null : new Wrong("has not the seccompProfile RuntimeDefault", c.SecurityContext ?? c.At))),
        Strict("any-label", "What makes pods, and its pods, have a label that tells what they are", "Tools cannot tell which objects belong together.", "Write 'labels: { app.kubernetes.io/name: orders }' in the metadata of both.",
            "C-0076 C-0077", InObjects(static (o, _) => Pod.Of(o) is not { } pod ? []
                : new[] { (o.Labels, Who: ""), (pod.Labels, Who: " on its pods") }.Where(l => !l.Labels.Keys.Any(Tells)).DistinctBy(l => o.Is("Pod") ? "" : l.Who).Select(l => new Wrong($"has no label that tells what it is{l.Who}", o.Metadata?["labels"], l.Who)))),
        Strict("policy-written", "Network policies say for each side what is allowed", "A side that is only closed breaks what needs it, and is opened in haste.", "Write 'ingress' and 'egress' with what the pod needs.",
            "PO:missingNetworkPolicy", InPods(static (p, set) => Policies(p, set) is { Length: > 0 } policies
                ? new[] { "ingress", "egress" }.Where(k => policies.All(n => n.Spec?[k].List() is not { Count: > 0 })).Select(k => new Wrong($"is selected by no NetworkPolicy that has {k}", p.Owner.Head, k)) : [])),
        Strict("namespace-policy", "A namespace has a network policy", "Whoever gets into one pod reaches all others.", "Add a NetworkPolicy to the namespace.",
            "C-0049 C-0206", Objects(static (o, set) => set.OtherPolicies.Any(n => n.Kind is "NetworkPolicy" or "CiliumNetworkPolicy" ? n.Namespace == o.Name : n.Root["specs"] is { } specs ? specs.Items.Any(spec => Selector.IsEmpty(spec["endpointSelector"])) : Selector.IsEmpty(n.Spec?["endpointSelector"])) || set.Of("NetworkPolicy").Any(n => n.Namespace == o.Name) ? null : new Wrong("has no NetworkPolicy among the manifests"), "Namespace")),
        Strict("rights-cluster-dns", "Nobody may change how the cluster resolves names", "Every name can lead to whoever changed it.", "Leave out update and patch on configmaps in ClusterRoles and in kube-system, or name others by resourceNames.",
            "C-0037", InObjects(static (o, _) => o.Name.StartsWith("system:", StringComparison.Ordinal) || (o.Is("Role") && o.Namespace != "kube-system") ? [] :
                from rule in o.Root["rules"].List().Index()
                where rule.Item["resourceNames"].List() is { Count: 0 } || rule.Item["resourceNames"].List().Any(n => n.Text == "coredns")
                where rule.Item["apiGroups"].List() is { Count: 0 } || rule.Item["apiGroups"].List().Any(g => (g.Text ?? "") is "" or "*")
                let resource = rule.Item["resources"].List().FirstOrDefault(r => r.Text is "configmaps" or "*")
                where resource is not null && rule.Item["verbs"].List().Any(v => v.Text is "update" or "patch" or "*")
                select new Wrong("may change the ConfigMap of the cluster's DNS", resource, $"{rule.Index}"), "Role", "ClusterRole")),
    ];

    private static LintRule Strict(string id, string requirement, string why, string fix, string aliases, Func<ManifestSet, IEnumerable<Hit>> judge) =>
        Rule(id, Severity.Info, requirement, why, fix, aliases, judge) with { IsOptional = true };

    private static bool Tells(string label) => Telling.Contains(label) || label.StartsWith("app.kubernetes.io/", StringComparison.Ordinal);

    private static KubeObject[] Policies(Pod pod, ManifestSet set) => [.. set.Of("NetworkPolicy").Where(n => n.Namespace == pod.Owner.Namespace && n.Spec is not null && Selector.Takes(n.Spec["podSelector"], pod.Labels))];

    // The tools that ask this take any case.
    private static string Name(Part capability) => (capability.Text ?? "").ToUpperInvariant();

    private static bool Drops(Container c, string capability) => (c.SecurityContext?["capabilities", "drop"]).List().Any(d => Name(d) == capability);

    private static bool IsHardened(Container c) =>
        c.Security("seccompProfile")?["type"].Word() is { } seccomp && seccomp != "Unconfined"
        || c.Security("appArmorProfile")?["type"].Word() is { } profile && profile != "Unconfined"
        || c.Pod.Annotations.GetValueOrDefault("container.apparmor.security.beta.kubernetes.io/" + c.Name) is { Length: > 0 } annotated && annotated != "unconfined"
        || c.Security("seLinuxOptions") is { Entries.Count: > 0 }
        || ((c.SecurityContext?["capabilities", "drop"]).List().Count > 0 && !(c.SecurityContext?["capabilities", "add"]).List().Any(a => Name(a) == "ALL"));
}
