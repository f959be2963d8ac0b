using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Linkerd;

/// <summary>Who may ask whom for what: nobody, but for declared callers, and the gateway where a route leads in.</summary>
internal static class LinkerdIdentity
{
    // A route may have 128 conditions, and a rule half of them.
    private const int MatchesMax = 64;

    private const int SuffixMax = 11;
    private const string AdminPort = "linkerd-admin";
    private const string Anywhere = "anywhere";

    // Each, where a route for all of them would be as good as the one for the rest.
    private static readonly string[] Methods = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

    /// <summary>What holds for the namespace.</summary>
    public static IEnumerable<YamlMap> Whole(SystemPlan system)
    {
        if (!RoutePlan.HasIdentity(system))
        {
            yield break;
        }

        var anywhere = LinkerdTarget.NameOf(system, Anywhere);
        yield return NamespaceObjects.Object(system, LinkerdTarget.Api, "NetworkAuthentication", anywhere, ArtifactRules.MeshNode, "mesh").Set("spec", new YamlMap()
            .Set("networks", new YamlList(new YamlMap().Set("cidr", "0.0.0.0/0"), new YamlMap().Set("cidr", "::/0"))));
        if (system.Model.Deploy.Prometheus is not null)
        {
            var admin = LinkerdTarget.NameOf(system, AdminPort);
            yield return NamespaceObjects.Object(system, LinkerdTarget.Server, "Server", admin, ArtifactRules.MeshScrape, "deploy.prometheus").Set("spec", new YamlMap()
                .Set("podSelector", new YamlMap().Set("matchLabels", NamespaceObjects.Labels(system)))
                .Set("port", AdminPort)
                .Set("proxyProtocol", "HTTP/1"));
            yield return NamespaceObjects.Object(system, LinkerdTarget.Api, "AuthorizationPolicy", admin, ArtifactRules.MeshScrape, "deploy.prometheus").Set("spec", Allowed("Server", admin, "NetworkAuthentication", anywhere));
        }
    }

    public static IEnumerable<YamlMap> Of(SystemPlan system, ServicePlan plan)
    {
        if (!RoutePlan.HasIdentity(system))
        {
            yield break;
        }

        yield return Object(system, plan, LinkerdTarget.Server, "Server", plan.Label, ArtifactRules.MeshDeny).Set("spec", new YamlMap()
            .Set("podSelector", KubeMetadata.MatchLabels(plan.Label), ArtifactRules.Labels, plan.Path)
            .Set("port", SystemPlan.Port)
            .Set("accessPolicy", "deny"));

        var callers = CallersOf(system, plan).ToArray();
        foreach (var one in ForAll(system, plan, [.. callers.Where(caller => caller.IsForAll)]).Concat(Exposed(system, plan)))
        {
            yield return one;
        }

        var narrow = callers.Where(caller => !caller.IsForAll).ToArray();
        if (narrow.Length > 0)
        {
            foreach (var one in ForSome(system, plan, narrow))
            {
                yield return one;
            }
        }
    }

    private static IEnumerable<YamlMap> ForAll(SystemPlan system, ServicePlan plan, Caller[] callers)
    {
        if (callers.Length > 0)
        {
            yield return Authentication(system, plan, plan.Label, callers);
            yield return Object(system, plan, LinkerdTarget.Api, "AuthorizationPolicy", plan.Label, ArtifactRules.MeshAllow).Set("spec", Allowed("Server", plan.Label, "MeshTLSAuthentication", plan.Label));
        }
    }

    private static IEnumerable<YamlMap> Exposed(SystemPlan system, ServicePlan plan)
    {
        if (plan.Service.Expose is { } expose && expose.From.Where(Reach.IsBlock).ToArray() is { Length: > 0 } blocks)
        {
            var name = NameOf(system, plan, "-outside");
            yield return Object(system, plan, LinkerdTarget.Api, "NetworkAuthentication", name, ArtifactRules.ExposedFrom, "expose.from").Set("spec", new YamlMap()
                .Set("networks", new YamlList([.. blocks.Select(block => new YamlMap().Set("cidr", block))])));
            yield return Object(system, plan, LinkerdTarget.Api, "AuthorizationPolicy", name, ArtifactRules.ExposedFrom, "expose.from").Set("spec", Allowed("Server", plan.Label, "NetworkAuthentication", name));
        }
    }

    /// <summary>Routes for those who may ask for some things only, one for each group that may ask for the same; and one for the rest, which they may not ask for.</summary>
    private static IEnumerable<YamlMap> ForSome(SystemPlan system, ServicePlan plan, Caller[] callers)
    {
        // With a route of its own a Server no longer lets the node ask by itself whether the service is there.
        var node = callers.Length;
        var grants = callers.SelectMany((caller, who) => caller.Grants.Select(grant => grant with { Who = who }));
        if (PodParts.ProbedPath(plan) is { } probed)
        {
            grants = grants.Append(new LinkerdGrant(node, ["GET"], PathPlan.Of(probed.Split('?')[0]) with { Segments = [], TakesMore = false, IsExact = true, Literal = probed.Split('?')[0] }));
        }

        var groups = new SortedDictionary<string, (int[] Who, List<YamlNode> Matches)>(StringComparer.Ordinal);
        foreach (var one in LinkerdPaths.Apart(grants))
        {
            foreach (var (method, who) in ByMethod(one))
            {
                var key = string.Join(',', who.Select(i => i == node ? "" : callers[i].Identity));
                if (!groups.TryGetValue(key, out var group))
                {
                    groups[key] = group = (who, []);
                }

                group.Matches.AddRange(one.Values.Select(value => new YamlMap()
                    .Set("path", new YamlMap().Set("type", one.IsExact ? "Exact" : "RegularExpression").Set("value", value))
                    .SetIf(method is not null, "method", () => method!)));
            }
        }

        foreach (var (key, (who, matches)) in groups)
        {
            var known = who.Where(i => i != node).Select(i => callers[i]).ToArray();
            var called = NameOf(system, plan, $"-{ObjectNames.Hash(key)}");
            if (known.Length > 0)
            {
                yield return Authentication(system, plan, called, known);
            }

            foreach (var (i, some) in matches.Chunk(MatchesMax).Index())
            {
                var name = i == 0 ? called : NameOf(system, plan, string.Create(CultureInfo.InvariantCulture, $"-{ObjectNames.Hash(key)}-{i}"));
                yield return Route(system, plan, name, ArtifactRules.MeshApart, some);
                if (known.Length > 0)
                {
                    yield return Object(system, plan, LinkerdTarget.Api, "AuthorizationPolicy", name, ArtifactRules.MeshAllow).Set("spec", Allowed("HTTPRoute", name, "MeshTLSAuthentication", called));
                }

                if (who.Contains(node))
                {
                    yield return Object(system, plan, LinkerdTarget.Api, "AuthorizationPolicy", $"{name}-node", ArtifactRules.MeshNode).Set("spec", Allowed("HTTPRoute", name, "NetworkAuthentication", LinkerdTarget.NameOf(system, Anywhere)));
                }
            }
        }

        yield return Route(system, plan, NameOf(system, plan, "-rest"), ArtifactRules.MeshDeny, [new YamlMap().Set("path", new YamlMap().Set("type", "PathPrefix").Set("value", "/"))]);
    }

    /// <summary>A method that is named goes before any method, so who may use any is let in there too.</summary>
    private static IEnumerable<(string? Method, int[] Who)> ByMethod(LinkerdPathClass one)
    {
        int[] Who(string? method) => [.. one.Grants.Where(grant => grant.Methods.Count == 0 || (method is not null && grant.Methods.Contains(method))).Select(grant => grant.Who).Distinct().Order()];
        var isRoot = one.Values.Contains("/");
        foreach (var method in (isRoot ? Methods : one.Grants.SelectMany(grant => grant.Methods)).Distinct().Order(StringComparer.Ordinal))
        {
            if (Who(method) is { Length: > 0 } some && (isRoot || some.Length > Who(null).Length))
            {
                yield return (method, some);
            }
        }

        if (!isRoot && Who(null) is { Length: > 0 } any)
        {
            yield return (null, any);
        }
    }

    private static YamlMap Route(SystemPlan system, ServicePlan plan, string name, ArtifactRule rule, IEnumerable<YamlNode> matches) =>
        Object(system, plan, LinkerdTarget.Gateway, "HTTPRoute", name, rule).Set("spec", new YamlMap()
            .Set("parentRefs", new YamlList(new YamlMap().Set("group", LinkerdTarget.Group).Set("kind", "Server").Set("name", plan.Label)))
            .Set("rules", new YamlList(new YamlMap().Set("matches", new YamlList([.. matches])))));

    private static YamlMap Authentication(SystemPlan system, ServicePlan plan, string name, Caller[] callers) =>
        Object(system, plan, LinkerdTarget.Api, "MeshTLSAuthentication", name, ArtifactRules.MeshAllow).Set("spec", new YamlMap()
            .Set("identities", new YamlList([.. callers.Select(caller => new YamlText(caller.Identity) { Origin = new Origin(caller.Path, ArtifactRules.MeshAllow) })])));

    private static YamlMap Allowed(string target, string name, string kind, string authentication) => new YamlMap()
        .Set("targetRef", new YamlMap().Set("group", target == "HTTPRoute" ? LinkerdTarget.Gateway.Split('/')[0] : LinkerdTarget.Group).Set("kind", target).Set("name", name))
        .Set("requiredAuthenticationRefs", new YamlList(new YamlMap().Set("group", LinkerdTarget.Group).Set("kind", kind).Set("name", authentication)));

    private static YamlMap Object(SystemPlan system, ServicePlan plan, string api, string kind, string name, ArtifactRule rule, string? part = null) =>
        KubeMetadata.Object(system, plan, api, kind, name, plan.Label, "service", rule, part);

    // The longest that is put behind, and what tells of the node, must still fit.
    private static string NameOf(SystemPlan system, ServicePlan plan, string suffix) =>
        ObjectNames.Derived(plan.Label, suffix, name => system.Services.Any(other => other.Label == name), ObjectNames.LabelMax - SuffixMax + 5);

    private static IEnumerable<Caller> CallersOf(SystemPlan system, ServicePlan plan)
    {
        foreach (var caller in plan.Callers.Select(name => system[name]))
        {
            var (call, path) = (caller.Service.Calls[plan.Name], $"{caller.Path}.calls.{plan.Name}");
            yield return new Caller(
                $"{caller.Label}.{KubeMetadata.NamespaceOf(system)}.{LinkerdTarget.Domain}", call.Only.Count > 0 ? $"{path}.only" : path,
                [.. call.Only.Select(one => new LinkerdGrant(0, one.Split(' ', 2) is [var method, _] ? [method] : [], PathPlan.Of(one[one.IndexOf('/', StringComparison.Ordinal)..])))],
                call.Only.Count == 0);
        }

        var routes = system.Model.Gateway.Routes.Where(route => route.Answering().Contains(plan.Name)).ToArray();
        if (routes.Length > 0 && system.Model.Deploy.Edge.Namespace is { } edge)
        {
            yield return new Caller($"*.{edge}.{LinkerdTarget.Domain}", "gateway.routes", [.. routes.Select(route => new LinkerdGrant(0, route.Methods, PathPlan.Of(route.Path).Rewritten(route.Rewrite)))], false);
        }
    }

    /// <summary>Somebody who may ask a service.</summary>
    private sealed record Caller(string Identity, string Path, IReadOnlyList<LinkerdGrant> Grants, bool IsDeclaredForAll)
    {
        public bool IsForAll => IsDeclaredForAll || Grants.Any(grant => grant is { Methods.Count: 0, Path: { Literal.Length: 0, Segments.Count: 0, TakesMore: true } });
    }
}
