using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW6102: several services open to the outside, each by itself.</summary>
/// <remarks>By manifests: Services of type NodePort or LoadBalancer, or ports that Compose publishes, of two services of the model or more, and no Ingress, route or
/// gateway.</remarks>
public sealed class NoGateway : ICheck
{
    private static readonly string[] Gateways = ["nginx", "traefik", "envoy", "kong", "haproxy", "yarp", "gateway", "caddy", "ingress", "apisix", "krakend", "tyk", "ocelot"];

    public FindingRule Rule { get; } = new(
        "CW6102", Severity.Warning, "No gateway",
        "Each service has to do by itself what belongs to the edge (TLS, tokens, limits), each differently, and none can be moved without telling the clients.")
    {
        Unless = "a gateway is set up elsewhere, in front of these ports",
    };

    public CheckInputs Needs => CheckInputs.Model | CheckInputs.Manifests;

    public string? Lacks(CheckSubject subject) => subject.Manifests!.Workloads.Length == 0 ? "No Compose file and no Kubernetes manifest was found." : null;

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var manifests = subject.Manifests!;
        var open = manifests.Exposed.Select(e => (e.Name, e.Place, Says: $"{e.Name} is of type {e.Kind}"))
            .Concat(manifests.Workloads.Where(w => w.Published.Length > 0 && subject.WorkloadService(w.Name) is not null).Select(w => (w.Name, w.Place, Says: $"{w.Name} publishes {string.Join(", ", w.Published)}")))
            .DistinctBy(o => o.Name).ToArray();
        var hasGateway = manifests.Entrances.Length > 0
            || manifests.Workloads.Any(w => Gateways.Any(g => w.Name.Contains(g, StringComparison.OrdinalIgnoreCase) || w.Image.Contains(g, StringComparison.OrdinalIgnoreCase)));
        if (open.Length > 1 && !hasGateway)
        {
            yield return new Finding
            {
                Rule = Rule,
                ModelPath = "gateway",
                Subject = "exposed services",
                Message = $"{Spoken.Names(open.Take(6).Select(o => o.Name))} are open to the outside by themselves, and no gateway or ingress stands before them.",
                Mend = "Put one way in before them, an Ingress or Conway's gateway, and make their Services ClusterIP (in Compose: publish the gateway's port alone).",
                Measure = new Measure(open.Length, 1, "open services"),
                Evidence = [.. open.Take(Finding.EvidenceMax).Select(o => new Evidence(o.Says, o.Place))],
            };
        }
    }
}
