using Conway.ManifestFacts.Yaml;

namespace Conway.ManifestLint.Manifests;

/// <summary>A pod, or the template of one in whatever makes pods.</summary>
internal sealed class Pod
{
    private Pod(KubeObject owner, Part template, Part spec)
    {
        (Owner, Spec) = (owner, spec);
        Labels = template["metadata", "labels"].Map();
        Annotations = template["metadata", "annotations"].Map();
        LabelsAt = template["metadata", "labels"];
        SecurityContext = spec["securityContext"].Set();
        Containers =
        [
            .. spec["containers"].List().Select(c => new Container(this, c, ContainerKind.App)),
            .. spec["initContainers"].List().Select(c => new Container(this, c, c["restartPolicy"]?.Text == "Always" ? ContainerKind.Sidecar : ContainerKind.Init)),
            .. spec["ephemeralContainers"].List().Select(c => new Container(this, c, ContainerKind.Ephemeral)),
        ];
    }

    /// <summary>The pod of an object; null when it makes none.</summary>
    public static Pod? Of(KubeObject owner) => Template(owner) is { } template && template["spec"] is { Entries.Count: > 0 } spec ? new Pod(owner, template, spec) : null;

    /// <summary>The pod of an object, also when nothing is written of it but its labels: enough to be selected.</summary>
    public static Pod? Selectable(KubeObject owner) => Template(owner) is { Entries.Count: > 0 } template ? new Pod(owner, template, template["spec"] ?? new Part { Place = template.Place }) : null;

    private static Part? Template(KubeObject owner) =>
        owner.Kind switch
        {
            "Pod" when owner.Group == "" => owner.Root,
            "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" when owner.Group is "apps" or "extensions" => owner.Root["spec", "template"],
            "Job" when owner.Group == "batch" => owner.Root["spec", "template"],
            "CronJob" when owner.Group == "batch" => owner.Root["spec", "jobTemplate", "spec", "template"],
            "ReplicationController" when owner.Group == "" => owner.Root["spec", "template"],
            "Rollout" when owner.Group == "argoproj.io" => owner.Root["spec", "template"],
            _ => null,
        };

    public KubeObject Owner { get; }

    public Part Spec { get; }

    public Part? SecurityContext { get; }

    public Dictionary<string, string> Labels { get; }

    public Part? LabelsAt { get; }

    public Dictionary<string, string> Annotations { get; }

    public IReadOnlyList<Container> Containers { get; }

    public IReadOnlyList<Part> Volumes => Spec["volumes"].List();

    /// <summary>Most of what is asked of Linux cannot be said of Windows.</summary>
    public bool IsWindows => Spec["os", "name"]?.Text == "windows";

    /// <summary>Runs to its end and is then gone.</summary>
    public bool IsTask => Owner.Kind is "Job" or "CronJob";

    /// <summary>Is asked for by others as long as it lives.</summary>
    public bool IsReplicated => Owner.Kind is "Deployment" or "StatefulSet" or "Rollout";

    public string ServiceAccount => Spec["serviceAccountName"].Word() ?? Spec["serviceAccount"].Word() ?? "default";
}

/// <summary>Which list of the pod a container stands in.</summary>
internal enum ContainerKind
{
    App,
    Init,

    /// <summary>An init container that stays: <c>restartPolicy: Always</c>.</summary>
    Sidecar,
    Ephemeral,
}

/// <summary>A container of a pod.</summary>
internal sealed class Container(Pod pod, Part at, ContainerKind kind)
{
    public Pod Pod => pod;

    public Part At => at;

    public ContainerKind Kind => kind;

    public string Name { get; } = at["name"].Word() ?? "";

    public Part? SecurityContext { get; } = at["securityContext"].Set();

    public string Image => at["image"].Word() ?? "";

    /// <summary>Lives as long as the pod.</summary>
    public bool Stays => kind is ContainerKind.App or ContainerKind.Sidecar;

    /// <summary><c>container 'app'</c>, <c>init container 'migrate'</c></summary>
    public string Title => $"{(kind switch { ContainerKind.Init => "init container", ContainerKind.Ephemeral => "ephemeral container", ContainerKind.Sidecar => "sidecar", _ => "container" })} '{Name}'";

    /// <summary>What its security context says, or else its pod's.</summary>
    public Part? Security(string key) => SecurityContext?[key].Set() ?? pod.SecurityContext?[key].Set();

    public IReadOnlyList<Part> Ports => at["ports"].List();

    public IReadOnlyList<Part> Env => at["env"].List();
}
