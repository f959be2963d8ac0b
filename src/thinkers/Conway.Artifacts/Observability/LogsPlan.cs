using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Findings;

namespace Conway.Artifacts.Observability;

/// <summary>What reads the logs of the system's containers, with no choice left.</summary>
/// <param name="To"><c>otlp</c>, <c>elastic</c> or <c>loki</c>.</param>
/// <param name="Reach">Where the address leads.</param>
/// <param name="Kubernetes">Where the API server is.</param>
internal sealed record LogsPlan(string To, Uri Address, Reach Reach, Reach Kubernetes)
{
    public const string Name = "fluent-bit";
    public const string Path = "deploy.logs";

    /// <summary>The namespace that it lies in, beside that of the system.</summary>
    public static string SpaceOf(SystemPlan system) => ObjectNames.Derived(KubeMetadata.NamespaceOf(system), "-logs", _ => false);

    /// <summary>Whether it sends to the collector that services send to.</summary>
    public static bool IsToCollector(SystemPlan system) => system.Model.Deploy.Logs is { To: "otlp", Address: null };

    /// <summary>Null when logs are not asked for; null too, with a finding for all that is missing, when they cannot be had.</summary>
    public static LogsPlan? Of(SystemPlan system, List<Finding> findings)
    {
        var deploy = system.Model.Deploy;
        if (deploy.Logs.To is not { } to)
        {
            return null;
        }

        if (deploy.Logs.Image.EndsWith(":latest", StringComparison.Ordinal))
        {
            findings.Add(new Finding { Rule = ArtifactFindings.NotFixed, Message = "'deploy.logs.image' says latest, which is another image tomorrow.", Mend = "Write the tag of a version, or a digest.", ModelPath = $"{Path}.image" });
        }

        var written = deploy.Logs.Address ?? (to == "otlp" ? deploy.Telemetry : null);
        Uri? address = null;
        Reach? reach = null;
        if (written is null || !Uri.TryCreate(written, UriKind.Absolute, out address) || address.Host.Length == 0)
        {
            findings.Add(ArtifactFindings.Needed(
                $"{Path}.address",
                written is null ? "Nothing says where logs go." : $"'{written}' is no address.",
                $"Write 'deploy: {{ logs: {{ to: {to}, address: \"{(to == "elastic" ? "https://elastic.example.com:9200" : to == "loki" ? "http://loki.observability:3100" : "http://collector.observability:4318")}\" }} }}' with your own, in the settings of the environment."));
        }
        else
        {
            reach = Reach.OfAddress(system, address, "logs", "Logs go to", findings);
        }

        var api = Reach.Written(system, "kubernetes");
        if (api is null)
        {
            var wrong = deploy.Reach.TryGetValue("kubernetes", out var text) ? text : null;
            findings.Add(ArtifactFindings.Needed(
                "deploy.reach.kubernetes",
                wrong is null ? "Fluent Bit reads the labels of pods, and nothing says where in the network the API server is." : $"'{wrong}' is no place in the network.",
                "Write its addresses and port, as 'kubectl get endpointslices -n default kubernetes' tells them: 'deploy: { reach: { kubernetes: \"10.0.0.10/32:6443\" } }'."));
        }

        return reach is null || api is null ? null : new LogsPlan(to, address!, reach, api);
    }
}
