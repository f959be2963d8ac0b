using Conway.Findings;
using Conway.ManifestFacts.Yaml;
using Conway.ManifestLint.Manifests;
using static Conway.ManifestLint.Rules.Make;

namespace Conway.ManifestLint.Rules;

/// <summary>What accounts may ask of the API.</summary>
internal static class RightsRules
{
    private static readonly string[] Roles = ["Role", "ClusterRole"];

    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];

    // Roles that every cluster brings along, or that are summed up of others.
    private static bool IsOfKubernetes(KubeObject role) => IsNamedAsOfKubernetes(role) || role.Name is "cluster-admin" or "admin" or "edit" or "view" || role.Root["aggregationRule"].Set() is not null;

    private static bool IsNamedAsOfKubernetes(KubeObject one) => one.Name.StartsWith("system:", StringComparison.Ordinal) || one.Name.StartsWith("gce:podsecuritypolicy:", StringComparison.Ordinal);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("rights-wildcard", Severity.Warning, "A role names what it allows", "It allows what nobody thought of, and what will only be there next year.",
            "Name apiGroups, resources and verbs one by one.", "KL:wildcard-in-rules CKV_K8S_49 C-0187",
            InObjects(static (o, _) => IsOfKubernetes(o) ? [] : o.Root["rules"].List().Select((r, i) => (Rule: r, Index: i)).SelectMany(r => new[] { "verbs", "resources", "apiGroups" }
                .SelectMany(k => r.Rule[k].List().Where(v => v.Text == "*" && (k != "apiGroups" || r.Rule["resources"].List().Any(x => x.Text == "*"))).Select(v => new Wrong($"allows all {k}", v, $"{k} {r.Index}")))), Roles)),
        Rule("cluster-admin", Severity.Error, "Nobody is bound to cluster-admin", "It may do everything, everywhere.",
            "Bind to a role that names what is needed.", "KL:cluster-admin-role-binding PO:clusterrolebindingClusterAdmin PO:rolebindingClusterAdminClusterRole PO:rolebindingClusterAdminRole C-0035 C-0185",
            Objects(static (o, set) => IsNamedAsOfKubernetes(o) || o.Root["roleRef", "name"] is not { } at ? null
                : at.Text == "cluster-admin" && o.Root["roleRef", "kind"]?.Text is "ClusterRole" or null ? new Wrong("binds to cluster-admin", at)
                : set.Find(o.Root["roleRef", "kind"].Word() ?? "ClusterRole", o.Root["roleRef", "kind"]?.Text == "Role" ? o.Namespace : "", at.Text ?? "") is { } role && role.Root["rules"].List().Any(AllowsAll) ? new Wrong($"binds to {role.Title}, which allows everything", at) : null, "ClusterRoleBinding", "RoleBinding")),
        Right("rights-secrets", "Secrets are read by nobody who does not name them", "Whoever reads all secrets of a namespace is everybody in it.", "secrets", ["get", "list", "watch"], "", "KL:access-to-secrets C-0015 C-0186", named: true),
        Right("rights-create-pods", "Nobody may create pods", "Who makes a pod gets the rights of every account in the namespace.", "pods", ["create"], "", "KL:access-to-create-pods C-0188"),
        Right("rights-exec", "Nobody may run commands in pods", "A shell in a pod has all that the pod has.", "pods/exec pods/attach", ["create", "get"], "", "PO:clusterrolePodExecAttach PO:rolePodExecAttach C-0002"),
        Right("rights-port-forward", "Nobody may forward ports", "It passes by all network policies.", "pods/portforward", ["create", "get"], "", "C-0063"),
        Right("rights-escalate", "Nobody may give rights that they do not have", "It is as good as cluster-admin.", "roles clusterroles", ["escalate"], "rbac.authorization.k8s.io", "CKV_K8S_158 CKV2_K8S_1 C-0191"),
        Right("rights-bind", "Nobody may bind roles that they do not have", "It is as good as cluster-admin.", "roles clusterroles rolebindings clusterrolebindings", ["bind"], "rbac.authorization.k8s.io", "CKV_K8S_157 CKV2_K8S_1 C-0191"),
        Right("rights-impersonate", "Nobody may act as somebody else", "It is as good as the rights of whoever is chosen.", "users groups serviceaccounts", ["impersonate"], "", "C-0065 C-0191 CKV2_K8S_4"),
        Right("rights-webhooks", "Nobody may change admission webhooks", "It reads and changes everything that is applied.", "mutatingwebhookconfigurations validatingwebhookconfigurations", ["create", "update", "patch"], "admissionregistration.k8s.io", "CKV_K8S_155 C-0281"),
        Right("rights-certificates", "Nobody may approve certificates", "It makes a certificate for anybody.", "certificatesigningrequests/approval", ["update", "patch"], "certificates.k8s.io", "CKV_K8S_156 C-0280"),
        Right("rights-node-proxy", "Nobody may ask nodes directly", "It passes by the API's own checks, and runs commands in any pod.", "nodes/proxy", ["get", "create"], "", "CKV2_K8S_2 C-0279"),
        Right("rights-token", "Nobody may make tokens of accounts", "It is as good as the rights of every account.", "serviceaccounts/token", ["create"], "", "CKV2_K8S_3 C-0282"),
        Right("rights-volumes", "Nobody may create persistent volumes", "A volume may be a folder of a node.", "persistentvolumes", ["create"], "", "CKV2_K8S_5 C-0278"),
        Right("rights-events", "Nobody may delete events", "Traces of a break-in go with them.", "events", ["delete", "deletecollection"], "", "C-0031"),
        Right("rights-delete", "Nobody may delete whatever pods there are", "One wrong loop is an outage.", "pods", ["delete", "deletecollection"], "", "C-0007") with { IsOptional = true },
        Rule("rights-anonymous", Severity.Error, "Nothing is allowed to those who did not say who they are", "Everybody who reaches the API may do it.",
            "Leave out system:anonymous, system:unauthenticated and system:masters.", "C-0262",
            InObjects(static (o, _) => o.Root["subjects"].List().Where(s => s["name"]?.Text is "system:anonymous" or "system:unauthenticated" or "system:masters").Select(s => new Wrong($"gives rights to {s["name"]!.Text}", s["name"], s["name"]!.Text!)), "ClusterRoleBinding", "RoleBinding")),
    ];

    private static bool AllowsAll(Part rule) => new[] { "apiGroups", "resources" }.All(k => rule[k].List().Any(v => v.Text == "*"))
        && (rule["verbs"].List().Any(v => v.Text == "*") || Verbs.All(v => rule["verbs"].List().Any(w => w.Text == v)));

    /// <param name="named">A rule that says resourceNames is no finding.</param>
    private static LintRule Right(string id, string requirement, string why, string resources, string[] verbs, string api, string aliases, bool named = false)
    {
        var asked = resources.Split(' ');
        return Rule(id, Severity.Warning, requirement, why, $"Leave out {string.Join(", ", verbs)} on {string.Join(", ", asked)}{(named ? ", or name them by resourceNames" : "")}.", aliases, InObjects((o, _) => IsOfKubernetes(o) ? [] :
            from rule in o.Root["rules"].List().Index()
            where !named || rule.Item["resourceNames"].List().Count == 0
            where rule.Item["apiGroups"].List() is { Count: 0 } || rule.Item["apiGroups"].List().Any(g => (g.Text ?? "") == api || g.Text == "*")
            let resource = rule.Item["resources"].List().FirstOrDefault(r => r.Text is { } t && (asked.Contains(t) || t == "*" || asked.Any(a => a.Contains('/') && t == "*/" + a.Split('/')[1]) || (t.EndsWith("/*", StringComparison.Ordinal) && asked.Any(a => a.StartsWith(t[..^1], StringComparison.Ordinal)))))
            where resource is not null
            let verb = rule.Item["verbs"].List().FirstOrDefault(v => v.Text == "*" || verbs.Contains(v.Text))
            where verb is not null
            select new Wrong($"allows {verb.Text} on {resource.Text}", resource, $"{rule.Index}"), Roles));
    }
}
