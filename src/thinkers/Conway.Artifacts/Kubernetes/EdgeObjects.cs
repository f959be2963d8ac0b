using System.Globalization;
using Conway.Artifacts.Istio;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>The way in from outside: routes of the Gateway API, or an Ingress.</summary>
internal static class EdgeObjects
{
    // Of the Gateway API: most rules of one route, of nine methods at most each; together they may have 128 matches.
    private const int RulesMax = 14;

    private const string Api = "gateway.networking.k8s.io/v1";

    /// <summary>What is missing, each told once; nothing when no route leads in.</summary>
    public static void Check(SystemPlan system, List<Finding> findings)
    {
        var routes = system.Model.Gateway.Routes;
        var edge = system.Model.Deploy.Edge;
        if (routes.Count == 0)
        {
            return;
        }

        void Need(string key, bool isThere, string what, string example)
        {
            if (!isThere)
            {
                findings.Add(ArtifactFindings.Needed($"deploy.edge.{key}", $"The gateway has routes, and the model does not say {what}.", $"Write 'deploy: {{ edge: {{ {key}: {example} }} }}' with your own value, in the settings of the environment."));
            }
        }

        if (IsIstio(system) && system.Model.Mesh != IstioTarget.Name)
        {
            findings.Add(ArtifactFindings.Needed("deploy.edge.kind", "Requests come in by resources of Istio, and the system is in no mesh of that kind.", "Write 'mesh: istio' in the settings of the environment, or another 'deploy.edge.kind'."));
        }

        Need("class", edge.Class is not null, "which controller of the cluster serves them", "envoy");
        Need("host", edge.Host is not null || routes.All(route => route.Host is not null), "under which host", "shop.example.com");
        Need("namespace", edge.Namespace is not null, "in which namespace the controller's pods run, so that they can be let through", "envoy-gateway-system");
        for (var i = 0; i < routes.Count; i++)
        {
            CheckRoute(system, routes[i], string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"), findings);
        }

        if (!IsIngress(system) && !IsIstio(system))
        {
            EdgeOrder.Check(system, findings);
        }
    }

    /// <summary>The gateway itself, and the way from HTTP to HTTPS; nothing for an Ingress.</summary>
    public static IEnumerable<YamlMap> Gateway(SystemPlan system)
    {
        var edge = system.Model.Deploy.Edge;
        if (system.Model.Gateway.Routes.Count == 0 || IsIngress(system) || IsIstio(system))
        {
            yield break;
        }

        var name = ObjectNames.Label(system.Model.System);
        var allowed = new YamlMap().Set("namespaces", new YamlMap().Set("from", "Selector").Set("selector", new YamlMap().Set("matchLabels", new YamlMap().Set(KubeMetadata.NamespaceLabel, KubeMetadata.NamespaceOf(system)))));
        yield return new YamlMap { Origin = new Origin("deploy.edge", ArtifactRules.EdgeRoute) }
            .Set("apiVersion", Api).Set("kind", "Gateway")
            .Set("metadata", new YamlMap().Set("name", name).Set("namespace", edge.Namespace ?? "", ArtifactRules.EdgeRoute, "deploy.edge.namespace")
                .Set("labels", new YamlMap().Set("app.kubernetes.io/part-of", name).Set("app.kubernetes.io/managed-by", "conway")))
            .Set("spec", new YamlMap()
                .Set("gatewayClassName", edge.Class ?? "", ArtifactRules.Declared, "deploy.edge.class")
                .Set("listeners", new YamlList(
                    new YamlMap().Set("name", "http").Set("port", 80).Set("protocol", "HTTP").Set("allowedRoutes", allowed),
                    new YamlMap { Origin = new Origin("deploy.edge.certificate", ArtifactRules.EdgeTls) }.Set("name", "https").Set("port", 443).Set("protocol", "HTTPS")
                        .Set("tls", new YamlMap().Set("mode", "Terminate").Set("certificateRefs", new YamlList(new YamlMap().Set("kind", "Secret").Set("name", CertificateOf(system)))))
                        .Set("allowedRoutes", allowed))));
        var redirect = new YamlMap().Set("type", "RequestRedirect").Set("requestRedirect", new YamlMap().Set("scheme", "https").Set("statusCode", 301));
        yield return NamespaceObjects.Object(system, Api, "HTTPRoute", "to-https", ArtifactRules.EdgeTls, "deploy.edge").Set("spec", new YamlMap()
            .Set("parentRefs", new YamlList(Parent(system, "http")))
            .Set("hostnames", YamlList.Of(system.Model.Gateway.Routes.Select(route => route.Host ?? edge.Host ?? "").Distinct().Order(StringComparer.Ordinal)))
            .Set("rules", new YamlList(new YamlMap().Set("filters", new YamlList(redirect)))));
    }

    public static IEnumerable<YamlMap> OfService(SystemPlan system, KubeService service)
    {
        if (IsIstio(system))
        {
            yield break;
        }

        var routes = system.Model.Gateway.Routes.Select((route, i) => (Route: route, Path: string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"))).Where(one => one.Route.To == service.Plan.Name);
        var number = 0;
        foreach (var host in routes.GroupBy(one => one.Route.Host ?? system.Model.Deploy.Edge.Host ?? "").OrderBy(host => host.Key, StringComparer.Ordinal))
        {
            foreach (var chunk in host.SelectMany(one => Apart(one.Route, one.Path)).Chunk(RulesMax))
            {
                number++;
                var name = number == 1 ? service.Name : ObjectNames.Derived(service.Name, string.Create(CultureInfo.InvariantCulture, $"-r{number}"), taken => system.Services.Any(other => other.Label == taken));
                var origin = new Origin(chunk[0].Path, ArtifactRules.EdgeRoute);
                yield return IsIngress(system)
                    ? KubeMetadata.Object(system, service.Plan, "networking.k8s.io/v1", "Ingress", name, service.Name, "service", ArtifactRules.EdgeRoute).Set("spec", Ingress(system, service, host.Key, chunk) with { Origin = origin })
                    : KubeMetadata.Object(system, service.Plan, Api, "HTTPRoute", name, service.Name, "service", ArtifactRules.EdgeRoute).Set("spec", new YamlMap { Origin = origin }
                        .Set("parentRefs", new YamlList(Parent(system, "https")), ArtifactRules.EdgeTls, "deploy.edge")
                        .Set("hostnames", new YamlList(host.Key))
                        .Set("rules", new YamlList([.. chunk.Select(one => (YamlNode)Rule(system, service, one.Route, one.Path, one.Methods))])));
            }
        }
    }

    // Of the Gateway API: a rule that replaces the beginning of a path has one match.
    private static IEnumerable<(Route Route, string Path, IReadOnlyList<string> Methods)> Apart(Route route, string path) =>
        route is { Rewrite: not null, Methods.Count: > 1 } && PathOf(route.Path).Type == "PathPrefix"
            ? route.Methods.Select(method => (route, path, (IReadOnlyList<string>)[method]))
            : [(route, path, [.. route.Methods])];

    private static YamlMap Rule(SystemPlan system, KubeService service, Route route, string path, IReadOnlyList<string> wanted)
    {
        var rule = new YamlMap { Origin = new Origin(path, ArtifactRules.EdgeRoute) };
        var methods = wanted.Count == 0 ? [null] : wanted.Select(method => (string?)method).ToArray();
        rule.Set("matches", new YamlList([.. methods.Select(method => (YamlNode)Match(route, method))]));
        var filters = new List<YamlNode>();
        if (route.Rewrite is { } prefix && PathOf(route.Path) is (var type and not "RegularExpression", _))
        {
            // A slash at its end would stand where nothing follows.
            var rewrite = PathPlan.Of(route.Path).Rewritten(prefix).Literal is { Length: > 0 } literal ? literal : "/";
            filters.Add(new YamlMap { Origin = new Origin($"{path}.rewrite", ArtifactRules.Declared) }.Set("type", "URLRewrite").Set("urlRewrite", new YamlMap().Set("path", type == "Exact"
                ? new YamlMap().Set("type", "ReplaceFullPath").Set("replaceFullPath", rewrite)
                : new YamlMap().Set("type", "ReplacePrefixMatch").Set("replacePrefixMatch", rewrite))));
        }

        if (RoutePlan.IsNamed(system, route))
        {
            filters.Add(new YamlMap { Origin = new Origin(path, ArtifactRules.MeshRouteName) }.Set("type", "RequestHeaderModifier").Set("requestHeaderModifier", new YamlMap()
                .Set("set", new YamlList(new YamlMap().Set("name", RoutePlan.Header).Set("value", RoutePlan.NameOf(route))))));
        }

        if (filters.Count > 0)
        {
            rule.Set("filters", new YamlList(filters));
        }

        rule.Set("backendRefs", new YamlList([.. RoutePlan.Shares(system, route, path).Select(share => (YamlNode)new YamlMap { Origin = new Origin(share.Path, ArtifactRules.EdgeRoute) }
            .Set("name", share.Service).Set("port", SystemPlan.Port).SetIf(route.Split.Count > 0, "weight", () => share.Weight))]), ArtifactRules.EdgeRoute, $"{path}.to");
        if ((route.Timeout ?? service.Plan.Service.Api.Budget) is { } timeout)
        {
            rule.Set("timeouts", new YamlMap().Set("request", Duration(timeout)), ArtifactRules.Declared, route.Timeout is null ? $"{service.Plan.Path}.api.budget" : $"{path}.timeout");
        }

        return rule;
    }

    private static YamlMap Match(Route route, string? method)
    {
        var (type, value) = PathOf(route.Path);
        var match = new YamlMap().Set("path", new YamlMap().Set("type", type).Set("value", value));
        YamlList Exact(NameMap<string> values) => new([.. values.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (YamlNode)new YamlMap().Set("type", "Exact").Set("name", one.Key).Set("value", one.Value))]);
        return match.SetIf(method is not null, "method", () => method!)
            .SetIf(route.Headers.Count > 0, "headers", () => Exact(route.Headers))
            .SetIf(route.Query.Count > 0, "queryParams", () => Exact(route.Query));
    }

    private static YamlMap Ingress(SystemPlan system, KubeService service, string host, (Route Route, string Path, IReadOnlyList<string> Methods)[] routes)
    {
        var paths = routes.Select(one => (YamlNode)new YamlMap { Origin = new Origin(one.Path, ArtifactRules.EdgeRoute) }
            .Set("path", PathOf(one.Route.Path).Value).Set("pathType", PathOf(one.Route.Path).Type == "Exact" ? "Exact" : "Prefix")
            .Set("backend", new YamlMap().Set("service", new YamlMap().Set("name", service.Name).Set("port", new YamlMap().Set("name", PodParts.PortName))))).ToArray();
        return new YamlMap()
            .Set("ingressClassName", system.Model.Deploy.Edge.Class ?? "", ArtifactRules.Declared, "deploy.edge.class")
            .Set("tls", new YamlList(new YamlMap().Set("hosts", new YamlList(host)).Set("secretName", CertificateOf(system))), ArtifactRules.EdgeTls, "deploy.edge.certificate")
            .Set("rules", new YamlList(new YamlMap().Set("host", host).Set("http", new YamlMap().Set("paths", new YamlList(paths)))));
    }

    private static void CheckRoute(SystemPlan system, Route route, string path, List<Finding> findings)
    {
        void Tell(string key, string what, Severity weight) =>
            findings.Add(new Finding { Rule = ArtifactFindings.NotCarriedOver, Weight = weight, Message = $"The route '{route.Path}' {what}, which is not carried over to the cluster.", Mend = "Let the service do it, or set it up at the controller.", ModelPath = $"{path}.{key}" });

        var isPattern = PathOf(route.Path).Type == "RegularExpression";
        RoutePlan.Check(system, route, path, findings);
        if (route.Retries > 0 && !IsIstio(system))
        {
            Tell("retries", "is tried again", Severity.Info);
        }

        if (route.Auth is not null && !RoutePlan.AsksForTokens(system))
        {
            Tell("auth", "asks for scopes", Severity.Warning);
        }

        if (route.Limit is not null)
        {
            Tell("limit", "is limited", Severity.Warning);
        }

        if (route.Rewrite is not null && isPattern && !IsIstio(system))
        {
            Tell("rewrite", "rewrites a path with a pattern in it", Severity.Error);
        }

        if (IsIngress(system) && (isPattern || route.Methods.Count > 0 || route.Headers.Count > 0 || route.Query.Count > 0 || route.Rewrite is not null || route.Split.Count > 0))
        {
            Tell("path", "matches or rewrites more than a path can say in an Ingress", Severity.Error);
        }
    }

    /// <summary>How a path of the model is matched.</summary>
    internal static (string Type, string Value) PathOf(string path)
    {
        var plan = PathPlan.Of(path);
        return plan.Segments.Count > 0 ? ("RegularExpression", plan.Regex())
            : plan.IsExact ? ("Exact", plan.Literal)
            : ("PathPrefix", plan.Literal.Length == 0 ? "/" : plan.Literal);
    }

    private static YamlMap Parent(SystemPlan system, string listener) => new YamlMap().Set("name", ObjectNames.Label(system.Model.System)).Set("namespace", system.Model.Deploy.Edge.Namespace ?? "").Set("sectionName", listener);

    internal static string CertificateOf(SystemPlan system) => system.Model.Deploy.Edge.Certificate ?? ObjectNames.Derived(system.Model.System, "-tls", _ => false);

    internal static bool IsIngress(SystemPlan system) => system.Model.Deploy.Edge.Kind == "ingress";

    /// <summary>Whether Istio's own resources say how requests come in; they stand beside these.</summary>
    internal static bool IsIstio(SystemPlan system) => system.Model.Deploy.Edge.Kind == "istio";

    // At most five digits before each unit.
    private static string Duration(TimeSpan time) =>
        time.TotalMilliseconds % 1000 == 0 || time.TotalMilliseconds > 99999
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(time.TotalSeconds)}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(time.TotalMilliseconds)}ms");
}
