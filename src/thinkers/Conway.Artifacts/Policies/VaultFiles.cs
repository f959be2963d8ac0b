using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Policies;

/// <summary>Policies and roles of Vault, a script that writes them, and the stores by which a cluster fetches secrets as each service.</summary>
internal static class VaultFiles
{
    private const string Path = "deploy.vault";

    public static IEnumerable<ArtifactFile> Of(SystemPlan system, List<Finding> findings)
    {
        var plans = VaultPlan.All(system, findings);
        if (plans.Count == 0)
        {
            yield break;
        }

        foreach (var plan in plans)
        {
            yield return new ArtifactFile($"policies/vault/{plan.Service.Label}.hcl", [.. Policy(system, plan)]);
        }

        yield return new ArtifactFile("policies/vault/apply.sh", [.. Script(system, plans)]);
        yield return YamlWriter.File("policies/kubernetes/secret-stores.yaml", Path, [.. plans.Select(plan => Store(system, plan))]);
    }

    private static IEnumerable<ArtifactLine> Policy(SystemPlan system, VaultPlan plan)
    {
        foreach (var (key, origin) in plan.Secrets)
        {
            yield return new($"path \"{system.Model.Deploy.Vault.Engine}/data/{key}\" {{", origin);
            yield return new("  capabilities = [\"read\"]", origin);
            yield return new("}", origin);
        }
    }

    private static IEnumerable<ArtifactLine> Script(SystemPlan system, IReadOnlyList<VaultPlan> plans)
    {
        static ArtifactLine Line(string text, ArtifactRule rule, string path = Path) => new(text, new Origin(path, rule));
        yield return Line("# Writes what stands here, by the command vault, which asks for VAULT_ADDR and VAULT_TOKEN: sh apply.sh", ArtifactRules.VaultApply);
        yield return Line("set -eu", ArtifactRules.VaultApply);
        yield return Line("cd \"$(dirname \"$0\")\"", ArtifactRules.VaultApply);
        foreach (var plan in plans)
        {
            var service = plan.Service;
            yield return Line("", ArtifactRules.VaultApply, service.Path);
            yield return Line($"vault policy write {plan.Name} {service.Label}.hcl", ArtifactRules.VaultRead, service.Path);
            yield return Line($"vault write auth/{system.Model.Deploy.Vault.Auth}/role/{plan.Name} \\", ArtifactRules.VaultRole, $"{Path}.auth");
            yield return Line($"  bound_service_account_names={service.Label} \\", ArtifactRules.VaultRole, service.Path);
            yield return Line($"  bound_service_account_namespaces={KubeMetadata.NamespaceOf(system)} \\", ArtifactRules.VaultRole, "deploy.namespace");
            yield return Line($"  audience={VaultPlan.Audience} token_policies={plan.Name} \\", ArtifactRules.VaultRole, service.Path);
            yield return Line("  token_ttl=5m token_max_ttl=15m", ArtifactRules.VaultRole, service.Path);
        }
    }

    private static YamlMap Store(SystemPlan system, VaultPlan plan) =>
        KubeMetadata.Object(system, plan.Service, "external-secrets.io/v1", "SecretStore", VaultPlan.StoreOf(plan.Service), plan.Service.Label, "service", ArtifactRules.VaultStore).Set("spec", new YamlMap()
            .Set("provider", new YamlMap().Set("vault", new YamlMap()
                .Set("server", system.Model.Secrets.Vault ?? "", ArtifactRules.Declared, "secrets.vault")
                .Set("path", system.Model.Deploy.Vault.Engine, ArtifactRules.Declared, $"{Path}.engine")
                .Set("version", "v2")
                .Set("auth", new YamlMap().Set("kubernetes", new YamlMap { Origin = new Origin(Path, ArtifactRules.VaultRole) }
                    .Set("mountPath", system.Model.Deploy.Vault.Auth ?? "", ArtifactRules.Declared, $"{Path}.auth")
                    .Set("role", plan.Name)
                    .Set("serviceAccountRef", new YamlMap().Set("name", plan.Service.Label).Set("audiences", new YamlList(VaultPlan.Audience))))))));
}
