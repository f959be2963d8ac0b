using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Policies;

/// <summary>The same expressions as policies of Kyverno, which lie in the namespace of the system.</summary>
internal static class KyvernoAdmission
{
    private const string Path = "deploy.admission";

    public static IEnumerable<YamlMap> Of(SystemPlan system, IEnumerable<AdmissionPolicy> policies) => policies.Select(policy => Policy(system, policy));

    private static YamlMap Policy(SystemPlan system, AdmissionPolicy policy)
    {
        var isRefused = system.Model.Deploy.Admission.Action == "deny";
        var rules = new List<YamlNode> { Rule(policy, policy.Name, policy.Asked, isRefused) };
        if (policy.Warned.Count > 0)
        {
            rules.Add(Rule(policy, $"{policy.Name}-warn", policy.Warned, isRefused: false));
        }

        // Controllers have a rule of their own, so Kyverno makes none of that for pods.
        var one = NamespaceObjects.Object(system, "kyverno.io/v1", "Policy", policy.Name, ArtifactRules.PolicyPlace, Path);
        ((YamlMap)one["metadata"]!).Set("annotations", new YamlMap().Set("pod-policies.kyverno.io/autogen-controllers", "none", ArtifactRules.PolicyAction, Path));
        return one.Set("spec", new YamlMap()
            .Set("admission", true).Set("background", false)
            .Set("emitWarning", true, ArtifactRules.PolicyAction, $"{Path}.action")
            .Set("webhookConfiguration", new YamlMap().Set("failurePolicy", "Fail"))
            .Set("rules", new YamlList(rules)));
    }

    private static YamlMap Rule(AdmissionPolicy policy, string name, IReadOnlyList<AdmissionKind> kinds, bool isRefused) => new YamlMap()
        .Set("name", name)
        .Set("match", new YamlMap().Set("any", new YamlList(new YamlMap().Set("resources", new YamlMap()
            .Set("kinds", YamlList.Of(kinds.SelectMany(kind => kind.Kinds.Select(one => $"{(kind.Group.Length == 0 ? "" : kind.Group + "/")}{kind.Version}/{one}"))))
            .Set("operations", new YamlList("CREATE", "UPDATE"))))))
        .Set("celPreconditions", new YamlList(new YamlMap { Origin = new Origin(Path, ArtifactRules.PolicyChange) }.Set("name", "is-another").Set("expression", KubernetesAdmission.Text(KubernetesAdmission.Changed(policy)))))
        .Set("validate", new YamlMap()
            .Set("failureAction", isRefused ? "Enforce" : "Audit", ArtifactRules.PolicyAction, $"{Path}.action")
            .Set("cel", new YamlMap()
                .Set("variables", new YamlList([.. policy.Variables.Select(KubernetesAdmission.Variable)]))
                .Set("expressions", new YamlList([.. policy.Rules.Select(KubernetesAdmission.Rule)]))));
}
