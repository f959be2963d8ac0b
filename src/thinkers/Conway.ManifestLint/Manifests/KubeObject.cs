using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestLint.Manifests;

/// <summary>One object of a manifest.</summary>
internal sealed class KubeObject
{
    private static readonly HashSet<string> OfTheCluster = new(
        ["Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass", "PriorityClass", "IngressClass", "GatewayClass", "CustomResourceDefinition",
         "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "APIService", "RuntimeClass", "CSIDriver", "ClusterIssuer",
         "ClusterSecretStore", "ClusterExternalSecret", "ClusterPolicy", "PodSecurityPolicy", "VolumeSnapshotClass", "ComponentStatus", "CertificateSigningRequest"], StringComparer.Ordinal);

    public KubeObject(Part root, string defaultNamespace)
    {
        Root = root;
        ApiVersion = root["apiVersion"].Word() ?? "";
        Kind = root["kind"].Word() ?? "";
        Metadata = root["metadata"];
        Name = Metadata?["name"].Word() ?? Metadata?["generateName"].Word() ?? "";
        NamespaceAt = Metadata?["namespace"].Set();
        Namespace = OfTheCluster.Contains(Kind) ? "" : NamespaceAt.Word() ?? defaultNamespace;
        Labels = Metadata?["labels"].Map() ?? [];
        Annotations = Metadata?["annotations"].Map() ?? [];
    }

    public Part Root { get; }

    public string ApiVersion { get; }

    /// <summary><c>apps</c>; empty for the core. What is written as of the core and is not is judged as what it means; <c>K8S-api-version</c> tells it.</summary>
    public string Group => ApiVersion.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? ApiVersion[..slash] : Meant.GetValueOrDefault(Kind) is { } meant && ApiVersion == "v1" ? meant[..meant.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>Kinds that the core does not have, with the version that is meant when somebody writes <c>v1</c>.</summary>
    public static IReadOnlyDictionary<string, string> Meant { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Deployment"] = "apps/v1",
        ["StatefulSet"] = "apps/v1",
        ["DaemonSet"] = "apps/v1",
        ["ReplicaSet"] = "apps/v1",
        ["Job"] = "batch/v1",
        ["CronJob"] = "batch/v1",
        ["Ingress"] = "networking.k8s.io/v1",
        ["IngressClass"] = "networking.k8s.io/v1",
        ["NetworkPolicy"] = "networking.k8s.io/v1",
        ["PodDisruptionBudget"] = "policy/v1",
        ["HorizontalPodAutoscaler"] = "autoscaling/v2",
        ["PriorityClass"] = "scheduling.k8s.io/v1",
        ["Role"] = "rbac.authorization.k8s.io/v1",
        ["ClusterRole"] = "rbac.authorization.k8s.io/v1",
        ["RoleBinding"] = "rbac.authorization.k8s.io/v1",
        ["ClusterRoleBinding"] = "rbac.authorization.k8s.io/v1",
    };

    public string Kind { get; }

    public Part? Metadata { get; }

    public string Name { get; }

    /// <summary>Where the namespace is written; null when it is not.</summary>
    public Part? NamespaceAt { get; }

    /// <summary>Empty for what belongs to the cluster.</summary>
    public string Namespace { get; }

    public bool IsOfTheCluster => OfTheCluster.Contains(Kind);

    public Dictionary<string, string> Labels { get; }

    public Dictionary<string, string> Annotations { get; }

    public Part? Spec => Root["spec"];

    /// <summary><c>Deployment 'orders'</c></summary>
    public string Title => $"{Kind} '{Name}'";

    /// <summary>Where to look when something is missing in the whole object.</summary>
    public Part Head => Metadata?["name"] ?? Root;

    public bool Is(string kind) => Kind == kind;
}
