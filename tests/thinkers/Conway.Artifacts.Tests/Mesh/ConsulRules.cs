using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>
/// An interpreter of Consul's entries that knows nothing of how they were made: which intention wins, permissions from the top, the first route of a router, and which
/// pods Consul knows by which name. A field that it does not know is an exception. Pods without a certificate are also asked of the policies of the network.
/// </summary>
/// <param name="edge">By which name the gateway is known.</param>
/// <param name="isAllowedByDefault">What Consul says where no intention does.</param>
/// <param name="isNobodyAsked">Nobody has to say who he is, so the network is not asked about strangers.</param>
internal sealed class ConsulRules(IReadOnlyList<JsonObject> entries, KubeObjects? cluster, string edge, bool isAllowedByDefault = false, bool isNobodyAsked = false)
{
    private readonly ILookup<string, JsonObject> _kinds = entries.ToLookup(Kind);
    private readonly Dictionary<(string From, string To), JsonObject?> _winners = [];
    private readonly Dictionary<string, string> _names = cluster is null ? [] : cluster.Templates().ToDictionary(one => Name(one.Owner), one => NameOf(cluster!, one.Template), StringComparer.Ordinal);

    /// <summary>Workloads of jobs and services, by name.</summary>
    public IEnumerable<string> Workloads => _names.Keys;

    public Decided Decide(Asked asked)
    {
        var path = Path(asked.Path);
        var alone = new Decided([$"{asked.To} 100 {path}"]);
        if (asked.From is Asked.Edge)
        {
            return Receives(asked.To, edge, asked.Method, path, asked.Headers) || (isNobodyAsked && IsPlainTaken(asked.To)) ? alone : Decided.Refused;
        }

        if (asked.From == Asked.Stranger || IPAddress.TryParse(asked.From, out _))
        {
            return IsPlainTaken(asked.To) && (isNobodyAsked || IsLetIn(asked.To, from => from["ipBlock"] is { } block && IPNetwork.Parse(block["cidr"]!.GetValue<string>()).Contains(IPAddress.Parse(asked.From == Asked.Stranger ? "10.9.9.8" : asked.From)))) ? alone : Decided.Refused;
        }

        var from = _names[asked.From];

        // Whom no intention lets call has no way there through the mesh: his proxy passes it on as it comes, without a certificate.
        if (Winner(from, asked.To) is { } winner ? winner["action"]?.GetValue<string>() == "deny" : !isAllowedByDefault)
        {
            var caller = Labels(cluster!.Templates().Single(one => Name(one.Owner) == asked.From).Template["metadata"]!["labels"]);
            return IsPlainTaken(asked.To) && IsLetIn(asked.To, from => from["podSelector"] is { } selector && Selects(selector, caller)) ? alone : Decided.Refused;
        }

        return Receives(asked.To, from, asked.Method, path, asked.Headers) ? new([$"{asked.To} 100 {path} {Limits(asked.To, asked.Method, path, asked.Headers)}"]) : Decided.Refused;
    }

    /// <summary>Whether the proxy of a service lets in a request of somebody whom it knows.</summary>
    public bool Receives(string callee, string from, string method, string path, IReadOnlyDictionary<string, string> headers)
    {
        if (Winner(from, callee) is not { } winner)
        {
            return isAllowedByDefault;
        }

        Known(winner, "name", "action", "permissions");
        if (winner["permissions"] is not { } permissions)
        {
            return winner["action"]!.GetValue<string>() == "allow";
        }

        Assert.Null(winner["action"]);
        var first = permissions.AsArray().FirstOrDefault(one =>
        {
            Known(one!.AsObject(), "action", "http");
            return Matches(one!["http"]!.AsObject(), method, path, headers);
        });
        return first is null ? isAllowedByDefault : first["action"]!.GetValue<string>() == "allow";
    }

    /// <summary>The intention that decides: an exact destination before an exact source, and of two that are alike the one that refuses.</summary>
    public JsonObject? Winner(string from, string to)
    {
        if (!_winners.TryGetValue((from, to), out var winner))
        {
            _winners[(from, to)] = winner = Found(from, to);
        }

        return winner;
    }

    private JsonObject? Found(string from, string to) => Of("ServiceIntentions")
        .SelectMany(one => one["spec"]!["sources"]!.AsArray().Select(source => (To: one["spec"]!["destination"]!["name"]!.GetValue<string>(), Source: source!.AsObject())))
        .Select(one => (one.To, From: one.Source["name"]!.GetValue<string>(), one.Source))
        .Where(one => (one.To == to || one.To == "*") && (one.From == from || one.From == "*"))
        .OrderByDescending(one => (one.From == "*", one.To == "*") switch { (false, false) => 9, (true, false) => 8, (false, true) => 6, _ => 5 })
        .ThenBy(one => one.Source["action"]?.GetValue<string>() != "deny")
        .Select(one => one.Source).FirstOrDefault();

    /// <summary>How long a request may take and how often it is tried.</summary>
    private string Limits(string callee, string method, string path, IReadOnlyDictionary<string, string> headers)
    {
        if (Of("ServiceRouter").SingleOrDefault(one => Name(one) == callee) is not { } router)
        {
            return "without limits";
        }

        Assert.Contains(Protocol(callee), new[] { "http", "http2", "grpc" });
        Assert.NotNull(Of("ServiceResolver").Single(one => Name(one) == callee)["spec"]!["connectTimeout"]);
        var to = router["spec"]!["routes"]!.AsArray().First(one => one!["match"] is not { } match || Matches(match["http"]!.AsObject(), method, path, headers))!["destination"]!.AsObject();
        Known(to, "requestTimeout", "numRetries", "retryOn");
        return $"within {to["requestTimeout"]} {to["numRetries"]} {string.Join(',', to["retryOn"]!.AsArray().Select(one => one!.GetValue<string>()))}";
    }

    private string Protocol(string service) => Defaults(service)["protocol"]!.GetValue<string>();

    private JsonObject Defaults(string service) => Of("ServiceDefaults").Single(one => Name(one) == service)["spec"]!.AsObject();

    // A service that takes what comes without TLS may only do so where the mesh allows it.
    private bool IsPlainTaken(string service)
    {
        var mode = Defaults(service)["mutualTLSMode"]!.GetValue<string>();
        Assert.Contains(mode, new[] { "strict", "permissive" });
        return mode == "permissive" && Of("Mesh").Single()["spec"]!["allowEnablingPermissiveMutualTLS"]!.GetValue<bool>();
    }

    private bool IsLetIn(string service, Func<JsonNode, bool> isFrom)
    {
        var labels = Labels(cluster!.Templates().Single(one => Name(one.Owner) == service).Template["metadata"]!["labels"]);
        return cluster.Of("NetworkPolicy").Where(one => Selects(one["spec"]!["podSelector"], labels)).SelectMany(one => one["spec"]!["ingress"]?.AsArray() ?? [])
            .Where(rule => rule!["ports"]!.AsArray().Any(port => port!["port"]!.GetValue<int>() == 8080))
            .SelectMany(rule => rule!["from"]!.AsArray()).Any(from => isFrom(from!));
    }

    private static bool Matches(JsonObject http, string method, string path, IReadOnlyDictionary<string, string> headers)
    {
        Known(http, "pathExact", "pathPrefix", "pathRegex", "methods", "header");
        return http.All(one => one.Key switch
        {
            "pathExact" => path == one.Value!.GetValue<string>(),
            "pathPrefix" => path.StartsWith(one.Value!.GetValue<string>(), StringComparison.Ordinal),
            "pathRegex" => Whole(one.Value!.GetValue<string>(), path),
            "methods" => one.Value!.AsArray().Any(text => text!.GetValue<string>() == method),
            _ => one.Value!.AsArray().All(test => headers.FirstOrDefault(header => header.Key.Equals(test!["name"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase)).Value is { } value && Whole(test!["regex"]!.GetValue<string>(), value)),
        });
    }

    private static bool Whole(string pattern, string text) => Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.CultureInvariant);

    // As the Mesh says that a path is read.
    private string Path(string path)
    {
        var read = Of("Mesh").Single()["spec"]!["http"]!["incoming"]!["requestNormalization"]!;
        Assert.Equal("KEEP_UNCHANGED", read["pathWithEscapedSlashesAction"]!.GetValue<string>());
        var normal = IstioRules.Normal(path);
        return read["mergeSlashes"]!.GetValue<bool>() ? Regex.Replace(normal, "/{2,}", "/") : normal;
    }

    // A pod is registered by each Service that selects it, unless that is marked; there must be one, and the account must have its name.
    private static string NameOf(KubeObjects cluster, JsonObject template)
    {
        Assert.Equal("true", template["metadata"]!["annotations"]!["consul.hashicorp.com/connect-inject"]!.GetValue<string>());
        var labels = Labels(template["metadata"]!["labels"]);
        var service = Assert.Single(cluster.Of("Service"), one => one["spec"]!["selector"] is { } selector && Labels(selector).All(label => labels.GetValueOrDefault(label.Key) == label.Value)
            && one["metadata"]!["labels"]!["consul.hashicorp.com/service-ignore"]?.GetValue<string>() != "true");
        Assert.Equal(Name(service), template["spec"]!["serviceAccountName"]!.GetValue<string>());
        Assert.Contains(cluster.Of("ServiceAccount"), one => Name(one) == Name(service));
        return Name(service);
    }

    private IEnumerable<JsonObject> Of(string kind) => _kinds[kind];
}
