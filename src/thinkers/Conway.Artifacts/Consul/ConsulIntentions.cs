using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Consul;

/// <summary>Who may ask a service for what: declared callers and their jobs, the gateway where a route leads in, and nobody else.</summary>
internal static class ConsulIntentions
{
    public static YamlMap Of(SystemPlan system, ServicePlan plan, IReadOnlyList<JobPlan> jobs) =>
        ConsulTarget.Object(system, plan, "ServiceIntentions", ArtifactRules.MeshAllow).Set("spec", new YamlMap()
            .Set("destination", new YamlMap().Set("name", plan.Label))
            .Set("sources", new YamlList([.. Sources(system, plan, jobs), Anybody(plan)])));

    /// <summary>Any other source, whatever Consul's own default is.</summary>
    private static YamlMap Anybody(ServicePlan plan) => new YamlMap { Origin = plan.Because(ArtifactRules.MeshDeny) }.Set("name", "*").Set("action", "deny");

    private static IEnumerable<YamlNode> Sources(SystemPlan system, ServicePlan plan, IReadOnlyList<JobPlan> jobs)
    {
        foreach (var caller in plan.Callers.Select(name => system[name]))
        {
            var (call, path) = (caller.Service.Calls[plan.Name], $"{caller.Path}.calls.{plan.Name}");
            var isNarrow = call.Only.Count > 0 && RoutePlan.HasIdentity(system);
            foreach (var name in jobs.Where(job => job.Service.Name == caller.Name).Select(job => job.Label).Prepend(caller.Label))
            {
                yield return Source(name, new Origin(isNarrow ? $"{path}.only" : path, ArtifactRules.MeshAllow), !isNarrow ? [] : call.Only.SelectMany(one => Allowed(Methods(one), PathPlan.Of(one[one.IndexOf('/', StringComparison.Ordinal)..]))));
            }
        }

        var routes = system.Model.Gateway.Routes.Select((route, i) => (Route: route, Path: string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"))).Where(one => one.Route.Answering().Contains(plan.Name)).ToArray();
        if (routes.Length > 0)
        {
            var permissions = routes.SelectMany(one => Allowed(one.Route.Methods, PathPlan.Of(one.Route.Path).Rewritten(one.Route.Rewrite)).Select(permission => permission with { Origin = new Origin(one.Path, ArtifactRules.MeshAllow) }));
            yield return Source(ConsulTarget.EdgeName(system)!, plan.Because(ArtifactRules.MeshAllow), RoutePlan.HasIdentity(system) ? permissions : []);
        }
    }

    private static string[] Methods(string one) => one.Split(' ', 2) is [var method, _] ? [method] : [];

    /// <summary>With permissions the last refuses: what none of them takes is decided by Consul's own default, not by the next source.</summary>
    private static YamlMap Source(string name, Origin origin, IEnumerable<YamlMap> permissions)
    {
        var source = new YamlMap { Origin = origin }.Set("name", name);
        return permissions.ToArray() is { Length: > 0 } some
            ? source.Set("permissions", new YamlList([.. some, new YamlMap { Origin = origin with { Rule = ArtifactRules.MeshDeny } }.Set("action", "deny").Set("http", new YamlMap().Set("pathRegex", ".*"))]))
            : source.Set("action", "allow");
    }

    /// <summary>A prefix is one of letters there, so what lies below a path is said with a slash at its end.</summary>
    private static IEnumerable<YamlMap> Allowed(IReadOnlyCollection<string> methods, PathPlan plan)
    {
        (string Kind, string Value)[] paths = plan.Segments.Count > 0 ? [("pathRegex", plan.Regex())]
            : plan.IsExact ? [("pathExact", plan.Literal)]
            : plan.Literal.Length == 0 ? [("pathPrefix", "/")]
            : [("pathExact", plan.Literal), ("pathPrefix", plan.Literal + "/")];
        return paths.Select(path => new YamlMap().Set("action", "allow").Set("http", new YamlMap().Set(path.Kind, path.Value).SetIf(methods.Count > 0, "methods", () => YamlList.Of(methods.Distinct()))));
    }
}
