using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Kubernetes;

/// <summary>Who may talk with whom: what the model declares, and nothing else.</summary>
internal static class NetworkPolicies
{
    private const int DnsPort = 53;

    /// <summary>For every pod of the namespace that no other policy selects: nothing.</summary>
    public static YamlMap Default(SystemPlan system) =>
        NamespaceObjects.Object(system, "networking.k8s.io/v1", "NetworkPolicy", "default-deny", ArtifactRules.DefaultDeny).Set("spec", new YamlMap()
            .Set("podSelector", new YamlMap())
            .Set("policyTypes", new YamlList("Ingress", "Egress")));

    public static YamlMap OfService(SystemPlan system, KubeService service, IReadOnlyList<JobPlan> jobs, List<Finding> findings)
    {
        var plan = service.Plan;
        var from = new List<YamlNode>();
        foreach (var caller in plan.Callers.Where(caller => caller != plan.Name).Append(plan.Callers.Contains(plan.Name) ? plan.Name : null).OfType<string>())
        {
            from.Add(Pods(system[caller].Label, $"services.{caller}.calls.{plan.Name}"));
            from.AddRange(jobs.Where(job => job.Service.Name == caller).Select(job => Pods(job.Label, $"services.{caller}.calls.{plan.Name}")));
        }

        if (plan.IsRouted && system.Model.Deploy.Edge.Namespace is { } edge)
        {
            from.Add(new YamlMap { Origin = new Origin("deploy.edge.namespace", ArtifactRules.NetworkIngress) }.Set("namespaceSelector", new YamlMap().Set("matchLabels", new YamlMap().Set(KubeMetadata.NamespaceLabel, edge))));
        }

        var outside = new List<YamlNode>();
        if (plan.Service.Expose is { } expose)
        {
            outside.AddRange(expose.From.Where(Reach.IsBlock).Select(block => new YamlMap { Origin = plan.Because(ArtifactRules.ExposedFrom, "expose.from") }.Set("ipBlock", new YamlMap().Set("cidr", block))));
        }

        // Where pods reach each other at another port, that one is no way in for others.
        var mesh = Mesh.Of(system);
        var (rules, inside) = (new List<YamlNode>(), mesh.Ports(system));
        var peers = inside is [SystemPlan.Port] ? new[] { (From: (List<YamlNode>)[.. from, .. outside], Ports: inside) } : [(from, inside), (outside, [SystemPlan.Port])];
        rules.AddRange(peers.Where(one => one.From.Count > 0).Select(one => new YamlMap().Set("from", new YamlList(one.From)).Set("ports", Ports("TCP", one.Ports))));

        rules.AddRange(mesh.Scrapes(system));
        var ingress = new YamlList(rules);
        return Policy(system, plan, service.Name, service.Name, "service", ingress, Egress(system, plan, findings));
    }

    public static YamlMap OfJob(SystemPlan system, JobPlan job, List<Finding> findings) =>
        Policy(system, job.Service, job.Label, job.Label, "job", new YamlList(), Egress(system, job.Service, findings));

    private static YamlMap Policy(SystemPlan system, ServicePlan plan, string name, string instance, string component, YamlList ingress, YamlList egress) =>
        KubeMetadata.Object(system, plan, "networking.k8s.io/v1", "NetworkPolicy", name, instance, component, ArtifactRules.NetworkIngress).Set("spec", new YamlMap()
            .Set("podSelector", KubeMetadata.MatchLabels(instance), ArtifactRules.Labels, plan.Path)
            .Set("policyTypes", new YamlList("Ingress", "Egress"), ArtifactRules.DefaultDeny, plan.Path)
            .Set("ingress", ingress)
            .Set("egress", egress, ArtifactRules.NetworkEgress, plan.Path));

    private static YamlList Egress(SystemPlan system, ServicePlan plan, List<Finding> findings)
    {
        var (rules, mesh) = (new List<YamlNode> { Dns(plan.Because(ArtifactRules.NetworkDns)) }, Mesh.Of(system));
        foreach (var callee in plan.Service.Calls.Keys.Where(callee => system.Model.Services.ContainsKey(callee)).Order(StringComparer.Ordinal))
        {
            var path = $"{plan.Path}.calls.{callee}";
            rules.Add(new YamlMap { Origin = new Origin(path, ArtifactRules.NetworkEgress) }
                .Set("to", new YamlList(Pods(system[callee].Label, path)))
                .Set("ports", Ports("TCP", mesh.Ports(system))));
        }

        foreach (var need in Reach.NeedsOf(system, plan).DistinctBy(need => need.Key))
        {
            if (Reach.Of(system, plan, need, findings) is { } reach)
            {
                rules.Add(new YamlMap { Origin = new Origin(need.Path, ArtifactRules.NetworkEgress) }
                    .Set("to", new YamlList(reach.Peer()), ArtifactRules.NetworkEgress, $"deploy.reach.{need.Key}")
                    .Set("ports", Ports("TCP", reach.Port), ArtifactRules.NetworkEgress, $"deploy.reach.{need.Key}"));
            }
        }

        foreach (var external in ExternalPlan.UsedBy(system.Model, plan.Service))
        {
            rules.AddRange(Places(external, plan, findings).Select(reach => new YamlMap { Origin = new Origin($"{external.Path}.in", ArtifactRules.ExternalSystem) }
                .Set("to", new YamlList(reach.Peer()))
                .Set("ports", Ports("TCP", reach.Port))));
        }

        rules.AddRange(mesh.Control(system));
        rules.Add(new YamlKeep("egress") { Origin = plan.Because(ArtifactRules.KeepRegion) });
        return new YamlList(rules);
    }

    private static IEnumerable<Reach> Places(ExternalPlan external, ServicePlan plan, List<Finding> findings)
    {
        var path = $"{external.Path}.in";
        var places = external.Places().ToArray();
        var wrong = places.FirstOrDefault(place => place.Reach is null);
        if ((places.Length == 0 || wrong.Text is not null) && findings.All(finding => finding.ModelPath != path))
        {
            findings.Add(ArtifactFindings.Needed(
                path,
                wrong.Text is null ? $"'{plan.Name}' uses '{external.Name}', and nothing says where in the network that is." : $"'{wrong.Text}' is no place in the network.",
                $"Write addresses or a namespace, and the port: 'externals: {{ {external.Name}: {{ address: \"{external.External.Address}\", in: [\"203.0.113.0/24:443\"] }} }}'."));
        }

        return places.Select(place => place.Reach).OfType<Reach>();
    }

    /// <summary>The rule that lets a pod ask for names.</summary>
    public static YamlMap Dns(Origin origin) =>
        new YamlMap { Origin = origin }
            .Set("to", new YamlList(new YamlMap()
                .Set("namespaceSelector", new YamlMap().Set("matchLabels", new YamlMap().Set(KubeMetadata.NamespaceLabel, "kube-system")))
                .Set("podSelector", new YamlMap().Set("matchLabels", new YamlMap().Set("k8s-app", "kube-dns")))))
            .Set("ports", new YamlList(new YamlMap().Set("protocol", "UDP").Set("port", DnsPort), new YamlMap().Set("protocol", "TCP").Set("port", DnsPort)));

    private static YamlMap Pods(string name, string path) => new YamlMap { Origin = new Origin(path, ArtifactRules.NetworkIngress) }.Set("podSelector", KubeMetadata.MatchLabels(name));

    public static YamlList Ports(string protocol, params IReadOnlyList<int> ports) => new([.. ports.Select(port => new YamlMap().Set("protocol", protocol).Set("port", port))]);
}
