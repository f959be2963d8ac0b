using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Policies;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>What a service needs around its pods: an identity, a name, settings, secrets.</summary>
internal static class ServiceObjects
{
    private const int HttpPort = 80;

    public static IEnumerable<YamlMap> Of(SystemPlan system, KubeService service)
    {
        var (plan, mesh) = (service.Plan, Mesh.Of(system));
        yield return KubeMetadata.Object(system, plan, "v1", "ServiceAccount", service.Name, service.Name, "service", ArtifactRules.ServiceAccount)
            .Set("automountServiceAccountToken", false);
        if (PodParts.ConfigOf(plan) is { Count: > 0 } config)
        {
            yield return Config(system, service, config);
        }

        if (PodParts.SecretsOf(plan) is { Count: > 0 } secrets && StoreOf(system) is { } store)
        {
            yield return Secrets(system, plan, secrets, store);
        }

        yield return mesh.Called(system, plan, Reachable(system, plan, service.Name, isHeadless: false));
        if (service.IsStateful)
        {
            yield return mesh.Unnamed(Reachable(system, plan, KubernetesTarget.HeadlessName(system, plan), isHeadless: true));
        }

        if (plan.Service.Expose is { } expose)
        {
            yield return mesh.Unnamed(Outside(system, plan, expose));
        }
    }

    public static YamlMap Config(SystemPlan system, KubeService service, IReadOnlyList<Variable> config)
    {
        var entries = new YamlMap();
        foreach (var variable in config)
        {
            entries.Set(variable.Name, new YamlText(variable.Value!) { Origin = variable.Origin });
        }

        return KubeMetadata.Object(system, service.Plan, "v1", "ConfigMap", KubernetesTarget.ConfigName(system, service.Plan), service.Name, "service", ArtifactRules.Config, "environment").Set("data", entries);
    }

    /// <summary>Fetches what the service's variables need.</summary>
    public static YamlMap Secrets(SystemPlan system, ServicePlan plan, IReadOnlyList<Variable> secrets, string store) =>
        ExternalSecret(system, plan, KubernetesTarget.SecretName(plan), [.. secrets.Select(secret => (secret.Name, secret.Secret!, secret.Origin))], store);

    /// <summary>Where secrets are fetched from: what the model names for the whole cluster, or Vault as the service itself; null for nowhere.</summary>
    public static string? StoreOf(SystemPlan system) => VaultPlan.IsAskedFor(system.Model) ? "" : system.Model.Deploy.SecretStore;

    /// <param name="name">Of the Secret that it makes.</param>
    /// <param name="secrets">Keys of that, and names of the secrets in the store.</param>
    public static YamlMap ExternalSecret(SystemPlan system, ServicePlan plan, string name, IReadOnlyList<(string Key, string Secret, Origin Origin)> secrets, string store)
    {
        var isVault = VaultPlan.IsAskedFor(system.Model);
        var entries = secrets.Select(secret => (YamlNode)new YamlMap { Origin = secret.Origin with { Rule = ArtifactRules.ExternalSecret } }
            .Set("secretKey", secret.Key)
            .Set("remoteRef", new YamlMap().Set("key", VaultPlan.KeyOf(system, plan, secret.Secret))
                .SetIf(isVault, "property", () => new YamlText(VaultPlan.Field) { Origin = new Origin("deploy.vault", ArtifactRules.VaultStore) }))).ToArray();
        return KubeMetadata.Object(system, plan, "external-secrets.io/v1", "ExternalSecret", name, plan.Label, "service", ArtifactRules.ExternalSecret).Set("spec", new YamlMap()
            .Set("refreshInterval", "1h0m0s")
            .Set("secretStoreRef", isVault
                ? new YamlMap { Origin = new Origin("deploy.vault", ArtifactRules.VaultStore) }.Set("kind", "SecretStore").Set("name", VaultPlan.StoreOf(plan))
                : new YamlMap { Origin = new Origin("deploy.secret-store", ArtifactRules.ExternalSecret) }.Set("kind", "ClusterSecretStore").Set("name", store))
            .Set("target", new YamlMap().Set("name", name).Set("creationPolicy", "Owner"))
            .Set("data", new YamlList(entries)));
    }

    private static YamlMap Reachable(SystemPlan system, ServicePlan plan, string name, bool isHeadless)
    {
        var port = new YamlMap().Set("name", PodParts.PortName).Set("port", SystemPlan.Port).Set("targetPort", PodParts.PortName).Set("protocol", "TCP");
        var protocols = system.Model.Services.SelectMany(service => service.Value.Calls).Where(call => call.Key == plan.Name).Select(call => call.Value.Protocol).Distinct().ToArray();
        if (protocols is [CallProtocol.Grpc] && !plan.IsRouted)
        {
            port.Set("appProtocol", "kubernetes.io/h2c", ArtifactRules.AppProtocol, plan.Path);
        }

        // No type, which means ClusterIP: kubescape takes one that is written for a balancer that was forgotten.
        var spec = new YamlMap();
        if (isHeadless)
        {
            spec.Set("clusterIP", "None").Set("publishNotReadyAddresses", true);
        }
        else if (plan.Service.Placement == Placement.EachNode && plan.Files.Count == 0)
        {
            spec.Set("internalTrafficPolicy", "Local", ArtifactRules.EachNode, $"{plan.Path}.placement");
        }

        return KubeMetadata.Object(system, plan, "v1", "Service", name, plan.Label, "service", isHeadless ? ArtifactRules.Stateful : ArtifactRules.Reachable).Set("spec", spec
            .Set("selector", KubeMetadata.Selector(plan.Label), ArtifactRules.Labels, plan.Path)
            .Set("ports", new YamlList(port), ArtifactRules.ContainerPort, plan.Path));
    }

    /// <summary>The way in past the gateway.</summary>
    private static YamlMap Outside(SystemPlan system, ServicePlan plan, Exposure expose)
    {
        var path = $"{plan.Path}.expose";
        var isBalanced = expose.As == ExposureKind.LoadBalancer;
        var port = new YamlMap().Set("name", PodParts.PortName).Set("port", isBalanced ? expose.Port ?? HttpPort : SystemPlan.Port).Set("targetPort", PodParts.PortName).Set("protocol", "TCP");
        if (!isBalanced && expose.Port is { } chosen)
        {
            port.Set("nodePort", chosen, ArtifactRules.Declared, $"{path}.port");
        }

        var service = KubeMetadata.Object(system, plan, "v1", "Service", KubernetesTarget.OutsideName(system, plan), plan.Label, "service", ArtifactRules.Exposed, "expose");
        var metadata = (YamlMap)service["metadata"]!;
        var annotations = metadata["annotations"] as YamlMap ?? new YamlMap();
        annotations.Set("ignore.conway.dev/K8S-service-type", $"{path} of the model says so", ArtifactRules.Exposed, path);
        foreach (var (name, value) in expose.Annotations.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            annotations.Put(name, new YamlText(value) { Origin = new Origin($"{path}.annotations.{name}", ArtifactRules.Declared) });
        }

        metadata.Put("annotations", annotations);
        var spec = new YamlMap().Set("type", isBalanced ? "LoadBalancer" : "NodePort", ArtifactRules.Exposed, $"{path}.as")
            .Set("externalTrafficPolicy", "Local", ArtifactRules.ExposedFrom, $"{path}.from");
        if (isBalanced)
        {
            spec.Set("loadBalancerSourceRanges", YamlList.Of(expose.From), ArtifactRules.ExposedFrom, $"{path}.from");
        }

        return service.Set("spec", spec
            .Set("selector", KubeMetadata.Selector(plan.Label), ArtifactRules.Labels, plan.Path)
            .Set("ports", new YamlList(port), ArtifactRules.ContainerPort, plan.Path));
    }
}
