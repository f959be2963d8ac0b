using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Policies;

/// <summary>What a service reads in Vault.</summary>
/// <param name="Name">Of its policy and of its role; another for each service of each namespace.</param>
/// <param name="Secrets">Paths of its secrets in the engine, with the part of the model that needs each.</param>
internal sealed record VaultPlan(ServicePlan Service, string Name, IReadOnlyList<(string Key, Origin Origin)> Secrets)
{
    /// <summary>For whom tokens of accounts are made.</summary>
    public const string Audience = "vault";

    /// <summary>The field of a secret in Vault that is its value.</summary>
    public const string Field = "value";

    /// <summary>Whether secrets are read from Vault.</summary>
    public static bool IsAskedFor(SystemModel model) => model.Deploy.Vault.Auth is not null;

    /// <summary>Where the secret of a service lies in the engine. What stands for any name in a policy is in no name of a secret.</summary>
    public static string KeyOf(SystemPlan system, ServicePlan plan, string secret) => $"{ObjectNames.Label(system.Model.System)}/{plan.Name}/{secret}";

    /// <summary>The SecretStore of a service.</summary>
    public static string StoreOf(ServicePlan plan) => ObjectNames.Derived(plan.Label, "-vault", _ => false);

    /// <summary>Services that have secrets, by name; a finding for what cannot be said.</summary>
    public static IReadOnlyList<VaultPlan> All(SystemPlan system, List<Finding> findings)
    {
        if (system.Model.Secrets.Vault is null)
        {
            findings.Add(ArtifactFindings.Needed("secrets.vault", "It is not said where the Vault server is.", "Write 'secrets: { vault: \"https://vault.example.com:8200\" }' with your own, in the settings of the environment."));
        }

        var plans = new List<VaultPlan>();
        foreach (var plan in system.Services)
        {
            // What is wrong with a service is told by whoever generates its workload.
            var scaled = Scalers.AsksForQueue(system, KubeService.Of(system, plan, []));
            var secrets = PodParts.SecretsOf(plan).Select(secret => (Name: secret.Secret!, secret.Origin)).Concat(scaled ? [(Name: "broker", Origin: plan.Because(ArtifactRules.VaultRead, "scale"))] : []).DistinctBy(secret => secret.Name).OrderBy(secret => secret.Name, StringComparer.Ordinal).ToArray();
            if (secrets.Length > 0)
            {
                plans.Add(new VaultPlan(plan, $"{KubeMetadata.NamespaceOf(system)}.{plan.Label}", [.. secrets.Select(secret => (KeyOf(system, plan, secret.Name), secret.Origin with { Rule = ArtifactRules.VaultRead }))]));
            }
        }

        return plans;
    }
}
