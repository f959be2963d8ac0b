using System.Globalization;
using System.Net;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Istio;

/// <summary>What the proxy of a service knows: those that it calls, and where what it uses lies. Everything else it lets nobody reach.</summary>
internal static class IstioReach
{
    public static YamlMap Of(SystemPlan system, ServicePlan plan)
    {
        var hosts = new List<(string Host, string Path)>();
        hosts.AddRange(MeshCalls.Of(system, plan).Select(call => ($"./{IstioTarget.HostOf(system, call.Callee)}", call.Path)));
        foreach (var need in Reach.NeedsOf(system, plan).DistinctBy(need => need.Key))
        {
            if (Reach.Written(system, need.Key) is { } reach)
            {
                hosts.Add((reach.Namespace is { } space ? $"{space}/*" : $"./{NameOfReach(need.Key)}", need.Path));
            }
        }

        foreach (var external in ExternalPlan.UsedBy(system.Model, plan.Service))
        {
            hosts.AddRange(HostsOf(system, external).Select(host => (host, external.Path)));
        }

        var known = hosts.DistinctBy(host => host.Host).OrderBy(host => host.Host, StringComparer.Ordinal).Select(host => (YamlNode)new YamlText(host.Host) { Origin = new Origin(host.Path, ArtifactRules.MeshReach) }).ToArray();
        return KubeMetadata.Object(system, plan, IstioTarget.Networking, "Sidecar", plan.Label, plan.Label, "service", ArtifactRules.MeshReach).Set("spec", new YamlMap()
            .Set("workloadSelector", new YamlMap().Set("labels", IstioTarget.Workload(plan)))
            .Set("outboundTrafficPolicy", new YamlMap().Set("mode", "REGISTRY_ONLY"))
            .Set("egress", new YamlList(new YamlMap().Set("hosts", known.Length > 0 ? new YamlList(known) : new YamlList("~/*")))));
    }

    /// <summary>Entries for what the registry of the mesh does not have by itself.</summary>
    public static IEnumerable<YamlMap> Outside(SystemPlan system)
    {
        var needs = system.Services.SelectMany(plan => Reach.NeedsOf(system, plan)).DistinctBy(need => need.Key).OrderBy(need => need.Key, StringComparer.Ordinal);
        foreach (var need in needs)
        {
            if (Reach.Written(system, need.Key) is { Addresses: { } block } reach)
            {
                yield return Entry(system, $"reach-{need.Key}", $"deploy.reach.{need.Key}", NameOfReach(need.Key), [block], reach.Port, "TCP");
            }
        }

        foreach (var external in system.Services.SelectMany(plan => ExternalPlan.UsedBy(system.Model, plan.Service)).DistinctBy(external => external.Name).Where(external => external.Alias is null).OrderBy(external => external.Name, StringComparer.Ordinal))
        {
            if (PortOf(external) is not { } port)
            {
                continue; // the policies of the network have told that
            }

            var protocol = external.External.Address.Split(':')[0] switch { "https" => "TLS", "http" => "HTTP", _ => "TCP" };
            var isAddress = IPAddress.TryParse(external.Host.Trim('[', ']'), out var address);
            string[] blocks = isAddress ? [address!.ToString()] : protocol == "TCP" ? [.. external.Places().Select(place => place.Reach?.Addresses).OfType<string>()] : [];
            yield return Entry(system, ObjectNames.Derived(external.Name, "-external", _ => false), external.Path, EntryHost(external), blocks, port, protocol);
        }
    }

    private static string NameOfReach(string key) => $"{key}.reach.conway.internal";

    private static string EntryHost(ExternalPlan external) => external.Host.Length > 0 && !IPAddress.TryParse(external.Host.Trim('[', ']'), out _) ? external.Host : $"{external.Name}.external.conway.internal";

    private static int? PortOf(ExternalPlan external) =>
        Uri.TryCreate(external.External.Address, UriKind.Absolute, out var uri) && uri.Port > 0 ? uri.Port : external.Places().Select(place => place.Reach?.Port).FirstOrDefault(port => port is not null);

    // One in the cluster has a name here too, which Istio takes for another name of the same.
    private static IEnumerable<string> HostsOf(SystemPlan system, ExternalPlan external)
    {
        var spaces = external.Places().Select(place => place.Reach?.Namespace).OfType<string>().Select(space => $"{space}/*");
        return external.Alias is { } alias ? spaces.Prepend($"./{alias}.{KubeMetadata.NamespaceOf(system)}.svc.cluster.local") : spaces.Prepend($"./{EntryHost(external)}");
    }

    private static YamlMap Entry(SystemPlan system, string name, string path, string host, string[] addresses, int port, string protocol) =>
        NamespaceObjects.Object(system, IstioTarget.Networking, "ServiceEntry", name, ArtifactRules.MeshOutside, path).Set("spec", new YamlMap()
            .Set("hosts", new YamlList(host))
            .SetIf(addresses.Length > 0, "addresses", () => YamlList.Of(addresses))
            .Set("exportTo", new YamlList("."))
            .Set("location", "MESH_EXTERNAL")
            .Set("ports", new YamlList(new YamlMap().Set("number", port).Set("name", string.Create(CultureInfo.InvariantCulture, $"{protocol.ToLowerInvariant()}-{port}")).Set("protocol", protocol)))
            .Set("resolution", addresses.Length > 0 ? "NONE" : "DNS"));
}
