using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Istio;

/// <summary>The way in by Istio's own gateway: for each host the routes that it can take, the most specific first, because the first that matches wins.</summary>
internal static class IstioEdge
{
    // What a run merges or refuses, as requests come here: after dot segments are resolved and before anything else is.
    private const string Ambiguous = ".*(//|%2[fF]|%5[cC]|%00).*";

    public static IEnumerable<YamlMap> Of(SystemPlan system)
    {
        var edge = system.Model.Deploy.Edge;
        if (system.Model.Gateway.Routes.Count == 0 || !EdgeObjects.IsIstio(system))
        {
            yield break;
        }

        var (name, space) = (ObjectNames.Label(system.Model.System), edge.Namespace ?? "");
        var hosts = system.Model.Gateway.Routes.Select(route => HostOf(system, route)).Distinct().Order(StringComparer.Ordinal).ToArray();
        var shown = YamlList.Of(hosts.Select(host => $"{KubeMetadata.NamespaceOf(system)}/{host}"));
        yield return new YamlMap { Origin = new Origin("deploy.edge", ArtifactRules.MeshEdge) }
            .Set("apiVersion", IstioTarget.Networking).Set("kind", "Gateway")
            .Set("metadata", new YamlMap().Set("name", name).Set("namespace", space, ArtifactRules.MeshEdge, "deploy.edge.namespace")
                .Set("labels", new YamlMap().Set("app.kubernetes.io/part-of", name).Set("app.kubernetes.io/managed-by", "conway")))
            .Set("spec", new YamlMap()
                .Set("selector", new YamlMap().Set("istio", edge.Class ?? ""), ArtifactRules.Declared, "deploy.edge.class")
                .Set("servers", new YamlList(
                    new YamlMap { Origin = new Origin("deploy.edge", ArtifactRules.EdgeTls) }.Set("port", new YamlMap().Set("number", 80).Set("name", "http").Set("protocol", "HTTP")).Set("hosts", shown).Set("tls", new YamlMap().Set("httpsRedirect", true)),
                    new YamlMap { Origin = new Origin("deploy.edge.certificate", ArtifactRules.EdgeTls) }.Set("port", new YamlMap().Set("number", 443).Set("name", "https").Set("protocol", "HTTPS")).Set("hosts", shown)
                        .Set("tls", new YamlMap().Set("mode", "SIMPLE").Set("credentialName", EdgeObjects.CertificateOf(system)).Set("minProtocolVersion", "TLSV1_2")))));
        foreach (var host in hosts)
        {
            yield return NamespaceObjects.Object(system, IstioTarget.Networking, "VirtualService", IstioTarget.NameOf(system, ObjectNames.Derived(name, $"-edge-{ObjectNames.Hash(host)}", _ => false)), ArtifactRules.MeshEdge, "gateway").Set("spec", new YamlMap()
                .Set("hosts", new YamlList(host))
                .Set("exportTo", new YamlList(space), ArtifactRules.MeshEdge, "deploy.edge.namespace")
                .Set("gateways", new YamlList($"{space}/{name}"), ArtifactRules.MeshEdge, "deploy.edge.namespace")
                .Set("http", new YamlList([Refused(), .. Routes(system, host).SelectMany(one => RulesOf(system, one.Route, one.Path))])));
        }
    }

    private static string HostOf(SystemPlan system, Route route) => (route.Host ?? system.Model.Deploy.Edge.Host ?? "").Trim().TrimEnd('.').ToLowerInvariant();

    /// <summary>The routes for a host, in the order in which a run tries them.</summary>
    private static IEnumerable<(Route Route, string Path)> Routes(SystemPlan system, string host) => system.Model.Gateway.Routes
        .Select((route, i) => (Route: route, Path: string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"), Host: HostOf(system, route), Plan: PathPlan.Of(route.Path)))
        .Where(one => one.Host == host || (one.Host.StartsWith("*.", StringComparison.Ordinal) && host.Length >= one.Host.Length && host.EndsWith(one.Host[1..], StringComparison.Ordinal)))
        .OrderBy(one => one.Host.StartsWith('*')).ThenByDescending(one => one.Host.Length)
        .ThenBy(one => !one.Plan.IsExact).ThenByDescending(one => one.Plan.LiteralLength).ThenByDescending(one => one.Plan.LiteralTotal)
        .ThenBy(one => one.Route.Methods.Count == 0).ThenByDescending(one => one.Route.Headers.Count).ThenByDescending(one => one.Route.Query.Count)
        .Select(one => (one.Route, one.Path));

    private static YamlMap Refused() => new YamlMap { Origin = new Origin("gateway", ArtifactRules.MeshRefused) }
        .Set("name", "refused").Set("match", new YamlList(new YamlMap().Set("uri", new YamlMap().Set("regex", Ambiguous))))
        .Set("directResponse", new YamlMap().Set("status", 400));

    private static IEnumerable<YamlMap> RulesOf(SystemPlan system, Route route, string path)
    {
        var plan = PathPlan.Of(route.Path);
        var attempt = MeshCalls.AttemptOf(route.Timeout, system[route.To].Service.Api.Budget);
        return IstioCalls.Attempts(
            string.Create(CultureInfo.InvariantCulture, $"route-{RoutePlan.NameOf(route)}"), new Origin(path, ArtifactRules.MeshEdge), route.Methods, route.Retries, attempt, attempt * (route.Retries + 1),
            (methods, keyed) => Matches(route, plan, methods ?? route.Methods, keyed),
            rule =>
            {
                if (route.Rewrite is { } prefix && Rewrite(plan, plan.Rewritten(prefix).Literal) is { } rewrite)
                {
                    rule.Set("rewrite", new YamlMap().Set("uriRegexRewrite", rewrite), ArtifactRules.Declared, $"{path}.rewrite");
                }

                if (RoutePlan.IsNamed(system, route))
                {
                    rule.Set("headers", new YamlMap().Set("request", new YamlMap().Set("set", new YamlMap().Set(RoutePlan.Header, RoutePlan.NameOf(route)))), ArtifactRules.MeshRouteName, path);
                }

                var shares = RoutePlan.Shares(system, route, path);
                rule.Set("route", new YamlList([.. shares.Select(share => (YamlNode)new YamlMap { Origin = new Origin(share.Path, ArtifactRules.MeshEdge) }
                    .Set("destination", IstioCalls.Destination(system, share.Service)).SetIf(shares.Count > 1, "weight", () => share.Weight))]), ArtifactRules.MeshEdge, $"{path}.to");
            });
    }

    private static IEnumerable<YamlNode> Matches(Route route, PathPlan plan, IReadOnlyList<string> methods, bool keyed)
    {
        var uris = plan.Segments.Count > 0 ? [("regex", plan.Regex())]
            : plan.IsExact ? [("exact", plan.Literal)]
            : plan.Literal.Length == 0 ? [("prefix", "/")]
            : new[] { ("exact", plan.Literal), ("prefix", plan.Literal + "/") };
        foreach (var (kind, value) in uris)
        {
            YamlMap Match(YamlMap? method, IEnumerable<(string Name, YamlMap Test)> more)
            {
                var headers = new YamlMap();
                foreach (var (name, test) in route.Headers.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key.ToLowerInvariant(), new YamlMap().Set("exact", one.Value))).Concat(more).DistinctBy(one => one.Item1))
                {
                    headers.Set(name, test);
                }

                var query = new YamlMap();
                foreach (var (name, wanted) in route.Query.OrderBy(one => one.Key, StringComparer.Ordinal))
                {
                    query.Set(name, new YamlMap().Set("exact", wanted));
                }

                return new YamlMap().Set("uri", new YamlMap().Set(kind, value)).SetIf(method is not null, "method", () => method!)
                    .SetIf(!headers.IsEmpty, "headers", () => headers).SetIf(!query.IsEmpty, "queryParams", () => query);
            }

            var key = keyed ? [("idempotency-key", (YamlMap)IstioCalls.IdempotencyKey()["idempotency-key"]!)] : Array.Empty<(string, YamlMap)>();
            yield return Match(methods.Count == 0 ? null : IstioCalls.Methods(methods), key);
            if (route.Methods.Count > 0 && !route.Methods.Contains("OPTIONS") && !keyed)
            {
                // What a browser asks first goes where that will go which it asks for.
                yield return Match(IstioCalls.Methods(["OPTIONS"]), [("origin", new YamlMap().Set("regex", ".+")), ("access-control-request-method", IstioCalls.Methods(route.Methods))]);
            }
        }
    }

    /// <summary>The expression that puts one beginning in the place of another; null when nothing changes.</summary>
    private static YamlMap? Rewrite(PathPlan plan, string to)
    {
        var (match, text) = plan.IsExact ? ($"^{PathPlan.Escaped(plan.Literal)}$", to)
            : plan.Literal.Length == 0 ? ("^/", to + "/")
            : to.Length == 0 ? ($"^{PathPlan.Escaped(plan.Literal)}/?", "/")
            : ($"^{PathPlan.Escaped(plan.Literal)}", to);
        return plan.Literal == to ? null : new YamlMap().Set("match", match).Set("rewrite", text);
    }
}
