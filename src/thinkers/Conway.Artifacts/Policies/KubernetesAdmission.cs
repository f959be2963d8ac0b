using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Policies;

/// <summary>Policies that the API server itself asks: each with a binding to the namespace of the system.</summary>
internal static class KubernetesAdmission
{
    private const string Api = "admissionregistration.k8s.io/v1";
    private const string Path = "deploy.admission";

    public static IEnumerable<YamlMap> Of(SystemPlan system, IEnumerable<AdmissionPolicy> policies)
    {
        var (space, isRefused) = (KubeMetadata.NamespaceOf(system), system.Model.Deploy.Admission.Action == "deny");
        foreach (var policy in policies)
        {
            var name = ObjectNames.Derived(space, $"-{policy.Name}", _ => false);
            yield return Policy(system, name, policy);
            yield return Binding(system, name, name, policy.Asked, isRefused ? ["Deny"] : ["Warn", "Audit"]);
            if (policy.Warned.Count > 0)
            {
                yield return Binding(system, ObjectNames.Derived(space, $"-{policy.Name}-warn", _ => false), name, policy.Warned, ["Warn", "Audit"]);
            }
        }
    }

    private static YamlMap Policy(SystemPlan system, string name, AdmissionPolicy policy) => Object(system, "ValidatingAdmissionPolicy", name).Set("spec", new YamlMap()
        .Set("failurePolicy", "Fail", ArtifactRules.PolicyPlace, Path)
        .Set("matchConstraints", new YamlMap().Set("resourceRules", Rules([.. policy.Asked, .. policy.Warned])))
        .Set("matchConditions", new YamlList(new YamlMap { Origin = new Origin(Path, ArtifactRules.PolicyChange) }.Set("name", "is-another").Set("expression", Text(Changed(policy)))))
        .Set("variables", new YamlList([.. policy.Variables.Select(Variable)]))
        .Set("validations", new YamlList([.. policy.Rules.Select(Rule)])));

    /// <summary>Whether an object is new, or another in what is asked of it.</summary>
    public static string Changed(AdmissionPolicy policy) => $"oldObject == null || object.spec != oldObject.spec{(policy.Changed is { } more ? $" ||\n{more}" : "")}";

    public static YamlMap Variable(AdmissionVariable variable) => new YamlMap { Origin = variable.Expression.Origin }.Set("name", variable.Name)
        .Set("expression", variable.Expression is YamlText text ? Text(text.Text) : variable.Expression);

    public static YamlMap Rule(AdmissionRule rule) => new YamlMap { Origin = rule.Origin }.Set("expression", Text(rule.Expression)).Set("message", rule.Message).Set("messageExpression", new YamlBlock(rule.Telling));

    public static YamlNode Text(string expression) => expression.Contains('\n', StringComparison.Ordinal) ? new YamlBlock(expression.Split('\n')) : expression;

    private static YamlMap Binding(SystemPlan system, string name, string policy, IReadOnlyList<AdmissionKind> kinds, string[] actions) => Object(system, "ValidatingAdmissionPolicyBinding", name).Set("spec", new YamlMap()
        .Set("policyName", policy)
        .Set("validationActions", YamlList.Of(actions), ArtifactRules.PolicyAction, $"{Path}.action")
        .Set("matchResources", new YamlMap()
            .Set("namespaceSelector", new YamlMap().Set("matchLabels", new YamlMap().Set(KubeMetadata.NamespaceLabel, KubeMetadata.NamespaceOf(system), ArtifactRules.PolicyPlace, "deploy.namespace")))
            .Set("resourceRules", Rules(kinds))));

    private static YamlList Rules(IEnumerable<AdmissionKind> kinds) => new([.. kinds.Select(kind => (YamlNode)new YamlMap()
        .Set("apiGroups", new YamlList(kind.Group)).Set("apiVersions", new YamlList(kind.Version)).Set("operations", new YamlList("CREATE", "UPDATE")).Set("resources", YamlList.Of(kind.Resources)))]);

    private static YamlMap Object(SystemPlan system, string kind, string name) => new YamlMap { Origin = new Origin(Path, ArtifactRules.PolicyPlace) }
        .Set("apiVersion", Api).Set("kind", kind)
        .Set("metadata", new YamlMap().Set("name", name).Set("labels", NamespaceObjects.Labels(system)));
}
