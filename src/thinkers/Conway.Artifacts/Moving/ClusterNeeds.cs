using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts;

/// <summary>What generated objects refer to and nothing generates.</summary>
internal static class ClusterNeeds
{
    // What every cluster serves, whatever is installed in it.
    private static readonly HashSet<string> Served = new(StringComparer.Ordinal)
    {
        "admissionregistration.k8s.io", "apps", "autoscaling", "batch", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "scheduling.k8s.io", "storage.k8s.io",
    };

    // Read by programs at other places than a cluster.
    private static readonly string[] OfPrograms = ["kustomize.config.k8s.io/", "openslo/", "backstage.io/"];

    private static readonly string[] Order = ["API", "GatewayClass", "IngressClass", "ClusterSecretStore", "Vault", "StorageClass", "Namespace", "Secret"];

    public static IReadOnlyList<ClusterNeed> Of(SystemPlan system, IReadOnlyList<KubeGroup> groups, IReadOnlyList<(string Target, ArtifactTree Tree)> trees)
    {
        var asked = groups.SelectMany(group => group.Objects.SelectMany(one => References(one, new Place(Elsewhere(system, one), Whose(group), PathOf(group), system.Model.Secrets.Vault ?? "")))).ToList();
        asked.AddRange(trees.SelectMany(tree => Apis(tree.Target, tree.Tree)));
        asked.AddRange(OfOthers(system).Where(one => one is not { Kind: "Namespace" } || one.Name != KubeMetadata.NamespaceOf(system)));
        var made = groups.SelectMany(group => group.Objects).Where(one => Text(one, "kind") is "Secret" or "ExternalSecret")
            .Select(one => Text(one["spec"] as YamlMap is { } spec && spec["target"] is YamlMap target ? target : one["metadata"] as YamlMap, "name")).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from one in asked
               where one.Name.Length > 0 && !(one.Kind == "Secret" && made.Contains(one.Name))
               group one by (one.Kind, one.Name) into same
               orderby Array.IndexOf(Order, same.Key.Kind), same.Key.Name
               select new ClusterNeed(same.Key.Kind, same.Key.Name, Sorted(same.Select(one => one.Key)), Sorted(same.Select(one => one.For)), same.First().Path),
        ];
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> texts) => [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Whose(KubeGroup group) => group.Job?.Name ?? group.Service?.Plan.Name ?? (group.Name == KubeGroup.Edge ? "gateway" : "namespace");

    /// <summary>The namespace of an object and a slash, when it is not in that of the system.</summary>
    private static string Elsewhere(SystemPlan system, YamlMap one) =>
        Text(one["metadata"] as YamlMap, "namespace") is { Length: > 0 } name && name != KubeMetadata.NamespaceOf(system) ? name + "/" : "";

    private static string PathOf(KubeGroup group) => group.Name == KubeGroup.Whole ? "deploy" : group.Path;

    /// <summary>Everything that a part of an object names.</summary>
    private static IEnumerable<Asked> References(YamlNode node, Place at)
    {
        switch (node)
        {
            case YamlList list:
                return list.Items.SelectMany(item => References(item, at));
            case YamlMap map:
                return map.Entries.SelectMany(entry => Named(map, entry.Key, entry.Value, at).Concat(References(entry.Value, at)));
            default:
                return [];
        }
    }

    private static IEnumerable<Asked> Named(YamlMap around, string key, YamlNode value, Place at)
    {
        switch (key)
        {
            case "gatewayClassName":
                yield return new Asked("GatewayClass", Text(value), "", at.For, "deploy.edge.class");
                break;
            case "ingressClassName":
                yield return new Asked("IngressClass", Text(value), "", at.For, "deploy.edge.class");
                break;
            case "storageClassName":
                yield return new Asked("StorageClass", Text(value), "", at.For, "deploy.storage-class");
                break;
            case "certificateRefs" when value is YamlList certificates:
                foreach (var one in certificates.Items.OfType<YamlMap>())
                {
                    yield return new Asked("Secret", at.Namespace + Text(one, "name"), "", at.For, "deploy.edge.certificate");
                }

                break;
            case "tls" when value is YamlList hosts:
                foreach (var one in hosts.Items.OfType<YamlMap>())
                {
                    yield return new Asked("Secret", at.Namespace + Text(one, "secretName"), "", at.For, "deploy.edge.certificate");
                }

                break;
            case "secretStoreRef" when value is YamlMap store && around["data"] is YamlList data:
                foreach (var one in data.Items.OfType<YamlMap>())
                {
                    var entry = Text(one["remoteRef"] as YamlMap, "key");
                    yield return Text(store, "kind") == "ClusterSecretStore" ? new Asked("ClusterSecretStore", Text(store, "name"), entry, at.For, "deploy.secret-store") : new Asked("Vault", at.Vault, entry, at.For, "deploy.vault");
                }

                break;
            case "secretKeyRef" when value is YamlMap secret:
                yield return new Asked("Secret", at.Namespace + Text(secret, "name"), Text(secret, "key"), at.For, at.Path);
                break;
            case "secretTargetRef" when value is YamlList targets:
                foreach (var one in targets.Items.OfType<YamlMap>())
                {
                    yield return new Asked("Secret", at.Namespace + Text(one, "name"), Text(one, "key"), at.For, at.Path);
                }

                break;
            case "secret" when value is YamlMap volume && Text(volume, "secretName") is { Length: > 0 } name:
                yield return new Asked("Secret", at.Namespace + name, "", at.For, at.Path);
                foreach (var item in (volume["items"] as YamlList)?.Items.OfType<YamlMap>() ?? [])
                {
                    yield return new Asked("Secret", at.Namespace + name, Text(item, "key"), at.For, at.Path);
                }

                break;
        }
    }

    /// <summary>Kinds that an operator brings, by what the files hold: each object begins in the first column.</summary>
    private static IEnumerable<Asked> Apis(string target, ArtifactTree tree)
    {
        const string Api = "apiVersion: ";
        const string Kind = "kind: ";
        foreach (var file in tree.Files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var api = "";
            foreach (var line in file.Lines)
            {
                if (line.Text.StartsWith(Api, StringComparison.Ordinal))
                {
                    api = line.Text[Api.Length..].Trim('"');
                }
                else if (line.Text.StartsWith(Kind, StringComparison.Ordinal) && api.Contains('/', StringComparison.Ordinal) && !Served.Contains(api[..api.IndexOf('/', StringComparison.Ordinal)]) && !OfPrograms.Any(other => api.StartsWith(other, StringComparison.Ordinal)))
                {
                    yield return new Asked("API", api, line.Text[Kind.Length..].Trim('"'), target, "deploy");
                }
            }
        }
    }

    /// <summary>What others have: where they run, which the policies let in or out, and the certificate of their gateway.</summary>
    private static IEnumerable<Asked> OfOthers(SystemPlan system)
    {
        var deploy = system.Model.Deploy;
        if (system.Model.Gateway.Routes.Count > 0 && deploy.Edge.Namespace is { } edge)
        {
            yield return new Asked("Namespace", edge, "", "gateway", "deploy.edge.namespace");
            if (EdgeObjects.IsIstio(system))
            {
                yield return new Asked("Secret", $"{edge}/{EdgeObjects.CertificateOf(system)}", "", "gateway", "deploy.edge.certificate");
            }
        }

        if (deploy.Prometheus is { } prometheus)
        {
            yield return new Asked("Namespace", prometheus, "", "metrics", "deploy.prometheus");
        }

        foreach (var key in deploy.Reach.Select(reach => reach.Key))
        {
            if (Reach.Written(system, key)?.Namespace is { } name)
            {
                yield return new Asked("Namespace", name, "", key, $"deploy.reach.{key}");
            }
        }
    }

    private static string Text(YamlMap? map, string key) => map?[key] is { } value ? Text(value) : "";

    private static string Text(YamlNode node) => node is YamlText text ? text.Text : "";

    /// <param name="Namespace">With a slash after it; empty for that of the system.</param>
    /// <param name="Vault">Address of the server that secrets are in; empty for none.</param>
    private sealed record Place(string Namespace, string For, string Path, string Vault);

    private sealed record Asked(string Kind, string Name, string Key, string For, string Path);
}
