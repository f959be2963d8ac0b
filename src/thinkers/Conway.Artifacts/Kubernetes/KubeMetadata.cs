using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Kubernetes;

/// <summary>Names, labels and selectors, from one place, so that they agree.</summary>
internal static partial class KubeMetadata
{
    public const string NameLabel = "app.kubernetes.io/name";
    public const string InstanceLabel = "app.kubernetes.io/instance";

    /// <summary>The label that every namespace has its own name in.</summary>
    public const string NamespaceLabel = "kubernetes.io/metadata.name";

    /// <summary>The labels that pods are selected by.</summary>
    public static YamlMap Selector(string name) => new YamlMap().Set(NameLabel, name).Set(InstanceLabel, name);

    public static YamlMap MatchLabels(string name) => new YamlMap().Set("matchLabels", Selector(name));

    /// <summary>A new object of a service.</summary>
    /// <param name="instance">The workload that it belongs to.</param>
    /// <param name="name">Its own name.</param>
    public static YamlMap Object(SystemPlan system, ServicePlan service, string apiVersion, string kind, string name, string instance, string component, ArtifactRule rule, string? part = null) =>
        new YamlMap { Origin = service.Because(rule, part) }
            .Set("apiVersion", apiVersion)
            .Set("kind", kind)
            .Set("metadata", Of(system, service, name, instance, component));

    public static YamlMap Of(SystemPlan system, ServicePlan service, string name, string instance, string component)
    {
        var metadata = new YamlMap().Set("name", name).Set("namespace", NamespaceOf(system), ArtifactRules.Namespace, "deploy.namespace")
            .Set("labels", Labels(system, service, instance, component));
        var annotations = new YamlMap();
        if (service.Service.Description is { Length: > 0 } description)
        {
            annotations.Set("kubernetes.io/description", description, ArtifactRules.Declared, $"{service.Path}.description");
        }

        if (service.Team is { } team && system.Model.Teams.TryGetValue(team, out var found) && found.Contact is { Length: > 0 } contact)
        {
            annotations.Set("contact", contact, ArtifactRules.Owner, $"teams.{team}.contact");
        }

        return annotations.IsEmpty ? metadata : metadata.Set("annotations", annotations);
    }

    /// <summary>Says on an object that a rule of our linter does not hold for it, and why.</summary>
    public static void Ignore(YamlMap one, string rule, string reason, Origin origin)
    {
        var metadata = (YamlMap)one["metadata"]!;
        var annotations = metadata["annotations"] as YamlMap ?? new YamlMap();
        metadata.Put("annotations", annotations.Set($"ignore.conway.dev/K8S-{rule}", new YamlText(reason) { Origin = origin }));
    }

    public static YamlMap Labels(SystemPlan system, ServicePlan service, string instance, string component)
    {
        // The short one is what a mesh, its telemetry and kubescape look for.
        var labels = Selector(instance)
            .Set("app", instance)
            .Set("app.kubernetes.io/component", component)
            .Set("app.kubernetes.io/part-of", ObjectNames.Label(system.Model.System))
            .Set("app.kubernetes.io/managed-by", "conway");
        if (service.Service.Image is null && system.Model.Deploy.Version is { } version && IsLabelValue(version))
        {
            labels.Set("app.kubernetes.io/version", version, ArtifactRules.Labels, "deploy.version");
        }

        if (service.Team is { } team)
        {
            labels.Set("owner", ObjectNames.Label(team), ArtifactRules.Owner, service.Service.Team is null ? $"{service.Path}.context" : $"{service.Path}.team");
        }

        return labels with { Origin = service.Because(ArtifactRules.Labels) };
    }

    public static string NamespaceOf(SystemPlan system) => system.Model.Deploy.Namespace ?? ObjectNames.Label(system.Model.System);

    /// <summary>Whether a text may be the value of a label.</summary>
    public static bool IsLabelValue(string text) => LabelValue().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelValue();
}
