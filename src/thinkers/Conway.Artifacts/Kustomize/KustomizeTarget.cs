using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Kustomize;

/// <summary>The same objects as the plain manifests, as a base that is the same in every environment and an overlay that makes it this one.</summary>
internal static class KustomizeTarget
{
    private const string Api = "kustomize.config.k8s.io/v1beta1";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        var images = ImagesOf(system);
        var split = new OverlaySplit(system, plan => images.ContainsKey(BaseImageOf(system, plan)));
        List<string> resources = ["../base"];
        var (bases, patches, files) = (new List<string>(), new List<YamlNode>(), new List<ArtifactFile>());
        foreach (var group in KubeGroup.All(system, findings))
        {
            var folder = group.Name switch { KubeGroup.Whole => "0-namespace", KubeGroup.Edge => "1-edge", _ => group.Name };
            var own = group.Objects.Where(one => !OverlaySplit.BelongsToOverlay(one)).ToArray();
            var others = group.Objects.Where(OverlaySplit.BelongsToOverlay).ToArray();
            foreach (var (one, number) in own.GroupBy(OverlaySplit.KindOf).SelectMany(kind => kind.Select((one, i) => (one, i + 1))))
            {
                var (kind, name) = (OverlaySplit.KindOf(one), OverlaySplit.NameOf(one));
                var operations = split.Split(one, group);
                if (operations.Items.Count > 0)
                {
                    var file = string.Create(CultureInfo.InvariantCulture, $"patches/{folder}/{kind.ToLowerInvariant()}{(number == 1 ? "" : $"-{number}")}.yaml");
                    patches.Add(Because(group.Path).Set("path", file).Set("target", new YamlMap().Set("kind", kind).Set("name", name)));
                    files.Add(new($"kustomize/overlay/{file}", YamlWriter.Write(operations)));
                }
            }

            foreach (var one in others)
            {
                split.Common(one);
            }

            if (own.Length > 0)
            {
                bases.Add($"{folder}.yaml");
                files.Add(YamlWriter.File($"kustomize/base/{folder}.yaml", group.Path, own));
            }

            if (others.Length > 0)
            {
                resources.Add($"resources/{folder}.yaml");
                files.Add(new($"kustomize/overlay/resources/{folder}.yaml", YamlWriter.Write(others)));
            }
        }

        return [.. files, Base(bases), Overlay(system, resources, images, patches), Namespace(system)];
    }

    /// <summary>An image as the base names it: without what belongs to an environment.</summary>
    public static string BaseImageOf(SystemPlan system, ServicePlan plan) =>
        plan.Service.Image is null ? SystemPlan.RepositoryOf(system.Model, plan.Name) : ImageReference.Of(plan.Image).Name;

    /// <summary>By the name in the base: the images that are the same for all who have that name. The others are patched.</summary>
    private static Dictionary<string, ServicePlan> ImagesOf(SystemPlan system) => system.Services
        .GroupBy(plan => BaseImageOf(system, plan), StringComparer.Ordinal)
        .Where(group => group.Select(plan => plan.Image).Distinct().Count() == 1)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private static ArtifactFile Base(List<string> files) => new("kustomize/base/kustomization.yaml", YamlWriter.Write([new YamlMap { Origin = new Origin("system", ArtifactRules.KustomizeBase) }
        .Set("apiVersion", Api).Set("kind", "Kustomization")
        .Set("resources", new YamlList([.. YamlList.Of(files.Order(StringComparer.Ordinal)).Items, Region("resources")]))]));

    private static ArtifactFile Overlay(SystemPlan system, List<string> resources, Dictionary<string, ServicePlan> images, List<YamlNode> patches)
    {
        var map = new YamlMap { Origin = new Origin("system", ArtifactRules.KustomizeOverlay) }
            .Set("apiVersion", Api).Set("kind", "Kustomization")
            .Set("resources", new YamlList([.. YamlList.Of(resources).Items, Region("resources")]))
            .Set("transformers", new YamlList("namespace.yaml"), ArtifactRules.Namespace, "deploy.namespace")
            .Set("images", new YamlList([.. images.Select(image => (YamlNode)Image(image.Key, image.Value)), Region("images")]), ArtifactRules.KubeImage, "services");
        return new("kustomize/overlay/kustomization.yaml", YamlWriter.Write([map.Set("patches", new YamlList([.. Versions(system), .. Priorities(system), .. patches, Region("patches")]), ArtifactRules.KustomizePatch, "services")]));
    }

    private static YamlMap Image(string name, ServicePlan plan)
    {
        var parts = ImageReference.Of(plan.Image);
        var image = new YamlMap { Origin = new Origin(plan.ImagePath, ArtifactRules.KubeImage) }.Set("name", name);
        return image.SetIf(parts.Name != name, "newName", () => parts.Name)
            .SetIf(parts.Tag.Length > 0, "newTag", () => parts.Tag)
            .SetIf(parts.Digest.Length > 0, "digest", () => parts.Digest);
    }

    /// <summary>The version is a label of many objects, so it is set for all that have one.</summary>
    private static IEnumerable<YamlNode> Versions(SystemPlan system)
    {
        if (system.Model.Deploy.Version is not { } version || !KubeMetadata.IsLabelValue(version) || system.Services.All(plan => plan.Service.Image is not null))
        {
            yield break;
        }

        List<(string? Kind, string Path)> templates = [(null, "/metadata"), ("Deployment|StatefulSet|DaemonSet", "/spec/template/metadata")];
        if (system.Model.Jobs.Values.Any(job => job.Schedule is not null))
        {
            templates.Add(("CronJob", "/spec/jobTemplate/spec/template/metadata"));
        }

        foreach (var (kind, path) in templates)
        {
            var target = new YamlMap().SetIf(kind is not null, "kind", () => kind!).Set("labelSelector", OverlaySplit.VersionLabel);
            yield return Inline(target, new Origin("deploy.version", ArtifactRules.Labels), $"{path}/labels/{OverlaySplit.VersionLabel.Replace("/", "~1", StringComparison.Ordinal)}", version);
        }
    }

    /// <summary>A priority class belongs to the whole cluster, so it gets the namespace into its name, and whoever refers to it too.</summary>
    private static IEnumerable<YamlNode> Priorities(SystemPlan system) =>
        new[] { true, false }.Where(critical => system.Services.Any(plan => KubeService.IsCriticalIn(system, plan) == critical)).Select(critical => (YamlNode)Inline(
            new YamlMap().Set("kind", "PriorityClass").Set("name", critical ? "critical" : "usual"), new Origin("deploy.namespace", ArtifactRules.Priority), "/metadata/name", NamespaceObjects.PriorityOf(system, critical))
            .Set("options", new YamlMap().Set("allowNameChange", true)));

    private static YamlMap Inline(YamlMap target, Origin origin, string path, string value) =>
        new YamlMap { Origin = origin }.Set("target", target).Set("patch", new YamlBlock("- op: replace", $"  path: {path}", $"  value: {YamlScalar.Write(value)}"));

    private static ArtifactFile Namespace(SystemPlan system) => new("kustomize/overlay/namespace.yaml", YamlWriter.Write([new YamlMap { Origin = new Origin("deploy.namespace", ArtifactRules.KustomizeNamespace) }
        .Set("apiVersion", "builtin").Set("kind", "NamespaceTransformer")
        .Set("metadata", new YamlMap().Set("name", "namespace").Set("namespace", KubeMetadata.NamespaceOf(system)))
        .Set("unsetOnly", true)]));

    private static YamlMap Because(string path) => new() { Origin = new Origin(path, ArtifactRules.KustomizePatch) };

    private static YamlKeep Region(string name) => new(name) { Origin = new Origin("system", ArtifactRules.KeepRegion) };
}
