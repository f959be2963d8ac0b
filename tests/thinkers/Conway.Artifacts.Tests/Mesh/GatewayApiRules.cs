using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>What the specification of the Gateway API leaves to controllers.</summary>
/// <param name="RegexFirst">Regular expressions go before beginnings of paths; else after them.</param>
/// <param name="HostAlone">Routes of the host that says most are the only ones; else others are asked where they have none.</param>
/// <param name="LastIsOldest">The route whose name is the last was made first.</param>
internal sealed record GatewayApiReading(bool RegexFirst, bool HostAlone, bool LastIsOldest);

/// <summary>
/// An interpreter of the Gateway API's Gateway and HTTPRoute that knows nothing of how they were made: what its reference says of listeners, of hosts, of the match that goes
/// first, of filters, and of backends with their weights. A field that it does not know is an exception, and so is what the rules of the definitions refuse.
/// </summary>
internal sealed partial class GatewayApiRules
{
    private readonly List<JsonObject> _gateways;
    private readonly Dictionary<string, string[]> _ports;
    private readonly Match[] _matches;

    public GatewayApiRules(IReadOnlyList<JsonObject> cluster)
    {
        _gateways = [.. cluster.Where(one => Kind(one) == "Gateway")];
        _ports = cluster.Where(one => Kind(one) == "Service").ToDictionary(
            one => $"{Space(one)}/{Name(one)}", one => one["spec"]!["ports"] is { } ports ? ports.AsArray().Select(port => port!["port"]!.ToJsonString()).ToArray() : [], StringComparer.Ordinal);
        _matches = [.. cluster.Where(one => Kind(one) == "HTTPRoute").SelectMany(Read)];
    }

    /// <summary>Each way to read what is left open.</summary>
    public static IReadOnlyList<GatewayApiReading> Readings { get; } = [.. Enumerable.Range(0, 8).Select(i => new GatewayApiReading((i & 1) > 0, (i & 2) > 0, (i & 4) > 0))];

    /// <summary>Names of routes.</summary>
    public IEnumerable<string> Routes => _matches.Select(one => one.Route).Distinct();

    /// <summary>What becomes of a request at a port of the gateway, in each reading.</summary>
    public IReadOnlyList<Decided> Decide(Asked asked, int port)
    {
        var hosts = _matches.Where(one => one.Port == port && IsHost(one.Host, asked.Host)).ToArray();
        var best = hosts.OrderBy(one => one, Comparer<Match>.Create(ByHost)).FirstOrDefault()?.Host;
        var takes = hosts.Where(one => one.Takes(asked)).ToArray();
        return [.. Readings.Select(reading =>
        {
            Match? first = null;
            foreach (var one in takes)
            {
                first = (reading.HostAlone && one.Host != best) || (first is not null && Compare(one, first, reading) >= 0) ? first : one;
            }

            return first is null ? Decided.Refused : Follow(first, asked);
        })];
    }

    private static int ByHost(Match one, Match other)
    {
        int[] comparisons = [one.Host.StartsWith('*').CompareTo(other.Host.StartsWith('*')), other.Host.Length.CompareTo(one.Host.Length)];
        return Array.Find(comparisons, c => c != 0);
    }

    private static int Compare(Match one, Match other, GatewayApiReading reading)
    {
        int Rank(Match match) => match.Type switch { "Exact" => 0, "PathPrefix" => 2, _ => reading.RegexFirst ? 1 : 3 };
        int[] comparisons =
        [
            ByHost(one, other),
            Rank(one).CompareTo(Rank(other)),
            other.Path.Length.CompareTo(one.Path.Length),
            (one.Method is null).CompareTo(other.Method is null),
            other.Headers.Length.CompareTo(one.Headers.Length),
            other.Query.Length.CompareTo(one.Query.Length),
            string.CompareOrdinal(one.Route, other.Route) * (reading.LastIsOldest ? -1 : 1),
            one.Number.CompareTo(other.Number),
        ];
        return Array.Find(comparisons, c => c != 0);
    }

    private Decided Follow(Match match, Asked asked)
    {
        var (path, name) = (asked.Path, "");
        foreach (var filter in match.Rule["filters"]?.AsArray() ?? [])
        {
            switch (filter!["type"]!.GetValue<string>())
            {
                case "RequestRedirect":
                    Known(filter["requestRedirect"]!.AsObject(), "scheme", "statusCode");
                    return new([$"{filter["requestRedirect"]!["statusCode"]} {filter["requestRedirect"]!["scheme"]}://{asked.Host}{asked.Path}"]);
                case "URLRewrite":
                    path = Rewritten(match, filter["urlRewrite"]!["path"]!, path);
                    break;
                case "RequestHeaderModifier":
                    Known(filter["requestHeaderModifier"]!.AsObject(), "set");
                    name = " as " + filter["requestHeaderModifier"]!["set"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == Plans.RoutePlan.Header)!["value"];
                    break;
                case var other:
                    throw new NotSupportedException(other);
            }
        }

        var backends = match.Rule["backendRefs"]!.AsArray().Select(one => (One: one!.AsObject(), Weight: one["weight"]?.GetValue<int>() ?? 1)).ToArray();
        var whole = backends.Sum(one => one.Weight);
        return new([.. backends.Where(one => one.Weight > 0).Select(one =>
        {
            Known(one.One, "name", "port", "weight");
            var isThere = _ports.GetValueOrDefault($"{match.Space}/{one.One["name"]}")?.Contains(one.One["port"]!.ToJsonString()) ?? false;
            return string.Create(CultureInfo.InvariantCulture, $"{(isThere ? one.One["name"] : "500")} {100.0 * one.Weight / whole} {path} within {match.Rule["timeouts"]?["request"]?.GetValue<string>() ?? "any time"}{name}");
        })]);
    }

    // As the table of the reference has it: slashes at the end of what is replaced do not count, and a path begins with one.
    private static string Rewritten(Match match, JsonNode rewrite, string path)
    {
        Known(rewrite.AsObject(), "type", "replaceFullPath", "replacePrefixMatch");
        if (rewrite["type"]!.GetValue<string>() == "ReplaceFullPath")
        {
            return rewrite["replaceFullPath"]!.GetValue<string>();
        }

        Assert.Equal("ReplacePrefixMatch", rewrite["type"]!.GetValue<string>());
        var (rest, begin) = (path[match.Path.TrimEnd('/').Length..], rewrite["replacePrefixMatch"]!.GetValue<string>());
        return rest.Length == 0 ? (begin.Length == 0 ? "/" : begin) : begin.TrimEnd('/') + rest;
    }

    // The listeners that a route is for, its hosts and its rules.
    private IEnumerable<Match> Read(JsonObject route)
    {
        var spec = route["spec"]!.AsObject();
        Known(spec, "parentRefs", "hostnames", "rules");
        var hosts = spec["hostnames"]!.AsArray().Select(one => one!.GetValue<string>()).ToArray();
        var rules = spec["rules"]!.AsArray().Select(one => one!.AsObject()).ToArray();
        Assert.InRange(hosts.Length, 1, 16);
        Assert.InRange(rules.Length, 1, 16);
        Assert.InRange(rules.Sum(rule => rule["matches"]?.AsArray().Count ?? 1), 1, 128);
        Assert.All(hosts, host => Assert.Matches(@"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", host));
        foreach (var (number, rule) in rules.Index())
        {
            Check(rule);
            foreach (var match in rule["matches"]?.AsArray().Select(one => one!.AsObject()) ?? [[]])
            {
                var made = spec["parentRefs"]!.AsArray().Select(parent => Listener(route, parent!.AsObject())).OfType<int>()
                    .SelectMany(port => hosts.Select(host => new Match($"{Space(route)}/{Name(route)}", Space(route), number, port, host, rule, match)));
                foreach (var one in made)
                {
                    yield return one;
                }
            }
        }
    }

    // The port of a listener, where it lets the namespace of the route in.
    private int? Listener(JsonObject route, JsonObject parent)
    {
        Known(parent, "name", "namespace", "sectionName");
        var gateway = _gateways.SingleOrDefault(one => Name(one) == parent["name"]!.GetValue<string>() && Space(one) == parent["namespace"]!.GetValue<string>());
        var listener = gateway?["spec"]!["listeners"]!.AsArray().SingleOrDefault(one => one!["name"]!.GetValue<string>() == parent["sectionName"]!.GetValue<string>())?.AsObject();
        if (listener is null)
        {
            return null;
        }

        Known(listener, "name", "port", "protocol", "allowedRoutes", "tls");
        var port = listener["port"]!.GetValue<int>();
        Assert.Equal(listener["protocol"]!.GetValue<string>() == "HTTPS" ? "Terminate" : null, listener["tls"]?["mode"]?.GetValue<string>());
        var from = listener["allowedRoutes"]!["namespaces"]!;
        Assert.Equal("Selector", from["from"]!.GetValue<string>());
        return Selects(from["selector"], new() { ["kubernetes.io/metadata.name"] = Space(route) }) ? port : null;
    }

    // What the rules of the definition refuse beyond its schema.
    private static void Check(JsonObject rule)
    {
        Known(rule, "matches", "filters", "backendRefs", "timeouts");
        var matches = rule["matches"]?.AsArray().Select(one => one!.AsObject()).ToArray() ?? [];
        var filters = rule["filters"]?.AsArray().Select(one => one!.AsObject()).ToArray() ?? [];
        Assert.InRange(matches.Length, 0, 64);
        Assert.Equal(filters.Length, filters.Select(one => one["type"]!.GetValue<string>()).Distinct().Count());
        Assert.True(filters.All(one => one["requestRedirect"] is null) || (rule["backendRefs"] is null && filters.All(one => one["urlRewrite"] is null)), $"redirected and answered: {rule}");
        Assert.True(filters.All(one => one["urlRewrite"]?["path"]?["replacePrefixMatch"] is null) || (matches.Length == 1 && matches[0]["path"]!["type"]!.GetValue<string>() == "PathPrefix"), $"a beginning is replaced that is none: {rule}");
        Assert.All(rule["backendRefs"]?.AsArray() ?? [], one => Assert.InRange(one!["weight"]?.GetValue<int>() ?? 1, 0, 1_000_000));
        Assert.Matches("^([0-9]{1,5}(h|m|s|ms)){1,4}$", rule["timeouts"]?["request"]?.GetValue<string>() ?? "1s");
    }

    private static string Space(JsonObject one) => one["metadata"]!["namespace"]!.GetValue<string>();

    // A wildcard stands for one label or several.
    private static bool IsHost(string pattern, string host) => pattern == host || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.Length >= pattern.Length && host.EndsWith(pattern[1..], StringComparison.Ordinal));

    [GeneratedRegex(@"^/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$")]
    private static partial Regex Plain();

    /// <summary>One match of one rule for one host at one port.</summary>
    private sealed class Match
    {
        private readonly Regex? _regex;

        public Match(string route, string space, int number, int port, string host, JsonObject rule, JsonObject match)
        {
            (Route, Space, Number, Port, Host, Rule) = (route, space, number, port, host, rule);
            Known(match, "path", "method", "headers", "queryParams");
            (Type, Path) = (match["path"]?["type"]?.GetValue<string>() ?? "PathPrefix", match["path"]?["value"]?.GetValue<string>() ?? "/");
            Method = match["method"]?.GetValue<string>();
            (Headers, Query) = (Values(match["headers"]), Values(match["queryParams"]));
            Assert.Contains(Method ?? "GET", new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH" });
            if (Type == "RegularExpression")
            {
                _regex = new Regex($"^(?:{Path})$", RegexOptions.CultureInvariant);
                return;
            }

            Assert.Contains(Type, new[] { "Exact", "PathPrefix" });
            Assert.Matches(Plain(), Path);
            Assert.DoesNotMatch("//|/\\.\\.?(/|$)|%2[fF]", Path);
        }

        public string Route { get; }

        public string Space { get; }

        public int Number { get; }

        public int Port { get; }

        public string Host { get; }

        public JsonObject Rule { get; }

        public string Type { get; }

        public string Path { get; }

        public string? Method { get; }

        public (string Name, string Value)[] Headers { get; }

        public (string Name, string Value)[] Query { get; }

        public bool Takes(Asked asked) =>
            TakesPath(asked.Path)
            && (Method is null || Method == asked.Method)
            && Headers.All(one => asked.Headers.Any(header => header.Key.Equals(one.Name, StringComparison.OrdinalIgnoreCase) && header.Value == one.Value))
            && Query.All(one => asked.Query.TryGetValue(one.Name, out var value) && value == one.Value);

        // By whole segments; a slash at the end of a beginning does not count.
        private bool TakesPath(string path) =>
            _regex is not null ? _regex.IsMatch(path)
            : Type == "Exact" ? path == Path
            : Path.TrimEnd('/') is var begin && path.StartsWith(begin, StringComparison.Ordinal) && (path.Length == begin.Length || path[begin.Length] == '/');

        private static (string Name, string Value)[] Values(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(one =>
        {
            Known(one!.AsObject(), "type", "name", "value");
            Assert.Equal("Exact", one["type"]?.GetValue<string>() ?? "Exact");
            return (one["name"]!.GetValue<string>(), one["value"]!.GetValue<string>());
        }).DistinctBy(one => one.Item1, StringComparer.OrdinalIgnoreCase)];
    }
}
