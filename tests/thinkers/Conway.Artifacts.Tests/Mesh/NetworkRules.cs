using System.Net;
using System.Text.Json.Nodes;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>An interpreter of network policies that knows nothing of how they were made (networking.k8s.io/v1: a pod that a policy selects may do what some policy allows).</summary>
internal sealed class NetworkRules(KubeObjects objects)
{
    private static readonly JsonObject Nothing = [];

    private readonly Dictionary<string, Dictionary<string, string>> _pods = objects.Templates().ToDictionary(one => Name(one.Owner), one => Labels(one.Template["metadata"]!["labels"]), StringComparer.Ordinal);
    private readonly JsonObject[] _policies = [.. objects.Of("NetworkPolicy").Select(one => one["spec"]!.AsObject())];

    /// <summary>Whether a connection comes about: between pods by their names, namespaces as <c>namespace:NAME</c>, <c>dns</c>, and addresses.</summary>
    public bool Lets(string from, string to, int port) => Side("Egress", "egress", "to", from, to, port) && Side("Ingress", "ingress", "from", to, from, port);

    private bool Side(string type, string key, string peers, string pod, string other, int port)
    {
        if (!_pods.TryGetValue(pod, out var labels))
        {
            return true; // not of this namespace: its own policies decide
        }

        var selecting = _policies.Where(policy => policy["policyTypes"]!.AsArray().Any(one => one!.GetValue<string>() == type) && Selects(policy["podSelector"], labels)).ToArray();
        return selecting.Length == 0 || selecting.SelectMany(policy => policy[key]?.AsArray() ?? []).Any(rule =>
            (rule![peers] is not { } list || list.AsArray().Any(peer => IsPeer(peer!.AsObject(), other))) && (rule["ports"] is not { } ports || ports.AsArray().Any(one => one!["port"]!.GetValue<int>() == port && one["protocol"]!.GetValue<string>() == "TCP")));
    }

    private bool IsPeer(JsonObject peer, string other)
    {
        if (peer["ipBlock"] is { } block)
        {
            return IPAddress.TryParse(other, out var address) && IPNetwork.Parse(block["cidr"]!.GetValue<string>()).Contains(address);
        }

        var (space, labels) = other == "dns" ? ("kube-system", new Dictionary<string, string> { ["k8s-app"] = "kube-dns" })
            : other.StartsWith("namespace:", StringComparison.Ordinal) ? (other["namespace:".Length..], new Dictionary<string, string>())
            : (_pods.ContainsKey(other) ? "" : null, _pods.GetValueOrDefault(other) ?? []);
        return space is not null
            && (peer["namespaceSelector"] is { } selector ? space.Length > 0 && Selects(selector, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = space }) : space.Length == 0)
            && Selects(peer["podSelector"] ?? Nothing, labels);
    }
}
