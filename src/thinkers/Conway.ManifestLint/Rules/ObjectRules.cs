using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>What every object says of itself.</summary>
internal static partial class ObjectRules
{
    private static readonly string[] Workloads = ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Rollout"];

    // Group and version that are served no more, and what is served instead.
    private static readonly Dictionary<(string, string), string> Moved = new()
    {
        [("extensions/v1beta1", "Deployment")] = "apps/v1",
        [("extensions/v1beta1", "DaemonSet")] = "apps/v1",
        [("extensions/v1beta1", "ReplicaSet")] = "apps/v1",
        [("extensions/v1beta1", "NetworkPolicy")] = "networking.k8s.io/v1",
        [("extensions/v1beta1", "Ingress")] = "networking.k8s.io/v1",
        [("apps/v1beta1", "Deployment")] = "apps/v1",
        [("apps/v1beta1", "StatefulSet")] = "apps/v1",
        [("apps/v1beta2", "Deployment")] = "apps/v1",
        [("apps/v1beta2", "StatefulSet")] = "apps/v1",
        [("apps/v1beta2", "DaemonSet")] = "apps/v1",
        [("apps/v1beta2", "ReplicaSet")] = "apps/v1",
        [("networking.k8s.io/v1beta1", "Ingress")] = "networking.k8s.io/v1",
        [("networking.k8s.io/v1beta1", "IngressClass")] = "networking.k8s.io/v1",
        [("batch/v1beta1", "CronJob")] = "batch/v1",
        [("batch/v2alpha1", "CronJob")] = "batch/v1",
        [("policy/v1beta1", "PodDisruptionBudget")] = "policy/v1",
        [("autoscaling/v2beta1", "HorizontalPodAutoscaler")] = "autoscaling/v2",
        [("autoscaling/v2beta2", "HorizontalPodAutoscaler")] = "autoscaling/v2",
        [("rbac.authorization.k8s.io/v1beta1", "Role")] = "rbac.authorization.k8s.io/v1",
        [("rbac.authorization.k8s.io/v1beta1", "RoleBinding")] = "rbac.authorization.k8s.io/v1",
        [("rbac.authorization.k8s.io/v1beta1", "ClusterRole")] = "rbac.authorization.k8s.io/v1",
        [("rbac.authorization.k8s.io/v1beta1", "ClusterRoleBinding")] = "rbac.authorization.k8s.io/v1",
        [("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition")] = "apiextensions.k8s.io/v1",
        [("scheduling.k8s.io/v1beta1", "PriorityClass")] = "scheduling.k8s.io/v1",
        [("storage.k8s.io/v1beta1", "StorageClass")] = "storage.k8s.io/v1",
        [("admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration")] = "admissionregistration.k8s.io/v1",
        [("admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration")] = "admissionregistration.k8s.io/v1",
        [("discovery.k8s.io/v1beta1", "EndpointSlice")] = "discovery.k8s.io/v1",
        [("policy/v1beta1", "PodSecurityPolicy")] = "Pod Security Admission: labels pod-security.kubernetes.io/enforce on the Namespace",
    };

    private static readonly string[] Recommended = ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("api-version", Severity.Error, "The version of the API is one that is served", "The API of today refuses the object.",
            "Write the version that is served, as in 'apiVersion: apps/v1'.", "KL:no-extensions-v1beta KS:stable-version",
            Objects(static (o, _) => o.ApiVersion == "v1" && KubeObject.Meant.GetValueOrDefault(o.Kind) is { } meant ? new Wrong("is of v1, which has no such kind", o.Root["apiVersion"]) { Mend = $"Write 'apiVersion: {meant}'." }
                : Moved.GetValueOrDefault((o.ApiVersion, o.Kind)) is { } now ? new Wrong($"is of {o.ApiVersion}, which is served no more", o.Root["apiVersion"])
            {
                Mend = now.Contains(' ', StringComparison.Ordinal) ? $"Use {now}." : $"Write 'apiVersion: {now}'.",
            } : null)),
        Rule("duplicate-key", Severity.Error, "No key stands twice in a map", "The API takes the last, or refuses the object, and whoever changes the first wonders.",
            "Leave one of them out.", "KL:schema-validation",
            InObjects(static (o, _) => Twice(o.Root, []).Select(t => new Wrong($"has the key '{t.Key}' twice, first at {t.First}", t.At, t.Key)))),
        Rule("duplicate-object", Severity.Error, "Each object stands once in the manifests", "The one that is applied last wins, and that may be another tomorrow.",
            "Leave one out, or give them names of their own.", "", static set =>
                from same in set.Objects.Where(o => o.Name.Length > 0 && o.Metadata?["name"].Word() is not null).GroupBy(o => (o.Group, o.Kind, o.Namespace, o.Name))
                from again in same.Skip(1)
                select new Hit(again, again.Head, $"stands a second time, after {same.First().Head.Place}")),
        Rule("name", Severity.Error, "The object has a name that the API takes", "The API refuses the object.",
            "Write lower-case letters, digits and hyphens, as in 'name: orders-v2'.", "",
            Objects(static (o, _) => o.Metadata?["name"] is { } name && !o.Kind.Contains("Role", StringComparison.Ordinal) && (name.Text is not { } text || text.Length > 253 || !Subdomain().IsMatch(text)) ? new Wrong($"has the name '{name.Text}'", name)
                : o.Name.Length == 0 && o.Metadata?["generateName"] is null ? new Wrong("has no name", o.Metadata ?? o.Root) : null)),
        Rule("container-name", Severity.Error, "Containers have names that the API takes, each its own", "The API refuses the pod.",
            "Write lower-case letters, digits and hyphens, at most 63, as in 'name: app'.", "", InPods(static (p, _) =>
                p.Containers.Where(c => c.Name.Length > 63 || !Label().IsMatch(c.Name)).Select(c => new Wrong(c.Name.Length == 0 ? "has a container without a name" : $"has a container with the name '{c.Name}'", c.At["name"] ?? c.At, c.Name))
                    .Concat(p.Containers.Where(c => c.Name.Length > 0).GroupBy(c => c.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => new Wrong($"has {g.Count()} containers '{g.Key}'", g.Last().At["name"], g.Key))))),
        Rule("label-values", Severity.Error, "Labels are such as the API takes", "The API refuses the object.",
            "Write at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit, and in quotes what looks like a number or true.", "KS:label-values",
            InObjects(static (o, _) => Labels(o).SelectMany(l => l.Entries).Where(e => !IsLabelKey(e.Key) || !IsLabelValue(e.Value)).Select(e => new Wrong($"has the label {e.Key}: {Shown(e.Value)}", e.Value, e.Key)))),
        Rule("namespace", Severity.Info, "The object names a namespace, and not default", "It lands where the person who applies it happens to be.",
            "Write 'namespace: NAME' in metadata, or apply with -n and lint with -n.", "KL:use-namespace CKV_K8S_21 C-0061 C-0212",
            Objects(static (o, _) => o.IsOfTheCluster || !IsKnown(o) || o.Namespace != "default" || (o.Name == "kubernetes" && o.Kind is "Service" or "Endpoints" or "EndpointSlice") ? null
                : new Wrong(o.NamespaceAt is null ? "names no namespace" : "is in the namespace default", o.NamespaceAt))),
        Rule("namespace-quota", Severity.Info, "A namespace has a quota", "One that grows takes all others' room.",
            "Add a ResourceQuota to the namespace.", "C-0009",
            Objects(static (o, set) => set.Of("ResourceQuota").Any(q => q.Namespace == o.Name) || o.Name.StartsWith("kube-", StringComparison.Ordinal) ? null : new Wrong("has no ResourceQuota among the manifests"), "Namespace")) with { IsOptional = true },
        Rule("recommended-labels", Severity.Info, "A workload has the labels app.kubernetes.io/name and the like", "Tools cannot tell which objects belong together.",
            "Write 'labels: { app.kubernetes.io/name: orders, app.kubernetes.io/part-of: shop }'.", "",
            Objects(static (o, _) => o.Labels.ContainsKey("app.kubernetes.io/name") || Pod.Of(o)?.Labels.ContainsKey("app.kubernetes.io/name") == true ? null : new Wrong("has no label app.kubernetes.io/name", o.Metadata?["labels"]), Workloads)),
        Rule("all-recommended-labels", Severity.Info, "A workload has all recommended labels", "Tools cannot tell which objects belong together.",
            $"Write {string.Join(", ", Recommended)}.", "",
            Objects(static (o, _) => Recommended.Where(r => !o.Labels.ContainsKey(r)).ToArray() is { Length: > 0 } lacks ? new Wrong($"lacks {string.Join(", ", lacks)}", o.Metadata?["labels"])
                : o.Labels["app.kubernetes.io/instance"] != o.Name ? new Wrong($"has app.kubernetes.io/instance '{o.Labels["app.kubernetes.io/instance"]}', which is not its name", o.Metadata?["labels", "app.kubernetes.io/instance"]) : null, Workloads)) with { IsOptional = true },
        Rule("owner", Severity.Info, "A workload says whose it is", "When it fails at night nobody knows whom to call.",
            "Write the label 'owner: TEAM'.", "KL:required-label-owner",
            Objects(static (o, _) => o.Labels.Keys.Any(k => k is "owner" or "team" || k.EndsWith("/owner", StringComparison.Ordinal) || k.EndsWith("/team", StringComparison.Ordinal)) ? null : new Wrong("has no label owner", o.Metadata?["labels"]), Workloads)) with { IsOptional = true },
        Rule("contact", Severity.Info, "A workload says how to reach its people", "When it fails at night nobody knows how to reach them.",
            "Write the annotation 'contact: \"#team\"', or 'email: team@example.com'.", "KL:required-annotation-email",
            Objects(static (o, _) => o.Annotations.Keys.Any(k => k is "email" or "contact" || k.EndsWith("/contact", StringComparison.Ordinal) || k.EndsWith("/email", StringComparison.Ordinal)) ? null : new Wrong("has no annotation email or contact", o.Metadata?["annotations"]), Workloads)) with { IsOptional = true },
    ];

    // What an alias names is looked at once.
    private static IEnumerable<(string Key, SourceSpan First, Part At)> Twice(Part part, HashSet<Part> seen)
    {
        if (!seen.Add(part))
        {
            return [];
        }

        return part.Twice.Select(t => (t.Key, t.First, new Part { Place = t.Again, Text = t.Key })).Concat(part.Entries.Select(e => e.Value).Concat(part.Items).SelectMany(p => Twice(p, seen)));
    }

    // Objects of unknown kinds may belong to the cluster.
    private static bool IsKnown(KubeObject o) => o.Kind is "Pod" or "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Job" or "CronJob" or "Service" or "ConfigMap" or "Secret" or "ServiceAccount" or "Role" or "RoleBinding"
        or "Ingress" or "NetworkPolicy" or "PodDisruptionBudget" or "HorizontalPodAutoscaler" or "PersistentVolumeClaim" or "Rollout" or "ReplicationController"
        or "Endpoints" or "EndpointSlice" or "Lease" or "CSIStorageCapacity" or "PodTemplate";

    private static IEnumerable<Part> Labels(KubeObject o) => new[] { o.Metadata?["labels"], Pod.Of(o)?.LabelsAt }.OfType<Part>().Distinct();

    private static bool IsLabelValue(Part value) => value.IsNull() || (value.Text is { } text && text.Length <= 63 && (value.IsQuoted || (value.Bool() is null && !NumberLike().IsMatch(text))) && LabelValue().IsMatch(text));

    private static bool IsLabelKey(string key) => key.Split('/') is { Length: 1 or 2 } parts && parts[^1].Length is > 0 and <= 63 && LabelValue().IsMatch(parts[^1]) && (parts.Length == 1 || (parts[0].Length <= 253 && Subdomain().IsMatch(parts[0])));

    private static string Shown(Part value) => value.Text is not { } text ? "{…}" : text.Length > 70 ? text[..70] + "…" : text;

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"^[-+]?(\d[\d_]*(\.\d*)?|\.\d+)([eE][-+]?\d+)?$|^0[xo][0-9a-fA-F]+$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberLike();
}
