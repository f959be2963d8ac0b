using System.Text.RegularExpressions;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Model;

namespace Conway.Artifacts.Helm;

/// <summary>What the files of one chart have in common.</summary>
/// <param name="Groups">The objects, as plain manifests have them.</param>
internal sealed partial record HelmChart(SystemPlan System, IReadOnlyList<KubeGroup> Groups)
{
    /// <summary>The variable of a template that holds the values of its service.</summary>
    public const string ServiceVariable = "$service";

    /// <summary>The variable of a template that holds the values of its job.</summary>
    public const string JobVariable = "$job";

    public string Name { get; } = ObjectNames.Label(System.Model.System);

    public IEnumerable<KubeGroup> Services => Groups.Where(group => group.Service is not null && group.Job is null);

    public IEnumerable<KubeGroup> Jobs => Groups.Where(group => group.Job is not null);

    /// <summary>Whether some image is built of the system's own sources, and so has its name from the registry and version of all.</summary>
    public bool BuildsImages => System.Services.Any(IsBuilt);

    public bool HasEdge => System.Model.Gateway.Routes.Count > 0;

    /// <summary>Whether services keep anything in files.</summary>
    public bool KeepsFiles => System.Services.Any(service => service.Files.Count > 0);

    /// <summary>Whether somebody who installs may say which store of the cluster holds secrets: there are some, and each service does not read its own.</summary>
    public bool HasSecrets => !Policies.VaultPlan.IsAskedFor(System.Model) && Services.Any(group => PodParts.SecretsOf(group.Service!.Plan).Count > 0 || Kubernetes.Scalers.AsksForQueue(System, group.Service));

    /// <summary>What triggers of KEDA ask, by their keys: the name of the value that says where it is.</summary>
    public static IReadOnlyList<(string Key, string Value)> ScalerKeys { get; } = [("serverAddress", "metrics"), ("bootstrapServers", "kafka")];

    /// <summary>Where that lies what KEDA asks, by the name of the value.</summary>
    public IReadOnlyList<(string Value, string Address, string Path)> Scalers
    {
        get
        {
            var scaled = Services.Where(group => Kubernetes.Scalers.IsKeda(System) && group.Service!.IsScaled).Select(group => group.Service!.Plan.Service.Scale?.By).ToHashSet();
            return [
                .. scaled.Contains(ScaleBy.Requests) && System.Model.Deploy.Metrics is { } metrics ? [("metrics", metrics, "deploy.metrics")] : Array.Empty<(string, string, string)>(),
                .. scaled.Contains(ScaleBy.Events) && System.Model.Broker.Kafka is { } kafka ? [("kafka", kafka, "broker.kafka")] : Array.Empty<(string, string, string)>(),
            ];
        }
    }

    /// <summary>How many nodes the cluster has at the most; null where nothing runs on each.</summary>
    public int? Nodes => Services.Any(group => group.Service!.IsEverywhere) ? System.Model.Deploy.Nodes : null;

    /// <summary>Whether the version is a label of what is built; then only such versions can be given that may be one.</summary>
    public bool IsVersionLabel => System.Model.Deploy.Version is { } version && KubeMetadata.IsLabelValue(version);

    /// <summary>Where in the network lies what is used, by key.</summary>
    public IReadOnlyList<(string Key, Reach Reach)> Reached => [.. System.Services
        .SelectMany(service => Reach.NeedsOf(System, service)).Select(need => need.Key).Distinct().Order(StringComparer.Ordinal)
        .Select(key => (key, Reach: Reach.Written(System, key))).Where(one => one.Reach is not null).Select(one => (one.key, one.Reach!))];

    public static bool IsBuilt(ServicePlan service) => service.Service.Image is null;

    /// <summary>The file that something belongs into.</summary>
    public string File(string path) => $"helm/{Name}/{path}";

    /// <summary>A call of a named template.</summary>
    public string Include(string template, string argument) => $"include \"{Name}.{template}\" {argument}";

    /// <summary>The key in the values of what is reached.</summary>
    public static string ReachKey(string key) => Hyphen().Replace(key, match => match.Groups[1].Value.ToUpperInvariant());

    [GeneratedRegex("-([a-z])")]
    private static partial Regex Hyphen();
}
