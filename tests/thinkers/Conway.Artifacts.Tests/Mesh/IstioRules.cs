using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>
/// An interpreter of Istio's resources that knows nothing of how they were made: what its reference says of VirtualService (first match in order), Sidecar,
/// PeerAuthentication, RequestAuthentication and AuthorizationPolicy (CUSTOM, DENY, ALLOW), and of nothing else. A field that it does not know is an exception.
/// </summary>
internal sealed partial class IstioRules(IReadOnlyList<JsonObject> mesh, KubeObjects cluster, string system, string edge)
{
    private const string Port = "8080";

    private readonly ILookup<string, JsonObject> _kinds = mesh.ToLookup(Kind);
    private readonly Dictionary<string, (Dictionary<string, string> Labels, string Account)> _pods = cluster.Templates().ToDictionary(
        one => Name(one.Owner), one => (Labels(one.Template["metadata"]!["labels"]), one.Template["spec"]!["serviceAccountName"]!.GetValue<string>()), StringComparer.Ordinal);

    /// <summary>Workloads of jobs and services, by name.</summary>
    public IEnumerable<string> Workloads => _pods.Keys;

    public Decided Decide(Asked asked)
    {
        var path = Normal(asked.Path);
        if (asked.From == Asked.Outside)
        {
            return Enter(asked, path);
        }

        if (asked.From == Asked.Edge)
        {
            return Receive(asked.To, $"cluster.local/ns/{edge}/sa/gateway", "10.9.9.9", asked, path, asked.Headers) ? new([$"{asked.To} 100 {path}"]) : Decided.Refused;
        }

        if (asked.From == Asked.Stranger || IPAddress.TryParse(asked.From, out _))
        {
            return Receive(asked.To, null, asked.From == Asked.Stranger ? "10.9.9.8" : asked.From, asked, path, asked.Headers) ? new([$"{asked.To} 100 {path}"]) : Decided.Refused;
        }

        var (labels, account) = _pods[asked.From];
        var host = $"{asked.To}.{system}.svc.cluster.local";
        if (!Knows(labels, host))
        {
            return Decided.Refused;
        }

        var services = Of("VirtualService").Where(one => IsExported(one, system) && one["spec"]!["gateways"] is null && Texts(one["spec"]!["hosts"]).Contains(host)).ToArray();
        Assert.True(services.Length <= 1, $"{host} has {services.Length} VirtualServices");
        if (services.Length == 0)
        {
            return Receive(asked.To, $"cluster.local/ns/{system}/sa/{account}", "10.1.1.1", asked, path, asked.Headers) ? new([$"{asked.To} 100 {path}"]) : Decided.Refused;
        }

        return Follow(services[0], asked, path, labels, $"cluster.local/ns/{system}/sa/{account}");
    }

    // By a gateway: the server for the host, then the VirtualService with the host that says most.
    private Decided Enter(Asked asked, string path)
    {
        foreach (var gateway in Of("Gateway"))
        {
            var server = gateway["spec"]!["servers"]!.AsArray().SingleOrDefault(one => one!["port"]!["number"]!.GetValue<int>() == 443 && Texts(one["hosts"]).Any(host => host.Split('/') is [var space, var name] && space == system && IsHost(name, asked.Host)));
            if (server is null)
            {
                continue;
            }

            Assert.Equal("SIMPLE", server["tls"]!["mode"]!.GetValue<string>());
            var reference = $"{gateway["metadata"]!["namespace"]!.GetValue<string>()}/{Name(gateway)}";
            var service = Of("VirtualService")
                .Where(one => IsExported(one, edge) && Texts(one["spec"]!["gateways"]).Contains(reference))
                .SelectMany(one => Texts(one["spec"]!["hosts"]).Where(host => IsHost(host, asked.Host)).Select(host => (one, host)))
                .OrderBy(one => one.host.StartsWith('*')).ThenByDescending(one => one.host.Length).Select(one => one.one).FirstOrDefault();
            return service is null ? Decided.Refused : Follow(service, asked, path, null, $"cluster.local/ns/{edge}/sa/gateway");
        }

        return Decided.Refused;
    }

    private Decided Follow(JsonObject service, Asked asked, string path, Dictionary<string, string>? labels, string principal)
    {
        var rule = service["spec"]!["http"]!.AsArray().FirstOrDefault(one => one!["match"] is not { } match || match.AsArray().Any(part => Matches(part!.AsObject(), asked, path, labels)))?.AsObject();
        if (rule is null || rule["directResponse"] is not null)
        {
            return Decided.Refused;
        }

        Known(rule, "name", "match", "rewrite", "headers", "timeout", "retries", "route");
        var (asksFor, headers) = (path, new Dictionary<string, string>(asked.Headers, StringComparer.OrdinalIgnoreCase));
        if (rule["rewrite"] is { } rewrite)
        {
            asksFor = Regex.Replace(path, rewrite["uriRegexRewrite"]!["match"]!.GetValue<string>(), rewrite["uriRegexRewrite"]!["rewrite"]!.GetValue<string>().Replace("$", "$$", StringComparison.Ordinal));
        }

        foreach (var (name, value) in rule["headers"]?["request"]?["set"]?.AsObject() ?? [])
        {
            headers[name] = value!.GetValue<string>();
        }

        var routes = rule["route"]!.AsArray();
        var whole = routes.Sum(one => one!["weight"]?.GetValue<int>() ?? 100);
        var answers = new List<string>();
        foreach (var route in routes)
        {
            var destination = route!["destination"]!["host"]!.GetValue<string>().Split('.');
            Assert.Equal([system, "svc", "cluster", "local"], destination[1..]);
            var share = 100.0 * (route["weight"]?.GetValue<int>() ?? 100) / whole;
            if (Receive(destination[0], principal, "10.1.1.1", asked, asksFor, headers))
            {
                answers.Add(string.Create(CultureInfo.InvariantCulture, $"{destination[0]} {share} {asksFor} within {rule["timeout"]} {rule["retries"]!["attempts"]}x{rule["retries"]!["perTryTimeout"]} {rule["retries"]!["retryOn"]}"));
            }
        }

        return new(answers);
    }

    private static bool Matches(JsonObject match, Asked asked, string path, Dictionary<string, string>? labels)
    {
        Known(match, "uri", "method", "headers", "queryParams", "sourceLabels");
        return (match["uri"] is not { } uri || Is(uri, path))
            && (match["method"] is not { } method || Is(method, asked.Method))
            && (match["headers"]?.AsObject() ?? []).All(one => asked.Headers.FirstOrDefault(header => header.Key.Equals(one.Key, StringComparison.OrdinalIgnoreCase)).Value is { } value && Is(one.Value!, value))
            && (match["queryParams"]?.AsObject() ?? []).All(one => asked.Query.TryGetValue(one.Key, out var value) && Is(one.Value!, value))
            && (match["sourceLabels"]?.AsObject() ?? []).All(one => labels?.GetValueOrDefault(one.Key) == one.Value!.GetValue<string>());
    }

    // StringMatch: a regular expression (RE2) must match the whole.
    private static bool Is(JsonNode match, string value) => match.AsObject().Single() switch
    {
        ("exact", { } text) => value == text.GetValue<string>(),
        ("prefix", { } text) => value.StartsWith(text.GetValue<string>(), StringComparison.Ordinal),
        ("regex", { } text) => Regex.IsMatch(value, $"^(?:{text.GetValue<string>()})$", RegexOptions.CultureInvariant),
        var other => throw new NotSupportedException(other.Key),
    };

    // Whether the proxy of a workload has a host in its registry; without a Sidecar it knows every one.
    private bool Knows(Dictionary<string, string> labels, string host)
    {
        var sidecars = Of("Sidecar").Where(one => one["spec"]!["workloadSelector"]!["labels"]!.AsObject().All(label => labels.GetValueOrDefault(label.Key) == label.Value!.GetValue<string>())).ToArray();
        Assert.True(sidecars.Length <= 1, "two sidecars for one workload");
        if (sidecars.Length == 0)
        {
            return true;
        }

        Assert.Equal("REGISTRY_ONLY", sidecars[0]["spec"]!["outboundTrafficPolicy"]!["mode"]!.GetValue<string>());
        return sidecars[0]["spec"]!["egress"]!.AsArray().SelectMany(one => Texts(one!["hosts"])).Any(one => one.Split('/') is [var space, var name]
            && (space is "." or "*" || space == system) && (name == "*" || name == host || (name.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(name[1..], StringComparison.Ordinal))));
    }

    private bool Receive(string callee, string? principal, string address, Asked asked, string path, IReadOnlyDictionary<string, string> headers)
    {
        var (labels, _) = _pods[callee];
        if (ModeFor(labels) == "STRICT" && principal is null)
        {
            return false;
        }

        // Without TLS nobody has an identity.
        var known = ModeFor(labels) == "DISABLE" ? null : principal;
        Token? valid = null;
        foreach (var rule in Of("RequestAuthentication").Where(one => Selects(one["spec"]!["selector"], labels)).SelectMany(one => one["spec"]!["jwtRules"]!.AsArray()))
        {
            Known(rule!.AsObject(), "issuer", "jwksUri", "audiences", "forwardOriginalToken");
            Assert.StartsWith("https://", rule!["jwksUri"]!.GetValue<string>());
            if (asked.Token is { } token)
            {
                if (!token.IsSigned || token.Issuer != rule["issuer"]!.GetValue<string>() || (rule["audiences"] is { } audiences && !Texts(audiences).Contains(token.Audience)))
                {
                    return false;
                }

                valid = token;
            }
        }

        var policies = Of("AuthorizationPolicy").Where(one => one["spec"]!["selector"] is not { } selector || Selects(selector, labels)).ToArray();
        bool Any(string action) => policies.Where(one => (one["spec"]!["action"]?.GetValue<string>() ?? "ALLOW") == action)
            .Any(one => (one["spec"]!["rules"]?.AsArray() ?? []).Any(rule => Holds(rule!.AsObject(), known, address, asked, path, headers, valid)));
        Assert.All(policies, one => Assert.Contains(one["spec"]!["action"]?.GetValue<string>() ?? "ALLOW", new[] { "ALLOW", "DENY" }));
        return !Any("DENY") && (policies.All(one => one["spec"]!["action"]?.GetValue<string>() == "DENY") || Any("ALLOW"));
    }

    private string ModeFor(Dictionary<string, string> labels)
    {
        var all = Of("PeerAuthentication").ToArray();
        var own = all.SingleOrDefault(one => one["spec"]!["selector"] is { } selector && Selects(selector, labels))?["spec"];
        return (own?["portLevelMtls"]?[Port]?["mode"] ?? own?["mtls"]?["mode"] ?? all.SingleOrDefault(one => one["spec"]!["selector"] is null)?["spec"]!["mtls"]!["mode"])?.GetValue<string>() ?? "PERMISSIVE";
    }

    private static bool Holds(JsonObject rule, string? principal, string address, Asked asked, string path, IReadOnlyDictionary<string, string> headers, Token? token)
    {
        Known(rule, "from", "to", "when");
        return (rule["from"] is not { } from || from.AsArray().Any(one => IsFrom(one!["source"]!.AsObject(), principal, address, token)))
            && (rule["to"] is not { } to || to.AsArray().Any(one => IsTo(one!["operation"]!.AsObject(), asked.Method, path)))
            && (rule["when"]?.AsArray() ?? []).All(one => IsWhen(one!.AsObject(), headers, token));
    }

    private static bool IsFrom(JsonObject source, string? principal, string address, Token? token)
    {
        Known(source, "principals", "namespaces", "requestPrincipals", "ipBlocks");
        return source.All(one => one.Key switch
        {
            "principals" => principal is not null && Texts(one.Value).Any(text => IsText(text, principal)),
            "namespaces" => principal is not null && Texts(one.Value).Any(text => IsText(text, principal.Split('/')[2])),
            "requestPrincipals" => token is not null && Texts(one.Value).Any(text => IsText(text, $"{token.Issuer}/somebody")),
            _ => Texts(one.Value).Any(text => IPNetwork.Parse(text).Contains(IPAddress.Parse(address))),
        });
    }

    private static bool IsTo(JsonObject operation, string method, string path)
    {
        Known(operation, "methods", "paths", "ports");
        return operation.All(one => one.Key switch
        {
            "methods" => Texts(one.Value).Any(text => IsText(text, method)),
            "paths" => Texts(one.Value).Any(text => text.Contains('{', StringComparison.Ordinal) ? Template(text).IsMatch(path) : IsText(text, path)),
            _ => Texts(one.Value).Contains(Port),
        });
    }

    private static bool IsWhen(JsonObject when, IReadOnlyDictionary<string, string> headers, Token? token)
    {
        Known(when, "key", "values");
        var key = Key().Match(when["key"]!.GetValue<string>());
        var values = key.Groups["what"].Value switch
        {
            "request.headers" => headers.Where(one => one.Key.Equals(key.Groups["name"].Value, StringComparison.OrdinalIgnoreCase)).Select(one => one.Value),
            "request.auth.claims" when key.Groups["name"].Value == "scope" => token?.Scopes ?? [],
            var other => throw new NotSupportedException(other),
        };
        return values.Any(value => Texts(when["values"]).Any(text => IsText(text, value)));
    }

    // Exactly, by beginning 'x*', by end '*x', or '*' for anything that is there.
    private static bool IsText(string text, string value) =>
        text == "*" ? value.Length > 0
        : text.EndsWith('*') ? value.StartsWith(text[..^1], StringComparison.Ordinal)
        : text.StartsWith('*') ? value.EndsWith(text[1..], StringComparison.Ordinal)
        : text == value;

    // '{*}' is one segment that is not empty, '{**}' at the end anything, also nothing.
    private static Regex Template(string text) => new("^" + Regex.Escape(text).Replace("\\{\\*\\*}", ".*", StringComparison.Ordinal).Replace("\\{\\*}", "[^/]+", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);

    private static bool IsHost(string pattern, string host) => pattern == "*" || pattern == host || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.Ordinal));

    // What a proxy does to a path before it decides (BASE): escapes of unreserved characters are undone, backslashes are slashes, dot segments are resolved.
    internal static string Normal(string path)
    {
        var text = Escape().Replace(path, match => (char)Convert.ToByte(match.Value[1..], 16) is var c && (char.IsAsciiLetterOrDigit(c) || "-._~".Contains(c, StringComparison.Ordinal)) ? c.ToString() : match.Value.ToUpperInvariant()).Replace('\\', '/');
        var kept = new List<string>();
        var segments = text.Split('/')[1..];
        foreach (var (i, segment) in segments.Index())
        {
            if (segment is not ("." or ".."))
            {
                kept.Add(segment);
                continue;
            }

            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (i == segments.Length - 1)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }

    private IEnumerable<JsonObject> Of(string kind) => _kinds[kind];

    private static bool IsExported(JsonObject one, string space) => one["spec"]!["exportTo"] is not { } to || Texts(to).Any(text => text == "*" || text == (one["metadata"]!["namespace"]!.GetValue<string>() == space ? "." : space) || text == space);

    private static string[] Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(one => one!.GetValue<string>())];

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^(?<what>[a-z.]+)\[(?<name>[^\]]+)\]$")]
    private static partial Regex Key();
}
