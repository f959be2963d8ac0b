using System.Globalization;
using Conway.Artifacts.Istio;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Policies;

/// <summary>What may lead into the namespace: hosts of the model, by the way in that it names.</summary>
internal static class RoutePolicy
{
    private const string Gateways = "gateway.networking.k8s.io";

    public static AdmissionPolicy Of(SystemPlan system)
    {
        var edge = system.Model.Deploy.Edge;
        var (isIngress, isIstio, hasMesh) = (EdgeObjects.IsIngress(system), EdgeObjects.IsIstio(system), system.Model.Mesh == IstioTarget.Name);
        var hosts = system.Model.Gateway.Routes
            .Select((route, i) => (Host: route.Host ?? edge.Host ?? "", Path: route.Host is null ? "deploy.edge.host" : string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}].host")))
            .SelectMany(one => new[] { one, (Host: one.Host.Trim().TrimEnd('.').ToLowerInvariant(), one.Path) })
            .DistinctBy(one => one.Host).OrderBy(one => one.Host, StringComparer.Ordinal).Select(one => (one.Host, new Origin(one.Path, ArtifactRules.PolicyHosts))).ToArray();
        var isGateway = hosts.Length > 0 && !isIngress && !isIstio;
        var kinds = new List<AdmissionKind>
        {
            new("networking.k8s.io", "v1", ["ingresses"], ["Ingress"]),

            // Kyverno refuses to be told of a kind that the cluster does not know.
            new(Gateways, "*", ["httproutes", "grpcroutes", "tcproutes", "tlsroutes", "udproutes"], isGateway ? ["HTTPRoute", "GRPCRoute"] : []),
        };
        if (hasMesh)
        {
            kinds.Add(new("networking.istio.io", "*", ["virtualservices"], ["VirtualService"]));
        }

        return new AdmissionPolicy("routes", kinds, [], null, [.. Variables(system, hosts, hasMesh)], [.. Rules(system, isGateway, isIngress && hosts.Length > 0, hasMesh)]);
    }

    private static IEnumerable<AdmissionVariable> Variables(SystemPlan system, IReadOnlyList<(string, Origin)> hosts, bool hasMesh)
    {
        var origin = new Origin("gateway.routes", ArtifactRules.PolicyHosts);
        yield return new("route", new YamlText("dyn(object).spec") { Origin = origin });
        yield return new("hosts", Cel.Lines(hosts) with { Origin = origin });

        // Routes of a mesh hang on a Service.
        yield return new("gateways", new YamlText("has(variables.route.parentRefs) ? variables.route.parentRefs.filter(p, !has(p.kind) || p.kind == 'Gateway') : dyn([])") { Origin = origin });
        if (hasMesh)
        {
            yield return new("inside", Cel.Lines([.. system.Services.Select(plan => (IstioTarget.HostOf(system, plan), plan.Because(ArtifactRules.PolicyHosts)))]) with { Origin = origin });
        }
    }

    private static IEnumerable<AdmissionRule> Rules(SystemPlan system, bool isGateway, bool isIngress, bool hasMesh)
    {
        var edge = system.Model.Deploy.Edge;
        AdmissionRule Rule(string expression, string message, string path = "gateway.routes") => new(expression, $"A route {message}", $"object.kind + {Cel.Said(" '")} + (has(object.metadata.name) ? object.metadata.name : '') + {Cel.Said("' " + message)}", new Origin(path, ArtifactRules.PolicyHosts));
        if (isGateway)
        {
            yield return Rule("""
                size(variables.gateways) == 0 ||
                (has(variables.route.hostnames) && size(variables.route.hostnames) > 0 && variables.route.hostnames.all(h, h in variables.hosts))
                """, "leads in under a host that no route of the model has.");
            yield return Rule($"variables.gateways.all(p, p.name == {Cel.Text(ObjectNames.Label(system.Model.System))} && has(p.namespace) && p.namespace == {Cel.Text(edge.Namespace ?? "")})", "hangs on another gateway than that of the system.", "deploy.edge");
        }
        else
        {
            yield return Rule("size(variables.gateways) == 0", "leads in by a gateway, and the model does not.", "deploy.edge.kind");
        }

        if (isIngress)
        {
            yield return Rule("""
                object.kind != 'Ingress' ||
                (!has(variables.route.defaultBackend) && has(variables.route.rules) && size(variables.route.rules) > 0 &&
                  variables.route.rules.all(r, has(r.host) && r.host in variables.hosts))
                """, "leads in under a host that no route of the model has.");
            yield return Rule($"object.kind != 'Ingress' || (has(variables.route.ingressClassName) && variables.route.ingressClassName == {Cel.Text(edge.Class ?? "")})", "is for another controller than that of the system.", "deploy.edge.class");
        }
        else
        {
            yield return Rule("object.kind != 'Ingress'", "leads in by an Ingress, and the model does not.", "deploy.edge.kind");
        }

        if (hasMesh)
        {
            yield return Rule("object.kind != 'VirtualService' || !has(variables.route.hosts) || variables.route.hosts.all(h, h in variables.hosts || h in variables.inside)", "is for a host that is neither of the model's routes nor of its services.");
        }
    }
}
