using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>How pods are made, and by whom they are known.</summary>
internal static class WorkloadRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("selector-mismatch", Severity.Error, "The selector takes the labels of the pods that are made", "The API refuses the workload.",
            "Give spec.template.metadata.labels all labels of spec.selector.matchLabels.",
            "KL:mismatching-selector KS:deployment-pod-selector-labels-match-template-metadata-labels KS:statefulset-pod-selector-labels-match-template-metadata-labels C-0296",
            Objects(static (o, _) => Pod.Of(o) is not { } pod ? null
                : o.Spec?["selector"].Set() is not { } selector ? new Wrong("has no selector", o.Spec)
                : selector["matchLabels"].Set() is null && selector["matchExpressions"].Set() is null ? new Wrong("has a selector that says nothing", selector)
                : Selector.Takes(selector, pod.Labels) ? null : new Wrong($"selects {Selector.Text(selector)}, which its pods do not have", selector), "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout")),
        Rule("controller-selector", Severity.Error, "The selector of a ReplicationController takes the labels of its pods", "The API refuses it.",
            "Give spec.template.metadata.labels all labels of spec.selector, or leave the selector out.", "KL:mismatching-selector C-0296",
            Objects(static (o, _) => Pod.Of(o) is { } pod && o.Spec?["selector"] is { Entries.Count: > 0 } selector && !Selector.TakesAll(selector, pod.Labels) ? new Wrong($"selects {Selector.Text(selector)}, which its pods do not have", selector) : null, "ReplicationController")),
        Rule("job-selector", Severity.Error, "The selector of a Job takes the labels of its pods", "The API refuses the Job.",
            "Leave the selector out: the Job makes one of its own.", "KL:mismatching-selector C-0296",
            Objects(static (o, _) => Pod.Of(o) is { } pod && (o.Is("Job") ? o.Spec?["selector"] : o.Spec?["jobTemplate", "spec", "selector"]).Set() is { } selector && !Selector.Takes(selector, pod.Labels) ? new Wrong($"selects {Selector.Text(selector)}, which its pods do not have", selector) : null, "Job", "CronJob")),
        Rule("naked-pod", Severity.Warning, "No pod stands alone", "When its node goes nobody makes it again.",
            "Make it a Deployment, a StatefulSet or a Job.", "C-0073",
            Objects(static (o, _) => o.Metadata?["ownerReferences"].Set() is null && !o.Annotations.ContainsKey("helm.sh/hook") && !o.Annotations.ContainsKey("kubernetes.io/config.mirror") ? new Wrong("is made by nobody", o.Head) : null, "Pod")),
        Rule("rolling-update", Severity.Warning, "A Deployment is replaced pod by pod", "At each release nothing answers until the new pods do.",
            "Write 'strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }'.", "KL:no-rolling-update-strategy KS:deployment-strategy C-0305",
            Objects(static (o, _) => o.Spec?["strategy", "type"].Word() is { } type && type != "RollingUpdate" ? new Wrong($"has the strategy {type}", o.Spec["strategy", "type"])
                : o.Spec?["strategy", "rollingUpdate"] is { } rolling && Stands(rolling["maxUnavailable"]) && Stands(rolling["maxSurge"]) ? new Wrong("may neither add nor remove a pod", rolling) { Weight = Severity.Error } : null, "Deployment")),
        Rule("service-account", Severity.Warning, "The pod has a service account of its own", "All that share the default account share each right that one of them needs.",
            "Write 'serviceAccountName: NAME' and a ServiceAccount of that name.", "KL:default-service-account CKV_K8S_41",
            Pods(static p => p.ServiceAccount == "default" ? new Wrong("runs under the service account default", p.Spec["serviceAccountName"] ?? p.Spec["serviceAccount"]) : null)),
        Rule("deprecated-service-account", Severity.Warning, "The account is named by serviceAccountName", "serviceAccount is deprecated since Kubernetes 1.0.",
            "Write 'serviceAccountName' instead of 'serviceAccount'.", "KL:deprecated-service-account-field C-0294",
            Pods(static p => p.Spec["serviceAccount"].Word() is { } old && p.Spec["serviceAccountName"].Word() != old ? new Wrong(p.Spec["serviceAccountName"].Word() is { } name ? $"names the account {old} by serviceAccount, and {name} by serviceAccountName" : "names its account by serviceAccount", p.Spec["serviceAccount"]) : null)),
        Rule("token-mount", Severity.Warning, "The token of the account is not mounted unless it is needed", "Who gets into the container can speak to the API in its name.",
            "Write 'automountServiceAccountToken: false' in the pod; a pod that asks the API says true.", "PO:automountServiceAccountToken CKV_K8S_38 C-0034 C-0190",
            InPods(static (p, set) => p.Spec["automountServiceAccountToken"].Bool() ?? set.Find("ServiceAccount", p.Owner.Namespace, p.ServiceAccount)?.Root["automountServiceAccountToken"].Bool() ?? true
                // Said in so many words with an account of its own: somebody decided.
                ? p.Spec["automountServiceAccountToken"].IsTrue() && p.ServiceAccount != "default" ? [] : [new Wrong("mounts the token of its account", p.Spec["automountServiceAccountToken"])] : [])),
        Rule("enough-grace", Severity.Warning, "A pod has time to end", "What is under way when it ends is cut off.",
            "Write 'terminationGracePeriodSeconds: 30'.", "",
            Pods(static p => p.Spec["terminationGracePeriodSeconds"].Number() == 0 ? new Wrong("has no time to end", p.Spec["terminationGracePeriodSeconds"]) : null)),
        Rule("task-restart", Severity.Error, "The pods of a Job say Never or OnFailure", "The API refuses the Job: Always never ends.",
            "Write 'restartPolicy: Never' or 'restartPolicy: OnFailure'.", "KS:cronjob-restartpolicy",
            Pods(static p => p.IsTask && p.Spec["restartPolicy"].Word() is not ("Never" or "OnFailure") ? new Wrong($"has restartPolicy {p.Spec["restartPolicy"].Word() ?? "Always, as none is written"}", p.Spec["restartPolicy"]) : null)),
        Rule("restart-policy", Severity.Error, "The pods of a workload that stays are restarted always", "The API refuses the workload.",
            "Leave out 'restartPolicy', or write Always.", "",
            Pods(static p => p.Owner.Kind is "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Rollout" && p.Spec["restartPolicy"].Word() is { } policy && policy != "Always" ? new Wrong($"has restartPolicy {policy}", p.Spec["restartPolicy"]) : null)),
        Rule("job-ttl", Severity.Info, "A Job that stands alone is cleared away, one of a CronJob by its history", "Finished pods pile up; and the other way round the CronJob's history is gone before its time.",
            "Write 'ttlSecondsAfterFinished: 3600' in a Job, and leave it out in a CronJob's.", "KL:job-ttl-seconds-after-finished",
            Objects(static (o, _) => o.Is("Job") ? o.Metadata?["ownerReferences"].Set() is null && o.Spec?["ttlSecondsAfterFinished"].Set() is null && !o.Annotations.ContainsKey("helm.sh/hook") ? new Wrong("has no ttlSecondsAfterFinished", o.Spec) : null
                : o.Spec?["jobTemplate", "spec", "ttlSecondsAfterFinished"].Set() is { } ttl ? new Wrong("has a ttlSecondsAfterFinished besides its history", ttl) : null, "Job", "CronJob")),
        Rule("cron-deadline", Severity.Info, "A CronJob says how late it may start", "After an outage it starts what nobody waits for, or, with 100 starts missed, nothing ever again.",
            "Write 'startingDeadlineSeconds: 300'.", "KS:cronjob-has-deadline",
            Objects(static (o, _) => o.Spec?["startingDeadlineSeconds"].Set() is null ? new Wrong("has no startingDeadlineSeconds", o.Spec)
                : o.Spec["startingDeadlineSeconds"].Number() < 10 ? new Wrong("has a startingDeadlineSeconds under 10, so that it may never start", o.Spec["startingDeadlineSeconds"]) { Weight = Severity.Warning } : null, "CronJob")),
        Rule("priority-class", Severity.Info, "The pod has a priority", "When room is short nobody has said what may go.",
            "Write 'priorityClassName: NAME'.", "PO:priorityClassNotSet",
            Pods(static p => p.Spec["priorityClassName"].Word() is null ? new Wrong("has no priorityClassName") : null)) with { IsOptional = true },
        Rule("dns-config", Severity.Info, "The pod says how it resolves names", "With the usual ndots of 5 each outside name costs four questions more.",
            "Write 'dnsConfig: { options: [{ name: ndots, value: \"2\" }] }'.", "KL:dnsconfig-options",
            Pods(static p => p.Spec["dnsConfig", "options"].List().Count == 0 ? new Wrong("has no dnsConfig.options") : null)) with { IsOptional = true },
        Rule("sorted-keys", Severity.Info, "Keys stand in the order of their names", "The same object can be written in many ways, and differences hide among them.",
            "Sort the keys of each map.", "KL:sorted-keys",
            Objects(static (o, _) => Unsorted(o.Root) is { } at ? new Wrong("has keys out of order", at) : null)) with { IsOptional = true },
    ];

    private static bool Stands(Part? amount) => amount is { Text: "0" or "0%" };

    private static Part? Unsorted(Part part)
    {
        for (var i = 1; i < part.Entries.Count; i++)
        {
            if (string.CompareOrdinal(part.Entries[i - 1].Key, part.Entries[i].Key) > 0)
            {
                return part.Entries[i].Value;
            }
        }

        return part.Entries.Select(e => e.Value).Concat(part.Items).Select(Unsorted).FirstOrDefault(u => u is not null);
    }
}
