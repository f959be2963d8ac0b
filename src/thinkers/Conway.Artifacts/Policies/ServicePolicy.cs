using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Policies;

/// <summary>What a Service may be: inside of the cluster, or one that the model exposes.</summary>
internal static class ServicePolicy
{
    public static AdmissionPolicy Of(SystemPlan system)
    {
        var exposed = system.Services.Where(plan => plan.Service.Expose is not null).Select(plan => (Name: KubernetesTarget.OutsideName(system, plan), Exposure: plan.Service.Expose!, Path: $"{plan.Path}.expose")).ToArray();
        var others = system.Services.SelectMany(plan => ExternalPlan.UsedBy(system.Model, plan.Service)).DistinctBy(external => external.Name).Where(external => external.Alias is not null).OrderBy(external => external.Alias, StringComparer.Ordinal);
        static AdmissionVariable Map(string name, ArtifactRule rule, string path, IReadOnlyList<(string Key, string Value, Origin Origin)> entries) => new(name, Cel.Map(entries) with { Origin = new Origin(path, rule) });
        static AdmissionRule Rule(string expression, string message, ArtifactRule rule, string path = "services") => new(expression, $"The Service {message}", $"{Cel.Said("The Service '")} + variables.name + {Cel.Said("' " + message)}", new Origin(path, rule));
        return new AdmissionPolicy(
            "services",
            [new("", "v1", ["services"], ["Service"])],
            [],
            null,
            [
                new("service", new YamlText("dyn(object).spec") { Origin = new Origin("services", ArtifactRules.PolicyExposed) }),
                new("name", new YamlText("has(object.metadata.name) ? object.metadata.name : ''") { Origin = new Origin("services", ArtifactRules.PolicyExposed) }),
                new("type", new YamlText("has(variables.service.type) ? variables.service.type : 'ClusterIP'") { Origin = new Origin("services", ArtifactRules.PolicyExposed) }),
                Map("exposed", ArtifactRules.PolicyExposed, "services", [.. exposed.Select(one => (one.Name, Cel.Text(one.Exposure.As == ExposureKind.LoadBalancer ? "LoadBalancer" : "NodePort"), new Origin($"{one.Path}.as", ArtifactRules.PolicyExposed)))]),
                Map("sources", ArtifactRules.PolicyExposed, "services", [.. exposed.Where(one => one.Exposure.As == ExposureKind.LoadBalancer).Select(one => (one.Name, Cel.List(one.Exposure.From), new Origin($"{one.Path}.from", ArtifactRules.PolicyExposed)))]),
                Map("externals", ArtifactRules.PolicyOutside, "externals", [.. others.Select(external => (external.Alias!, Cel.Text(external.Host), new Origin($"{external.Path}.address", ArtifactRules.PolicyOutside)))]),
            ],
            [
                Rule("""
                    variables.type in ['ClusterIP', 'ExternalName'] ||
                    (variables.name in variables.exposed && variables.exposed[variables.name] == variables.type)
                    """, "is reached from outside of the cluster, and the model does not expose it so.", ArtifactRules.PolicyExposed),
                Rule("!has(variables.service.externalIPs) || size(variables.service.externalIPs) == 0", "takes addresses of the network for its own (externalIPs).", ArtifactRules.PolicyExposed),
                Rule("""
                    variables.type != 'LoadBalancer' || !(variables.name in variables.sources) ||
                    (has(variables.service.loadBalancerSourceRanges) && size(variables.service.loadBalancerSourceRanges) > 0 &&
                      variables.service.loadBalancerSourceRanges.all(r, r in variables.sources[variables.name]))
                    """, "lets in other addresses than the model says (loadBalancerSourceRanges).", ArtifactRules.PolicyExposed),
                Rule("""
                    variables.type != 'ExternalName' ||
                    (variables.name in variables.externals && variables.service.externalName == variables.externals[variables.name])
                    """, "leads to where no system of others in the model lies (externalName).", ArtifactRules.PolicyOutside, "externals"),
            ]);
    }
}
