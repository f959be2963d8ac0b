using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Istio;

/// <summary>Who may ask whom for what: nothing, but for declared callers, and the gateway where a route leads in.</summary>
internal static class IstioIdentity
{
    /// <summary>What holds for the namespace.</summary>
    public static IEnumerable<YamlMap> Whole(SystemPlan system)
    {
        yield return NamespaceObjects.Object(system, IstioTarget.Security, "PeerAuthentication", IstioTarget.NameOf(system, "default"), ArtifactRules.MeshTls, "policies.mtls")
            .Set("spec", new YamlMap().Set("mtls", new YamlMap().Set("mode", ModeOf(system))));
        if (RoutePlan.HasIdentity(system))
        {
            yield return NamespaceObjects.Object(system, IstioTarget.Security, "AuthorizationPolicy", IstioTarget.NameOf(system, "default-deny"), ArtifactRules.MeshDeny, "policies").Set("spec", new YamlMap());
        }

        yield return NamespaceObjects.Object(system, "telemetry.istio.io/v1", "Telemetry", IstioTarget.NameOf(system, "default"), ArtifactRules.MeshTelemetry, "mesh").Set("spec", new YamlMap()
            .Set("metrics", new YamlList(new YamlMap().Set("providers", new YamlList(new YamlMap().Set("name", "prometheus")))))
            .Set("accessLogging", new YamlList(new YamlMap().Set("providers", new YamlList(new YamlMap().Set("name", "envoy"))).Set("filter", new YamlMap().Set("expression", "response.code >= 500"))))
            .Set("tracing", new YamlList(new YamlMap().Set("disableSpanReporting", true))));
    }

    public static IEnumerable<YamlMap> Of(SystemPlan system, ServicePlan plan)
    {
        if (plan.Service.Expose is not null && system.Model.Policies.Mtls == MtlsMode.Strict)
        {
            yield return Object(system, plan, "PeerAuthentication", ArtifactRules.Exposed, "expose").Set("spec", new YamlMap { Origin = plan.Because(ArtifactRules.Exposed, "expose") }
                .Set("selector", KubeMetadata.MatchLabels(plan.Label))
                .Set("mtls", new YamlMap().Set("mode", "STRICT"))
                .Set("portLevelMtls", new YamlMap().Set(SystemPlan.Port.ToString(CultureInfo.InvariantCulture), new YamlMap().Set("mode", "PERMISSIVE"))));
        }

        if (RoutePlan.AsksForTokens(system) && RoutePlan.IsProtected(system, plan.Name))
        {
            var tokens = system.Model.Deploy.Tokens;
            yield return Object(system, plan, "RequestAuthentication", ArtifactRules.MeshToken, null).Set("spec", new YamlMap { Origin = new Origin("deploy.tokens", ArtifactRules.MeshToken) }
                .Set("selector", KubeMetadata.MatchLabels(plan.Label))
                .Set("jwtRules", new YamlList(new YamlMap()
                    .Set("issuer", tokens.Issuer ?? "").Set("jwksUri", tokens.Keys ?? "")
                    .SetIf(tokens.Audiences.Count > 0, "audiences", () => YamlList.Of(tokens.Audiences))
                    .Set("forwardOriginalToken", true))));
        }

        if (RoutePlan.HasIdentity(system) && Rules(system, plan).ToArray() is { Length: > 0 } rules)
        {
            yield return Object(system, plan, "AuthorizationPolicy", ArtifactRules.MeshAllow, null).Set("spec", new YamlMap()
                .Set("selector", KubeMetadata.MatchLabels(plan.Label), ArtifactRules.Labels, plan.Path)
                .Set("action", "ALLOW")
                .Set("rules", new YamlList(rules)));
        }
    }

    private static string ModeOf(SystemPlan system) => system.Model.Policies.Mtls switch { MtlsMode.Strict => "STRICT", MtlsMode.Permissive => "PERMISSIVE", _ => "DISABLE" };

    private static YamlMap Object(SystemPlan system, ServicePlan plan, string kind, ArtifactRule rule, string? part) =>
        KubeMetadata.Object(system, plan, IstioTarget.Security, kind, plan.Label, plan.Label, "service", rule, part);

    private static IEnumerable<YamlNode> Rules(SystemPlan system, ServicePlan plan)
    {
        var callers = plan.Callers.Select(name => (Plan: system[name], Call: system[name].Service.Calls[plan.Name], Path: $"services.{name}.calls.{plan.Name}")).ToArray();
        if (callers.Where(caller => caller.Call.Only.Count == 0).ToArray() is { Length: > 0 } everything)
        {
            yield return Rule(plan.Because(ArtifactRules.MeshAllow), Source("principals", everything.Select(caller => (YamlNode)new YamlText(IstioTarget.PrincipalOf(system, caller.Plan)) { Origin = new Origin(caller.Path, ArtifactRules.MeshAllow) })), [Operation([], [])]);
        }

        foreach (var (caller, call, path) in callers.Where(caller => caller.Call.Only.Count > 0))
        {
            var origin = new Origin($"{path}.only", ArtifactRules.MeshAllow);
            yield return Rule(origin, Source("principals", [IstioTarget.PrincipalOf(system, caller)]), call.Only.Select(one => Asked(one) is var (method, asked) ? Operation(method is null ? [] : [method], Paths(PathPlan.Of(asked))) : Operation([], [])));
        }

        if (system.Model.Deploy.Edge.Namespace is { } edge)
        {
            foreach (var rule in FromEdge(system, plan, edge))
            {
                yield return rule;
            }
        }

        if (plan.Service.Expose is { } expose && expose.From.Where(Reach.IsBlock).ToArray() is { Length: > 0 } blocks)
        {
            yield return Rule(plan.Because(ArtifactRules.ExposedFrom, "expose.from"), Source("ipBlocks", blocks.Select(block => (YamlNode)block)), [Operation([], [])]);
        }
    }

    /// <summary>Routes that ask for nothing together; where one of the service's asks for a token each by its name, because paths of two may overlap.</summary>
    private static IEnumerable<YamlNode> FromEdge(SystemPlan system, ServicePlan plan, string edge)
    {
        var routes = system.Model.Gateway.Routes.Select((route, i) => (Route: route, Path: string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"))).Where(one => one.Route.Answering().Contains(plan.Name)).ToArray();
        if (routes.Length == 0)
        {
            yield break;
        }

        if (!routes.Any(one => RoutePlan.IsNamed(system, one.Route)))
        {
            yield return Rule(plan.Because(ArtifactRules.MeshAllow), Source("namespaces", [edge]), routes.Select(one => Operation(one.Route.Methods, PathsOf(one.Route)) with { Origin = new Origin(one.Path, ArtifactRules.MeshAllow) }));
            foreach (var (route, path) in routes.Where(one => HasPreflight(system, one.Route)))
            {
                yield return Rule(new Origin(path, ArtifactRules.MeshAllow), Source("namespaces", [edge]), [Operation(["OPTIONS"], PathsOf(route))], [Preflight(route)]);
            }

            yield break;
        }

        foreach (var (route, path) in routes)
        {
            var name = When($"request.headers[{RoutePlan.Header}]", [RoutePlan.NameOf(route)]);
            var origin = new Origin(path, route.Auth is null ? ArtifactRules.MeshAllow : ArtifactRules.MeshToken);
            var from = Source("namespaces", [edge]);
            IEnumerable<YamlNode> when = [name];
            if (route.Auth is { } auth)
            {
                ((YamlMap)from["source"]!).Set("requestPrincipals", new YamlList($"{system.Model.Deploy.Tokens.Issuer}/*"), ArtifactRules.MeshToken, "deploy.tokens.issuer");
                when = when.Concat(auth.Scopes.Select(scope => When("request.auth.claims[scope]", [scope])));
            }

            yield return Rule(origin, from, [Operation(route.Methods, PathsOf(route))], when);
            if (HasPreflight(system, route))
            {
                yield return Rule(origin, Source("namespaces", [edge]), [Operation(["OPTIONS"], PathsOf(route))], [name, Preflight(route)]);
            }
        }
    }

    // A browser asks first whether it may, without a token; the gateway of Istio lets that through as a run does.
    private static bool HasPreflight(SystemPlan system, Route route) => EdgeObjects.IsIstio(system) && route.Methods.Count > 0 && !route.Methods.Contains("OPTIONS");

    private static YamlMap Preflight(Route route) => When("request.headers[access-control-request-method]", route.Methods);

    private static YamlMap When(string key, IEnumerable<string> values) => new YamlMap().Set("key", key).Set("values", YamlList.Of(values));

    private static (string? Method, string Path) Asked(string one) => one.Split(' ', 2) is [var method, var path] ? (method, path) : (null, one);

    private static string[] PathsOf(Route route) => Paths(PathPlan.Of(route.Path).Rewritten(route.Rewrite));

    /// <summary>A path in the words of a policy, whose <c>*</c> at the end means anything that follows, a slash or not.</summary>
    private static string[] Paths(PathPlan plan)
    {
        if (plan.Segments.Count == 0)
        {
            return plan.IsExact ? [plan.Literal] : plan.Literal.Length == 0 ? ["/*"] : [plan.Literal, plan.Literal + "/*"];
        }

        var template = plan.Literal + string.Concat(plan.Segments.Select(segment => "/" + (segment ?? "{*}")));
        return plan.TakesMore ? [template, template + "/{**}"] : [template];
    }

    private static YamlMap Source(string key, IEnumerable<YamlNode> values) => new YamlMap().Set("source", new YamlMap().Set(key, new YamlList([.. values])));

    private static YamlMap Operation(IReadOnlyCollection<string> methods, IReadOnlyCollection<string> paths) => new YamlMap().Set("operation", new YamlMap()
        .SetIf(methods.Count > 0, "methods", () => YamlList.Of(methods))
        .SetIf(paths.Count > 0, "paths", () => YamlList.Of(paths))
        .Set("ports", new YamlList(SystemPlan.Port.ToString(CultureInfo.InvariantCulture))));

    private static YamlMap Rule(Origin origin, YamlMap from, IEnumerable<YamlNode> to, IEnumerable<YamlNode>? when = null) => new YamlMap { Origin = origin }
        .Set("from", new YamlList(from)).Set("to", new YamlList([.. to]))
        .SetIf(when is not null, "when", () => new YamlList([.. when!]));
}
