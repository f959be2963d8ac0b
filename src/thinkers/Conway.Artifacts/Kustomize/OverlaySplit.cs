using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Kustomize;

/// <summary>Parts an object into what is the same in every environment and what an environment adds to it.</summary>
/// <param name="isOwnImage">Whether an image has an entry of its own among the images of the overlay.</param>
internal sealed class OverlaySplit(SystemPlan system, Func<ServicePlan, bool> isOwnImage)
{
    /// <summary>In place of the version until the overlay says it.</summary>
    public const string Unversioned = "set-by-the-overlay";

    public const string VersionLabel = "app.kubernetes.io/version";

    private readonly List<YamlNode> _operations = [];

    /// <summary>Kinds that say nothing but what belongs to an environment.</summary>
    public static bool BelongsToOverlay(YamlMap one) => KindOf(one) is "Namespace" or "ResourceQuota" or "Gateway" or "ConfigMap" or "ExternalSecret" or "HorizontalPodAutoscaler" or "ScaledObject" or "TriggerAuthentication" or "VerticalPodAutoscaler" or "Role" or "RoleBinding" or "Job"
        || (one["spec"] is YamlMap spec && (spec["externalTrafficPolicy"] ?? spec["externalName"]) is not null);

    public static string KindOf(YamlMap one) => ((YamlText)one["kind"]!).Text;

    public static string NameOf(YamlMap one) => ((YamlText)((YamlMap)one["metadata"]!)["name"]!).Text;

    /// <summary>Takes out of an object of the base what belongs to the environment, and answers with the operations (RFC 6902) that put it back.</summary>
    public YamlList Split(YamlMap one, KubeGroup group)
    {
        _operations.Clear();
        var spec = one["spec"] as YamlMap;
        switch (KindOf(one))
        {
            case "Deployment":
                Move(spec!, "/spec", "replicas");
                Pod((YamlMap)spec!["template"]!, "/spec/template", group);
                break;
            case "DaemonSet":
                Pod((YamlMap)spec!["template"]!, "/spec/template", group);
                break;
            case "StatefulSet":
                Move(spec!, "/spec", "replicas");
                Pod((YamlMap)spec!["template"]!, "/spec/template", group);
                Claims((YamlList)spec["volumeClaimTemplates"]!);
                break;
            case "CronJob":
                Move(spec!, "/spec", "schedule", "timeZone");
                Pod((YamlMap)((YamlMap)((YamlMap)spec!["jobTemplate"]!)["spec"]!)["template"]!, "/spec/jobTemplate/spec/template", group);
                break;
            case "HTTPRoute":
                Move((YamlMap)((YamlList)spec!["parentRefs"]!).Items[0], "/spec/parentRefs/0", "namespace");
                Move(spec, "/spec", "hostnames");
                break;
            case "Ingress":
                Move(spec!, "/spec", "ingressClassName", "tls");
                Move((YamlMap)((YamlList)spec!["rules"]!).Items[0], "/spec/rules/0", "host");
                break;
            case "NetworkPolicy" when spec!["ingress"] is not null:
                Policy(spec);
                break;
            case "PriorityClass":
                ((YamlMap)one["metadata"]!).Put("name", PriorityOf(NameOf(one)));
                break;
        }

        Common(one);
        return new YamlList([.. _operations]) { Origin = new Origin(group.Path, ArtifactRules.KustomizePatch) };
    }

    /// <summary>What holds for objects of the base and of the overlay: the namespace is set for all of them at once, but not for what lies elsewhere.</summary>
    public void Common(YamlMap one)
    {
        var metadata = (YamlMap)one["metadata"]!;
        if (KindOf(one) != "Gateway")
        {
            metadata.Take("namespace");
        }

        Unversion(metadata);
    }

    /// <summary>The name of a priority class without that of the namespace.</summary>
    public string PriorityOf(string name) => name == NamespaceObjects.PriorityOf(system, critical: true) ? "critical" : "usual";

    private void Pod(YamlMap template, string path, KubeGroup group)
    {
        var metadata = (YamlMap)template["metadata"]!;
        Unversion(metadata);
        Move(metadata, $"{path}/metadata", "annotations");
        var spec = (YamlMap)template["spec"]!;
        Move((YamlMap)spec["securityContext"]!, $"{path}/spec/securityContext", "seLinuxOptions");
        spec.Put("priorityClassName", PriorityOf(((YamlText)spec["priorityClassName"]!).Text));
        var container = (YamlMap)((YamlList)spec["containers"]!).Items[0];
        var at = $"{path}/spec/containers/0";
        var plan = group.Service!.Plan;
        if (!isOwnImage(plan))
        {
            Add($"{at}/image", container["image"]!, "replace");
        }

        container.Put("image", KustomizeTarget.BaseImageOf(system, plan));
        MoveItems(container, at, "env", variable => variable.Origin?.Path == "deploy.telemetry" || variable.Origin?.Rule == ArtifactRules.ExternalSystem);
        Move(container, at, "envFrom", "resources");
    }

    private void Claims(YamlList claims)
    {
        for (var i = 0; i < claims.Items.Count; i++)
        {
            Move((YamlMap)((YamlMap)claims.Items[i])["spec"]!, string.Create(CultureInfo.InvariantCulture, $"/spec/volumeClaimTemplates/{i}/spec"), "storageClassName", "resources");
        }
    }

    private void Policy(YamlMap spec)
    {
        static bool IsEdge(YamlNode peer) => peer.Origin?.Path == "deploy.edge.namespace" || peer.Origin?.Rule == ArtifactRules.ExposedFrom;
        if (spec["ingress"] is YamlList { Items: [YamlMap rule, ..] all } && rule["from"] is YamlList { Items: var peers } && peers.Any(IsEdge))
        {
            if (peers.All(IsEdge))
            {
                Add("/spec/ingress/0", rule);
                spec.Put("ingress", new YamlList([.. all.Skip(1)]));
            }
            else
            {
                MoveItems(rule, "/spec/ingress/0", "from", IsEdge);
            }
        }

        var scrapes = ((YamlList)spec["ingress"]!).Items.Where(rule => rule.Origin?.Rule == ArtifactRules.MeshScrape).ToArray();
        foreach (var scrape in scrapes)
        {
            Add("/spec/ingress/-", scrape);
        }

        spec.Put("ingress", new YamlList([.. ((YamlList)spec["ingress"]!).Items.Except(scrapes)]));
        MoveItems(spec, "/spec", "egress", rule => rule is YamlMap map && (map["to"]?.Origin?.Path.StartsWith("deploy.reach.", StringComparison.Ordinal) == true || map.Origin?.Rule == ArtifactRules.ExternalSystem || map.Origin?.Rule == ArtifactRules.MeshControl));
    }

    private void Move(YamlMap map, string path, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (map[key] is { } value)
            {
                Add($"{path}/{key}", value with { Origin = value.Origin ?? map.Origin });
                map.Take(key);
            }
        }
    }

    private void MoveItems(YamlMap map, string path, string key, Func<YamlNode, bool> which)
    {
        var items = ((YamlList)map[key]!).Items;
        for (var i = 0; i < items.Count; i++)
        {
            if (which(items[i]))
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"{path}/{key}/{i}"), items[i]);
            }
        }

        map.Put(key, new YamlList([.. items.Where(item => !which(item))]));
    }

    private void Add(string path, YamlNode value, string operation = "add") =>
        _operations.Add(new YamlMap { Origin = value.Origin }.Set("op", operation).Set("path", path).Set("value", value));

    private static void Unversion(YamlMap metadata)
    {
        if (metadata["labels"] is YamlMap labels && labels[VersionLabel] is not null)
        {
            labels.Put(VersionLabel, Unversioned);
        }
    }
}
