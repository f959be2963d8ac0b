using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What the people of teams may do in the namespace: look. What runs is changed by a release, so nobody needs to write; secrets are nobody's to read.</summary>
internal static class TeamAccess
{
    public const string RoleName = "look";
    private const string Api = "rbac.authorization.k8s.io";

    /// <summary>Teams of the system's services that have a group, by name.</summary>
    public static IReadOnlyList<(string Name, string Group)> Teams(SystemPlan system) =>
        [.. system.Services.Select(service => service.Team).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => (name, system.Model.Teams.GetValueOrDefault(name)?.Group)).Where(team => team.Group is not null).Select(team => (team.name, team.Group!))];

    public static IEnumerable<YamlMap> Of(SystemPlan system)
    {
        var teams = Teams(system);
        if (teams.Count == 0)
        {
            yield break;
        }

        yield return NamespaceObjects.Object(system, $"{Api}/v1", "Role", RoleName, ArtifactRules.TeamAccess, "teams").Set("rules", new YamlList(
            Rule("", ["pods", "services", "configmaps", "events", "persistentvolumeclaims", "resourcequotas"]),
            Rule("", ["pods/log"], "get"),
            Rule("apps", ["deployments", "statefulsets", "daemonsets", "replicasets"]),
            Rule("batch", ["jobs", "cronjobs"]),
            Rule("autoscaling", ["horizontalpodautoscalers"]),
            Rule("policy", ["poddisruptionbudgets"]),
            Rule("networking.k8s.io", ["networkpolicies", "ingresses"]),
            Rule("gateway.networking.k8s.io", ["httproutes"])));
        foreach (var (name, group) in teams)
        {
            yield return NamespaceObjects.Object(system, $"{Api}/v1", "RoleBinding", BindingOf(name), ArtifactRules.TeamAccess, $"teams.{name}.group")
                .Set("roleRef", new YamlMap().Set("apiGroup", Api).Set("kind", "Role").Set("name", RoleName))
                .Set("subjects", new YamlList(new YamlMap().Set("apiGroup", Api).Set("kind", "Group").Set("name", group, ArtifactRules.Declared, $"teams.{name}.group")));
        }
    }

    public static string BindingOf(string team) => ObjectNames.Derived(team, "-look", _ => false);

    private static YamlMap Rule(string api, string[] resources, params string[] verbs) =>
        new YamlMap().Set("apiGroups", new YamlList(api)).Set("resources", YamlList.Of(resources)).Set("verbs", YamlList.Of(verbs.Length > 0 ? verbs : ["get", "list", "watch"]));
}
