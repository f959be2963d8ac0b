using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>
/// An interpreter of Linkerd's resources that knows nothing of how they were made: the Server for pod and port, else the default policy; the route that says most (length of
/// what matched of the path, method, headers), of two alike the older, which is drawn here; policies of the route or its Server, each with all that it requires. A field
/// that it does not know is an exception. Pods are also asked of the policies of the network.
/// </summary>
/// <param name="isReversed">Of two routes that say as much the one that was read last is the older.</param>
internal sealed class LinkerdRules(IReadOnlyList<JsonObject> mesh, KubeObjects cluster, string system, string edge, bool isReversed = false)
{
    private const int Port = 8080;
    private const string Domain = "serviceaccount.identity.linkerd.cluster.local";

    private readonly ILookup<string, JsonObject> _kinds = mesh.ToLookup(Kind);
    private readonly Dictionary<(string From, string To), bool> _open = [];
    private readonly Dictionary<string, (JsonObject Server, JsonObject[] Routes)?> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _pods = cluster.Templates().ToDictionary(one => Name(one.Owner), one => one.Template, StringComparer.Ordinal);

    /// <summary>Workloads of jobs and services, by name.</summary>
    public IEnumerable<string> Workloads => _pods.Keys;

    public Decided Decide(Asked asked)
    {
        var (identity, address) = asked.From switch
        {
            Asked.Edge => ($"gateway.{edge}.{Domain}", "10.9.9.9"),
            Asked.Stranger => (null, "10.9.9.8"),
            _ when IPAddress.TryParse(asked.From, out _) => (null, asked.From),
            _ => ($"{_pods[asked.From]["spec"]!["serviceAccountName"]!.GetValue<string>()}.{system}.{Domain}", "10.1.1.1"),
        };
        var isLetThrough = !_pods.ContainsKey(asked.From) || IsOpen(asked.From, asked.To);
        return isLetThrough && StatusOf(asked.To, identity, address, asked.Method, asked.Path) == 200 ? new([$"{asked.To} 100 {IstioRules.Normal(asked.Path)}"]) : Decided.Refused;
    }

    /// <summary>What the proxy of a service answers: 200 for what it lets in, 403, or 404 where the Server has routes and none of them is meant.</summary>
    public int StatusOf(string callee, string? identity, string address, string method, string path)
    {
        var pod = _pods[callee];
        Assert.Contains(pod["spec"]!["containers"]!.AsArray().SelectMany(one => one!["ports"]?.AsArray() ?? []), port => port!["containerPort"]!.GetValue<int>() == Port);
        if (!_servers.TryGetValue(callee, out var found))
        {
            _servers[callee] = found = ServerOf(pod);
        }

        if (found is not var (server, routes))
        {
            return Labels(pod["metadata"]!["annotations"])["config.linkerd.io/default-inbound-policy"] switch { "deny" => 403, "all-unauthenticated" => 200, var other => throw new NotSupportedException(other) };
        }

        if (routes.Length == 0)
        {
            // Without routes of its own a Server has two: for everything, and for what the node asks.
            return IsProbe(pod, method, path) || IsAllowed("Server", Name(server), identity, address) ? 200 : 403;
        }

        var best = (isReversed ? Enumerable.Reverse(routes) : routes).Select(route => (Route: route, Said: Said(route, method, path))).Where(one => one.Said is not null).OrderByDescending(one => one.Said).FirstOrDefault().Route;
        return best is null ? 404 : IsAllowed("HTTPRoute", Name(best), identity, address) || IsAllowed("Server", Name(server), identity, address) ? 200 : 403;
    }

    /// <summary>The Server of a pod's port, with its routes; none, where the default policy decides.</summary>
    private (JsonObject Server, JsonObject[] Routes)? ServerOf(JsonObject pod)
    {
        var labels = Labels(pod["metadata"]!["labels"]);
        if (Of("Server").SingleOrDefault(one => Selects(one["spec"]!["podSelector"], labels) && one["spec"]!["port"]!.ToString() == "8080") is not { } server)
        {
            return null;
        }

        Known(server["spec"]!.AsObject(), "podSelector", "port", "accessPolicy", "proxyProtocol");
        Assert.Equal("deny", server["spec"]!["accessPolicy"]?.GetValue<string>() ?? "deny");
        return (server, [.. Of("HTTPRoute").Where(one => one["spec"]!["parentRefs"]!.AsArray().Any(parent => parent!["kind"]!.GetValue<string>() == "Server" && parent["group"]!.GetValue<string>() == "policy.linkerd.io" && parent["name"]!.GetValue<string>() == Name(server)))]);
    }

    /// <summary>What the route that a request to a Service is sent by says of time and attempts.</summary>
    public string LimitsOf(string callee, string method, IReadOnlyDictionary<string, string> headers)
    {
        var routes = Of("HTTPRoute").Where(one => one["spec"]!["parentRefs"]!.AsArray().Any(parent => parent!["kind"]!.GetValue<string>() == "Service" && parent["name"]!.GetValue<string>() == callee && parent["port"]!.GetValue<int>() == Port));
        var best = (isReversed ? routes.Reverse() : routes).Select(route => (Route: route, Said: Said(route, method, "/any", headers))).Where(one => one.Said is not null).OrderByDescending(one => one.Said).FirstOrDefault().Route;
        if (best is null)
        {
            return "none";
        }

        Assert.Equal(callee, Assert.Single(best["spec"]!["rules"]![0]!["backendRefs"]!.AsArray())!["name"]!.GetValue<string>());
        return string.Join(' ', Labels(best["metadata"]!["annotations"]).Where(one => one.Key.Contains("linkerd.io/", StringComparison.Ordinal)).Select(one => $"{one.Key.Replace(".linkerd.io/", " ", StringComparison.Ordinal)} {one.Value}").Order(StringComparer.Ordinal));
    }

    private static (int Path, bool Method, int Headers)? Said(JsonObject route, string method, string path, IReadOnlyDictionary<string, string>? headers = null)
    {
        Known(route["spec"]!.AsObject(), "parentRefs", "rules");
        (int, bool, int)? best = null;
        foreach (var match in route["spec"]!["rules"]!.AsArray().SelectMany(rule => rule!["matches"]!.AsArray()))
        {
            Known(match!.AsObject(), "path", "method", "headers");
            var named = match!["headers"]?.AsArray() ?? [];
            if (LengthOf(match["path"]!, path) is { } length && (match["method"]?.GetValue<string>() ?? method) == method
                && named.All(one => headers?.FirstOrDefault(header => header.Key.Equals(one!["name"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase)).Value is { } value && Regex.IsMatch(value, $"^(?:{one!["value"]})$"))
                && (best is null || (length, match["method"] is not null, named.Count).CompareTo(best.Value) > 0))
            {
                best = (length, match["method"] is not null, named.Count);
            }
        }

        return best;
    }

    // How many characters of the path were matched; a regular expression has to match the whole by what it finds first.
    private static int? LengthOf(JsonNode match, string path)
    {
        var value = match["value"]!.GetValue<string>();
        switch (match["type"]!.GetValue<string>())
        {
            case "Exact":
                return value == path ? value.Length : null;
            case "PathPrefix" when value == "/":
                return 1;
            case "PathPrefix":
                var prefix = value.TrimEnd('/');
                var rest = path.TrimEnd('/') is var trimmed && trimmed.StartsWith(prefix, StringComparison.Ordinal) ? trimmed[prefix.Length..] : null;
                return rest is "" || rest?[0] == '/' ? prefix.Length : null;
            case "RegularExpression":
                Assert.True(value.Length <= 1024, value);
                var found = Regex.Match(path, value, RegexOptions.CultureInvariant);
                return found.Success && found.Index == 0 && found.Length == path.Length ? path.Length : null;
            case var other:
                throw new NotSupportedException(other);
        }
    }

    private bool IsAllowed(string kind, string name, string? identity, string address) => Of("AuthorizationPolicy")
        .Where(one => one["spec"]!["targetRef"] is { } target && target["kind"]!.GetValue<string>() == kind && target["name"]!.GetValue<string>() == name
            && target["group"]!.GetValue<string>() == (kind == "Server" ? "policy.linkerd.io" : "gateway.networking.k8s.io"))
        .Any(one => one["spec"]!["requiredAuthenticationRefs"]!.AsArray().All(reference => IsAuthentic(reference!, identity, address)));

    private bool IsAuthentic(JsonNode reference, string? identity, string address)
    {
        var (kind, name) = (reference["kind"]!.GetValue<string>(), reference["name"]!.GetValue<string>());
        var one = Of(kind).Single(one => Name(one) == name)["spec"]!.AsObject();
        if (kind == "MeshTLSAuthentication")
        {
            Known(one, "identities");
            return identity is not null && one["identities"]!.AsArray().Select(text => text!.GetValue<string>()).Any(text => text == identity || text == "*" || (text.StartsWith("*.", StringComparison.Ordinal) && identity.EndsWith(text[1..], StringComparison.Ordinal)));
        }

        Assert.Equal("NetworkAuthentication", kind);
        Known(one, "networks");
        return one["networks"]!.AsArray().Any(network =>
        {
            Known(network!.AsObject(), "cidr");
            return IPNetwork.Parse(network!["cidr"]!.GetValue<string>()).Contains(IPAddress.Parse(address));
        });
    }

    private static bool IsProbe(JsonObject pod, string method, string path) => method == "GET"
        && pod["spec"]!["containers"]!.AsArray().SelectMany(one => new[] { one!["readinessProbe"], one["livenessProbe"], one["startupProbe"] }).Any(probe => probe?["httpGet"]?["path"]?.GetValue<string>().Split('?')[0] == path);

    // Whether the policies of the network let one pod reach another, at both ends.
    private bool IsOpen(string from, string to)
    {
        if (_open.TryGetValue((from, to), out var isOpen))
        {
            return isOpen;
        }

        var (here, there) = (Labels(_pods[from]["metadata"]!["labels"]), Labels(_pods[to]["metadata"]!["labels"]));
        bool Is(Dictionary<string, string> self, string direction, string peers, Dictionary<string, string> other) => cluster.Of("NetworkPolicy").Where(one => Selects(one["spec"]!["podSelector"], self)).SelectMany(one => one["spec"]![direction]?.AsArray() ?? [])
            .Any(rule => rule!["ports"]!.AsArray().Any(port => port!["port"]!.GetValue<int>() == Port) && rule[peers]!.AsArray().Any(peer => peer!["namespaceSelector"] is null && peer["podSelector"] is { } selector && Selects(selector, other)));
        return _open[(from, to)] = Is(here, "egress", "to", there) && Is(there, "ingress", "from", here);
    }

    private IEnumerable<JsonObject> Of(string kind) => _kinds[kind];
}
